// SPDX-License-Identifier: GPL-3.0-or-later
// Builds a frame, twice where a tap is answered in it, and draws what changed.
#include "app/kiosk/stage.h"

#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <cstring>
#include <type_traits>
#include <utility>

#include "app/kiosk/widgets/canvas.h"
#include "app/kiosk/widgets/ui_inside.h"

namespace huisbord {
namespace {

constexpr int builds_at_most = 4;
constexpr std::int64_t fade_ms = 120;  // visual language 6
constexpr float first_share = 0.85f;

/// A pointer in ImGui 1.86, an integer from 1.91 on.
template <class Id>
Id texture_id() {
  if constexpr (std::is_pointer_v<Id>)
    return reinterpret_cast<Id>(std::intptr_t{1});
  else
    return static_cast<Id>(1);
}

ImGuiContext* make_context() {
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  // ImGui wants a font; ours is Pango's, so its own is one glyph, and its white pixel is the atlas's.
  static constexpr ImWchar one_glyph[] = {0x20, 0x20, 0};
  ImFontConfig config;
  config.GlyphRanges = one_glyph;
  io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  io.Fonts->AddFontDefault(&config);
  unsigned char* pixels = nullptr;
  int w = 0, h = 0;
  io.Fonts->GetTexDataAsAlpha8(&pixels, &w, &h);
  io.Fonts->SetTexID(texture_id<ImTextureID>());
  constexpr float white = ui::Atlas::white() / ui::Atlas::side;
  io.Fonts->TexUvWhitePixel = ImVec2(white, white);
  return context;
}

}  // namespace

struct Stage::Inside {
  Inside(SDL_Renderer* sdl, Renderer::Redraw redraw, const StagePaths& paths)
      : context(make_context()),
        renderer(sdl, redraw),
        faces(paths.icon_font),
        shaper(paths.fonts_conf, faces),
        atlas(renderer),
        glyphs(faces, atlas),
        painter(atlas, glyphs),
        canvas{painter, shaper, {}, {}, {}},
        ui(canvas, touch) {}
  ~Inside() { ImGui::DestroyContext(context); }

