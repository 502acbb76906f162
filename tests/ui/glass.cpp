// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a scene into memory and touches it by what the tree says.
#include "tests/ui/glass.h"

#include <SDL.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <gtest/gtest.h>

#include <cstring>

#include "app/kiosk/widgets/touch.h"
#include "tests/support/picture_match.h"

namespace huisbord::tests {

StagePaths test_paths() { return {.fonts_conf = std::string(HUISBORD_SOURCE_DIR) + "/assets/fonts.conf"}; }

Glass::Glass(int pixels_wide, int pixels_high, Scene& scene, std::optional<float> scale, Drawn drawn) : scene_(scene), drawn_(drawn) {
  surface_ = SDL_CreateRGBSurfaceWithFormat(0, pixels_wide, pixels_high, 32, SDL_PIXELFORMAT_ARGB8888);
  renderer_ = SDL_CreateSoftwareRenderer(surface_);
  draw_only_a_pixel(drawn_ == Drawn::when_looked_at);
  stage_ = std::make_unique<Stage>(renderer_, Renderer::Redraw::changes, test_paths());
  stage_->resize(pixels_wide, pixels_high, {}, scale);
  settle();
  wait_out();
}

Glass::~Glass() {
  stage_.reset();
  SDL_DestroyRenderer(renderer_);
  SDL_FreeSurface(surface_);
}

void Glass::draw_only_a_pixel(bool only) {
  const SDL_Rect pixel{0, 0, 1, 1};
  SDL_RenderSetViewport(renderer_, only ? &pixel : nullptr);
}

int Glass::settle() {
  int presented = 0;
  // A scene in which something moves asks for the next frame some milliseconds later: until it stands still.
  const auto moves = [this] { return stage_->wake() && stage_->wake()->value <= now_.value + ui::frame_ms; };
  for (int n = 0; (stage_->due(now_) || moves()) && n < 500; ++n) {
    if (n > 0 && moves() && stage_->input().empty()) now_.value += ui::frame_ms;
    presented += one_frame();
  }
  return presented;
}

int Glass::one_frame() {
  const bool presents = !stage_->frame(now_, scene_).empty();
  const ui::Node* root = stage_->tree().find(ui::Role::screen);
  const std::string screen = root == nullptr ? "" : root->name;
  if (screen != last_screen_) last_change_ = now_;
  last_screen_ = screen;
  return presents ? 1 : 0;
}

Picture Glass::picture_after(std::int64_t ms) {
  now_.value += ms;
  one_frame();
  return picture();
}

void Glass::lift() { stage_->input().finger_up(1, finger_); }

void Glass::advance(std::int64_t ms) {
  const Millis until{now_.value + ms};
  while (stage_->wake() && *stage_->wake() < until) {
    now_ = std::max(now_, *stage_->wake());
    settle();
    if (now_ >= until) break;
    if (stage_->wake() && *stage_->wake() <= now_) break;
  }
  now_ = std::max(now_, until);
  settle();
}

void Glass::wait_out() { advance(ui::TouchState::ignore_after_change_ms + 1); }

ui::Point Glass::pixel(ui::Point logical) const { return {logical.x * stage_->viewport().scale, logical.y * stage_->viewport().scale}; }

const ui::Node& Glass::node(std::string_view name) const {
  static const ui::Node none;
  const ui::Node* found = stage_->tree().find(name);
  EXPECT_NE(found, nullptr) << "Nothing is called \"" << name << "\":\n" << stage_->tree().dump();
  return found == nullptr ? none : *found;
}

void Glass::press(std::string_view name) {
  const ui::Node& target = node(name);
  EXPECT_TRUE(target.target) << '"' << name << "\" cannot be tapped:\n" << stage_->tree().dump();
  finger_ = pixel(target.rect.centre());
  stage_->input().finger_down(1, finger_);
  settle();
}

void Glass::release() {
  stage_->input().finger_up(1, finger_);
  settle();
}

void Glass::tap_at_once(std::string_view name) {
  press(name);
  now_.value += 60;
  release();
}

void Glass::tap(std::string_view name) {
  wait_out();
  tap_at_once(name);
}

void Glass::drag(ui::Point from, ui::Point to, std::int64_t ms, bool let_go) {
  stage_->input().finger_down(1, pixel(from));
  settle();
  const int steps = 8;
  for (int i = 1; i <= steps; ++i) {
    now_.value += ms / steps;
    const float share = static_cast<float>(i) / steps;
    finger_ = pixel({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
    stage_->input().finger_move(1, finger_);
    settle();
  }
  if (let_go) release();
}

void Glass::swipe(std::string_view page, float right, std::int64_t ms) {
  wait_out();
  const ui::Rect r = node(page).rect;
  const ui::Point middle = r.centre();
  drag({middle.x - right / 2, middle.y}, {middle.x + right / 2, middle.y}, ms);
}

Picture Glass::picture() {
  if (drawn_ == Drawn::when_looked_at) {
    draw_only_a_pixel(false);
    stage_->invalidate();
    one_frame();
    draw_only_a_pixel(true);
  }
  SDL_RenderFlush(renderer_);
  Picture picture{surface_->w, surface_->h, {}};
  picture.pixels.resize(static_cast<std::size_t>(surface_->w) * static_cast<std::size_t>(surface_->h));
  for (int y = 0; y < surface_->h; ++y)
    std::memcpy(picture.pixels.data() + static_cast<std::ptrdiff_t>(y) * surface_->w,
                static_cast<const char*>(surface_->pixels) + static_cast<std::ptrdiff_t>(y) * surface_->pitch,
                static_cast<std::size_t>(surface_->w) * 4);
  return picture;
}

std::string Glass::differs_from(const std::string& name) {
  // The pictures are Debian 12's. Another FreeType may round an amount of money a pixel to the side (seen with 2.13: 0.1 % of a screen).
  const Tolerance tolerance = FREETYPE_MAJOR == 2 && FREETYPE_MINOR == 12 ? Tolerance{} : Tolerance{.pixels = 0.002};
  return compare_with_stored(picture(), std::string(HUISBORD_SOURCE_DIR) + "/tests/ui/pictures/" + name + ".png",
                             std::string(HUISBORD_BINARY_DIR) + "/ui", tolerance);
}

}  // namespace huisbord::tests
