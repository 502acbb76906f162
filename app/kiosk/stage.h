// SPDX-License-Identifier: GPL-3.0-or-later
// One surface with everything that draws on it: ImGui's context, text, atlas, touch and renderer, and when the next frame is due.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/kiosk/damage.h"
#include "app/kiosk/input_queue.h"
#include "app/kiosk/renderer.h"
#include "app/kiosk/widgets/ui.h"
#include "core/base/clock.h"

struct SDL_Renderer;

namespace huisbord {

/// What is shown: asked at each build of a frame, which may be twice for one presented frame.
class Scene {
 public:
  virtual ~Scene() = default;
  [[nodiscard]] virtual ui::Look look() const = 0;
  virtual void draw(ui::Ui& ui) = 0;
};

struct StagePaths {
  std::string fonts_conf;  ///< assets/fonts.conf
  std::string icon_font = "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf";
};

/// One at a time in a process: ImGui's context and fontconfig's setting are the process's. One thread.
class Stage {
 public:
  Stage(SDL_Renderer* sdl, Renderer::Redraw redraw, const StagePaths& paths);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void resize(int pixels_wide, int pixels_high, std::optional<float> pixels_per_mm = {}, std::optional<float> scale = {});
  [[nodiscard]] const ui::Viewport& viewport() const;
  [[nodiscard]] InputQueue& input() { return input_; }

  /// True when a frame would differ or might: touch waits, the time asked for has come, or something asked.
  [[nodiscard]] bool due(Millis running) const;
  /// When the next frame is due though nothing happens; none: never.
  [[nodiscard]] std::optional<Millis> wake() const { return wake_; }
  void request_frame() { requested_ = true; }
  /// The window was exposed or its pixels lost: the next frame draws everything.
  void invalidate();
  void device_reset();

  /// Builds and draws one frame. A tap is answered and shown in the same frame: it is built again before it is drawn.
  /// Returns the rectangles to present; empty when nothing changed.
  [[nodiscard]] const std::vector<PixelRect>& frame(Millis running, Scene& scene);

  [[nodiscard]] const ui::SemanticTree& tree() const;
  [[nodiscard]] int overflows() const;                 ///< texts of the last frame that did not fit
  [[nodiscard]] std::uint64_t unknown_glyphs() const;  ///< since the start
  [[nodiscard]] int atlas_rows() const;
  [[nodiscard]] bool has_icons() const;
  [[nodiscard]] bool has_own_fonts() const;  ///< false: those that fonts.conf names are not there, others serve
  /// The font family that a sample of a language's script gets; empty: none has it (for the log).
  [[nodiscard]] std::string family_for(std::string_view sample, std::string_view language);

  /// After a session: every text, layout, glyph, node and vertex of it is overwritten; the next frame starts from nothing.
  void forget();

 private:
  struct Inside;
  void fade(Millis running);
  void build(Scene& scene, const InputQueue::State& input, Millis running);

  std::unique_ptr<Inside> inside_;
  InputQueue input_;
  std::optional<Millis> wake_;
  bool requested_ = true;
};

}  // namespace huisbord