  ImGuiContext* context;
  Renderer renderer;
  ui::Faces faces;
  ui::Shaper shaper;
  ui::Atlas atlas;
  ui::Glyphs glyphs;
  ui::Painter painter;
  ui::Canvas canvas;
  ui::TouchState touch;
  ui::Ui ui;
  int pixels_wide = 0, pixels_high = 0;
  std::uint64_t presented = 1;
  Millis fade_since;
  std::vector<PixelRect> nothing;
};

Stage::Stage(SDL_Renderer* sdl, Renderer::Redraw redraw, const StagePaths& paths) : inside_(std::make_unique<Inside>(sdl, redraw, paths)) {}
Stage::~Stage() = default;

void Stage::resize(int pixels_wide, int pixels_high, std::optional<float> pixels_per_mm, std::optional<float> scale) {
  inside_->pixels_wide = pixels_wide;
  inside_->pixels_high = pixels_high;
  inside_->canvas.viewport = ui::viewport_for(pixels_wide, pixels_high, pixels_per_mm, scale);
  inside_->renderer.resize(pixels_wide, pixels_high);
  input_.cancel();
  requested_ = true;
}

const ui::Viewport& Stage::viewport() const { return inside_->canvas.viewport; }

bool Stage::due(Millis running) const { return requested_ || !input_.empty() || (wake_ && *wake_ <= running); }

void Stage::invalidate() {
  inside_->renderer.invalidate();
  requested_ = true;
}

void Stage::device_reset() {
  inside_->renderer.device_reset();
  inside_->atlas.clear();
  requested_ = true;
}

void Stage::build(Scene& scene, const InputQueue::State& input, Millis running) {
  Inside& in = *inside_;
  ImGui::SetCurrentContext(in.context);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(static_cast<float>(in.pixels_wide), static_cast<float>(in.pixels_high));
  io.DeltaTime = 1.0f / 60;
  const bool touching = input.down || in.touch.down;  // the frame of the up still knows where
  io.MousePos = touching ? ImVec2(input.at.x, input.at.y) : ImVec2(-FLT_MAX, -FLT_MAX);
  io.MouseDown[0] = input.down;
  ImGui::NewFrame();

  in.canvas.look = scene.look();
  in.canvas.now = running;
  in.painter.begin(ImGui::GetBackgroundDrawList(), in.presented, io.DisplaySize.x, io.DisplaySize.y);
  if (input.cancelled) in.touch.cancel();
  const float scale = in.canvas.viewport.scale;
  in.ui.inside().begin_frame();
  in.touch.begin_frame({input.at.x / scale, input.at.y / scale}, input.down, running);
  scene.draw(in.ui);
  in.ui.inside().end_frame();
  ImGui::Render();
}

const std::vector<PixelRect>& Stage::frame(Millis running, Scene& scene) {
  Inside& in = *inside_;
  if (in.pixels_wide <= 0 || in.pixels_high <= 0) return in.nothing;
  requested_ = false;
  InputQueue::State input = input_.next();
  for (int n = 0; n < builds_at_most; ++n) {
    const bool was_down = in.touch.down;
    build(scene, input, running);
    input.cancelled = false;
    const bool edge = was_down != in.touch.down;
    const bool full = in.atlas.full();
    if (full) in.atlas.clear();  // what was built points to nothing; the same again on an empty atlas
    if (!full && !edge) break;   // after an edge the screen may show something else: built again, presented once
  }
  wake_ = in.ui.inside().wake;
  fade(running);
  const std::vector<PixelRect>& damaged = in.renderer.draw(*ImGui::GetDrawData(), in.atlas.generation());
  if (!damaged.empty()) ++in.presented;
  return damaged;
}

void Stage::fade(Millis running) {
  Inside& in = *inside_;
  const bool begins = std::exchange(in.ui.inside().fades, false);
  if (std::exchange(in.ui.inside().cut, false))
    in.renderer.end_fade();
  else if (begins && in.renderer.begin_fade(in.atlas.generation()))
    in.fade_since = running;
  if (!in.renderer.fades()) return;
  const float share = static_cast<float>(running.value - in.fade_since.value) / static_cast<float>(fade_ms);
  // The frame of the change shows some of the new screen already.
  const float rest = std::clamp(1 - share, 0.0f, 1.0f) * first_share;
  if (share >= 1)
    in.renderer.end_fade();
  else
    in.renderer.set_fade(rest * rest);
  if (const Millis next{running.value + ui::frame_ms}; share < 1 && (!wake_ || next < *wake_)) wake_ = next;
}

const ui::SemanticTree& Stage::tree() const { return inside_->ui.tree(); }
int Stage::overflows() const { return inside_->ui.overflows(); }
std::uint64_t Stage::unknown_glyphs() const { return inside_->shaper.unknown_glyphs(); }
int Stage::atlas_rows() const { return inside_->atlas.rows_used(); }
bool Stage::has_own_fonts() const { return inside_->shaper.own_fonts(); }
bool Stage::has_icons() const { return inside_->faces.has_icons(); }
std::string Stage::family_for(std::string_view sample, std::string_view language) { return inside_->shaper.family_for(sample, language); }

void Stage::forget() {
  Inside& in = *inside_;
  in.shaper.forget();
  in.ui.inside().forget();
  in.touch.cancel();
  ImGui::SetCurrentContext(in.context);
  if (ImDrawList* list = ImGui::GetBackgroundDrawList(); list->VtxBuffer.Data != nullptr) {
    std::memset(static_cast<void*>(list->VtxBuffer.Data), 0, static_cast<std::size_t>(list->VtxBuffer.Capacity) * sizeof(ImDrawVert));
    list->_ClearFreeMemory();
  }
  in.renderer.forget();
  in.atlas.clear();
  input_.cancel();
  requested_ = true;
}

}  // namespace huisbord
