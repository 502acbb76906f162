// SPDX-License-Identifier: GPL-3.0-or-later
// From ImGui's draw lists to an SDL_Renderer, on a GPU or in pure software: fills, copies from the one texture, and what changed alone.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/kiosk/damage.h"
#include "app/kiosk/text/atlas.h"

struct ImDrawData;
struct SDL_Renderer;
struct SDL_Texture;

namespace huisbord {

/// Quads of one colour become fills, textured quads copies; anything else goes through SDL_RenderGeometryRaw.
class Renderer final : public ui::AtlasTexture {
 public:
  enum class Redraw : std::uint8_t {
    changes,     ///< the target keeps its pixels (software): damaged tiles only
    everything,  ///< the target's pixels are undefined after presenting (GPU)
  };

  /// Does not own the SDL_Renderer, which must outlive it.
  Renderer(SDL_Renderer* sdl, Redraw redraw);
  ~Renderer() override;
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;

  void upload(int x, int y, int w, int h, const std::uint32_t* argb) override;
  void clear() override;

  void resize(int width, int height);
  /// The next frame draws everything.
  void invalidate();
  /// After SDL said that the targets or the device were reset: makes the texture anew; its content is gone.
  void device_reset();

  /// Keeps the last frame's picture, to lie over what is drawn until end_fade(); false where it cannot be made again.
  bool begin_fade(std::uint32_t atlas_generation);
  void set_fade(float share);  ///< how much of the kept picture shows: 1 all, 0 nothing
  void end_fade();
  [[nodiscard]] bool fades() const { return kept_ != nullptr; }

  /// Draws what differs from the last frame and returns the rectangles to present; empty: nothing to do.
  [[nodiscard]] const std::vector<PixelRect>& draw(const ImDrawData& data, std::uint32_t atlas_generation);
  /// Overwrites SDL's queue of vertices, which may still hold a session's glyphs, with dummies (drawing.md 17).
  void forget();

 private:
  struct Quad {
    PixelRect place;    ///< unclipped
    PixelRect clipped;  ///< what may be drawn of it
    int from_x = 0, from_y = 0;
    std::uint32_t colour = 0;
    bool plain = false;  ///< a fill
    int triangles = -1;  ///< index into geometry_, for what is no quad
  };
  struct Geometry {
    const void* vertices;
    const std::uint16_t* indices;
    int count, vertex_count;
  };
  void read(const ImDrawData& data);
  void draw_quad(const Quad& quad, const PixelRect& within, PixelRect& clip_set);
  void make_texture();

  SDL_Renderer* sdl_;
  SDL_Texture* texture_ = nullptr;
  SDL_Texture* kept_ = nullptr;  ///< the former screen while it fades
  std::uint32_t last_generation_ = 0;
  Redraw redraw_;
  int width_ = 0, height_ = 0;
  std::vector<Quad> quads_;
  std::vector<Geometry> geometry_;
  std::size_t most_quads_ = 0;
  Damage damage_;
  std::vector<PixelRect> whole_;
};

}  // namespace huisbord
