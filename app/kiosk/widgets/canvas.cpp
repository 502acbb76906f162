// SPDX-License-Identifier: GPL-3.0-or-later
// Lays quads and the corner sprites of rounded shapes into the draw list.
#include "app/kiosk/widgets/canvas.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "core/base/check.h"

namespace huisbord::ui {
namespace {

constexpr std::uint32_t kind_disc = 3;
constexpr std::uint32_t kind_ring = 4;
constexpr std::uint32_t kind_dashed = 5;
constexpr float to_uv = 1.0f / Atlas::side;

ImU32 packed(Colour c) { return IM_COL32(c.r, c.g, c.b, c.a); }

std::uint8_t coverage_of(float inside) { return static_cast<std::uint8_t>(std::lround(std::clamp(inside + 0.5f, 0.0f, 1.0f) * 255)); }

}  // namespace

void Painter::begin(ImDrawList* list, std::uint64_t frame, float device_width, float device_height) {
  list_ = list;
  frame_ = frame;
  clips_.assign(1, {0, 0, static_cast<int>(device_width), static_cast<int>(device_height)});
}

void Painter::fill(DeviceRect r, Colour c) {
  const DeviceRect& clip = clips_.back();
  if (r.w <= 0 || r.h <= 0 || c.a == 0 || r.x >= clip.x + clip.w || r.y >= clip.y + clip.h || r.x + r.w <= clip.x || r.y + r.h <= clip.y)
    return;
  const ImVec2 white(Atlas::white() * to_uv, Atlas::white() * to_uv);
  list_->PrimReserve(6, 4);
  list_->PrimRectUV(ImVec2(static_cast<float>(r.x), static_cast<float>(r.y)),
                    ImVec2(static_cast<float>(r.x + r.w), static_cast<float>(r.y + r.h)), white, white, packed(c));
}

void Painter::copy(const AtlasCell& cell, int from_x, int from_y, int x, int y, int w, int h, Colour c) {
  const DeviceRect& clip = clips_.back();
  if (cell.w == 0 || w <= 0 || h <= 0 || x >= clip.x + clip.w || y >= clip.y + clip.h || x + w <= clip.x || y + h <= clip.y) return;
  const auto u = static_cast<float>(cell.x + from_x);
  const auto v = static_cast<float>(cell.y + from_y);
  list_->PrimReserve(6, 4);
  list_->PrimRectUV(ImVec2(static_cast<float>(x), static_cast<float>(y)), ImVec2(static_cast<float>(x + w), static_cast<float>(y + h)),
                    ImVec2(u * to_uv, v * to_uv), ImVec2((u + static_cast<float>(w)) * to_uv, (v + static_cast<float>(h)) * to_uv),
                    packed(c));
}

AtlasCell Painter::disc_cell(int side) {
  const AtlasKey key{kind_disc, static_cast<std::uint32_t>(side), 0, 0};
  if (const AtlasCell* cell = atlas_.find(key)) return *cell;
  const float r = static_cast<float>(side) / 2;
  coverage_.clear();
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      coverage_.push_back(coverage_of(r - std::hypot(static_cast<float>(x) + 0.5f - r, static_cast<float>(y) + 0.5f - r)));
  return atlas_.insert(key, side, side, 0, 0, coverage_);
}

AtlasCell Painter::ring_cell(int side, int stroke) {
  const AtlasKey key{kind_ring, static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(stroke), 0};
  if (const AtlasCell* cell = atlas_.find(key)) return *cell;
  const float r = static_cast<float>(side) / 2;
  const float inner = r - static_cast<float>(stroke);
  coverage_.clear();
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const float d = std::hypot(static_cast<float>(x) + 0.5f - r, static_cast<float>(y) + 0.5f - r);
      coverage_.push_back(coverage_of(std::min(r - d, d - inner)));
    }
  return atlas_.insert(key, side, side, 0, 0, coverage_);
}

AtlasCell Painter::dashed_cell(int side, int stroke) {
  const AtlasKey key{kind_dashed, static_cast<std::uint32_t>(side), static_cast<std::uint32_t>(stroke), 0};
  if (const AtlasCell* cell = atlas_.find(key)) return *cell;
  const float r = static_cast<float>(side) / 2;
  const float s = static_cast<float>(stroke);
  const float middle = r - s / 2;
  // A whole number of dashes a quarter, begun and ended with half a gap, so that the quarters are alike.
  const float quarter = middle * std::numbers::pi_v<float> / 2;
  const float dashes = std::max(1.0f, std::round(quarter / (s * 3.4f)));
  const float period = quarter / dashes;
  coverage_.clear();
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const float dx = static_cast<float>(x) + 0.5f - r, dy = static_cast<float>(y) + 0.5f - r;
      const float d = std::hypot(dx, dy);
      const float along = std::atan2(std::abs(dy), std::abs(dx)) * middle;
      const float from_middle = std::abs(std::fmod(along, period) - period / 2);
      coverage_.push_back(coverage_of(std::min({r - d, d - (r - s), period * 0.3f - from_middle})));
    }
  return atlas_.insert(key, side, side, 0, 0, coverage_);
}

AtlasCell Painter::countdown_cell(int side, int stroke, float left) {
  if (slots_generation_ != atlas_.generation()) {
    slots_.clear();
    slots_generation_ = atlas_.generation();
  }
  const int steps = static_cast<int>(std::lround(std::clamp(left, 0.0f, 1.0f) * 1024));
  CountdownSlot* free_slot = nullptr;
  for (CountdownSlot& slot : slots_) {
    if (slot.side != side || slot.stroke != stroke) continue;
    if (slot.left == steps) {
      slot.used = frame_;
      return slot.cell;
    }
    // The former frame's pixels may still be compared with: its slot stays as it is for one frame.
    if (slot.used + 1 < frame_) free_slot = &slot;
  }
  if (free_slot == nullptr) {
    slots_.push_back({side, stroke, -1, 0, atlas_.reserve(side, side)});
    free_slot = &slots_.back();
  }
  free_slot->left = steps;
  free_slot->used = frame_;
  const float r = static_cast<float>(side) / 2, half = static_cast<float>(stroke) / 2, middle = r - half;
  const float sweep = static_cast<float>(steps) / 1024 * 2 * std::numbers::pi_v<float>;
  // Round ends: discs at 12 o'clock and where the sweep ends.
  const float end_x = middle * std::sin(sweep), end_y = -middle * std::cos(sweep);
  coverage_.clear();
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const float dx = static_cast<float>(x) + 0.5f - r, dy = static_cast<float>(y) + 0.5f - r;
      float angle = std::atan2(dx, -dy);
      if (angle < 0) angle += 2 * std::numbers::pi_v<float>;
      float inside = -1;
      if (steps >= 1024 || (steps > 0 && angle <= sweep)) inside = half - std::abs(std::hypot(dx, dy) - middle);
      if (steps > 0) inside = std::max({inside, half - std::hypot(dx, dy + middle), half - std::hypot(dx - end_x, dy - end_y)});
      coverage_.push_back(coverage_of(inside));
    }
  if (free_slot->cell.w != 0) atlas_.replace(free_slot->cell, coverage_);
  return free_slot->cell;
}

void Painter::quarters(const AtlasCell& cell, DeviceRect r, int radius, Colour c, Corners corners) {
  if (corners != Corners::bottom) {
    copy(cell, 0, 0, r.x, r.y, radius, radius, c);
    copy(cell, radius, 0, r.x + r.w - radius, r.y, radius, radius, c);
  }
  if (corners != Corners::top) {
    copy(cell, 0, radius, r.x, r.y + r.h - radius, radius, radius, c);
    copy(cell, radius, radius, r.x + r.w - radius, r.y + r.h - radius, radius, radius, c);
  }
}

void Painter::fill_round(DeviceRect r, int radius, Colour c, Corners corners) {
  radius = std::min({radius, r.w / 2, r.h / 2});
  if (radius <= 0) return fill(r, c);
  quarters(disc_cell(radius * 2), r, radius, c, corners);
  const int top = corners == Corners::bottom ? 0 : radius;
  const int bottom = corners == Corners::top ? 0 : radius;
  fill({r.x + radius, r.y, r.w - 2 * radius, top}, c);
  fill({r.x, r.y + top, r.w, r.h - top - bottom}, c);
  fill({r.x + radius, r.y + r.h - bottom, r.w - 2 * radius, bottom}, c);
}

void Painter::outline(DeviceRect r, int radius, int stroke, Colour c) {
  radius = std::min({radius, r.w / 2, r.h / 2});
  if (radius > 0) quarters(ring_cell(radius * 2, stroke), r, radius, c, Corners::all);
  const int in = std::max(radius, 0);
  const int side = std::max(in, stroke);  // square corners: the sides leave the corner to top and bottom
  fill({r.x + in, r.y, r.w - 2 * in, stroke}, c);
  fill({r.x + in, r.y + r.h - stroke, r.w - 2 * in, stroke}, c);
  fill({r.x, r.y + side, stroke, r.h - 2 * side}, c);
  fill({r.x + r.w - stroke, r.y + side, stroke, r.h - 2 * side}, c);
}

void Painter::dashed(DeviceRect r, int radius, int stroke, Colour c) {
  radius = std::min({radius, r.w / 2, r.h / 2});
  if (radius > 0) quarters(dashed_cell(radius * 2, stroke), r, radius, c, Corners::all);
  const auto along = [&](int from, int length, auto&& put) {
    const int dashes = std::max(1, static_cast<int>(std::lround(static_cast<float>(length) / (static_cast<float>(stroke) * 3.4f))));
    const float period = static_cast<float>(length) / static_cast<float>(dashes);
    for (int i = 0; i < dashes; ++i) {
      const float middle = (static_cast<float>(i) + 0.5f) * period;
      const int a = static_cast<int>(std::lround(middle - period * 0.3f)), b = static_cast<int>(std::lround(middle + period * 0.3f));
      put(from + a, b - a);
    }
  };
  along(r.x + radius, r.w - 2 * radius, [&](int x, int w) {
    fill({x, r.y, w, stroke}, c);
    fill({x, r.y + r.h - stroke, w, stroke}, c);
  });
  along(r.y + radius, r.h - 2 * radius, [&](int y, int h) {
    fill({r.x, y, stroke, h}, c);
    fill({r.x + r.w - stroke, y, stroke, h}, c);
  });
}

void Painter::disc(DeviceRect r, Colour c) {
  if (r.w > 0) copy(disc_cell(r.w), 0, 0, r.x, r.y, r.w, r.w, c);
}

void Painter::ring(DeviceRect r, int stroke, Colour c) {
  if (r.w > 0) copy(ring_cell(r.w, stroke), 0, 0, r.x, r.y, r.w, r.w, c);
}

void Painter::countdown(DeviceRect r, int stroke, float left, Colour track, Colour c) {
  ring(r, stroke, track);
  copy(countdown_cell(r.w, stroke, left), 0, 0, r.x, r.y, r.w, r.w, c);
}

void Painter::glyph(const ShapedGlyph& g, float pen_x, int baseline, float pixels, Colour c) {
  const float x = pen_x + g.x * pixels;
  if (g.unknown) {
    const int side = static_cast<int>(pixels * 0.6f);
    outline({static_cast<int>(x), baseline - side, std::max(3, static_cast<int>(g.advance * pixels) - 2), side}, 0, 1, c);
    return;
  }
  const int quarters_x = static_cast<int>(std::floor(x * 4 + 0.5f));
  const int luminance = (c.r * 3 + c.g * 6 + c.b) / 10;
  const GlyphLook look{pixels, static_cast<std::uint8_t>(quarters_x & 3), luminance > 160};
  const AtlasCell cell = glyphs_.text(g.face, g.glyph, look);
  const int rise = static_cast<int>(std::lround(g.y * pixels));
  copy(cell, 0, 0, (quarters_x >> 2) + cell.left, baseline + rise - cell.top, cell.w, cell.h, c);
}

void Painter::icon(char32_t code, float left, float top, float pixels, bool mirrored, Colour c) {
  const int quarters_x = static_cast<int>(std::floor(left * 4 + 0.5f));
  const AtlasCell cell = glyphs_.icon(code, pixels, static_cast<std::uint8_t>(quarters_x & 3), mirrored);
  copy(cell, 0, 0, (quarters_x >> 2) + cell.left, static_cast<int>(std::lround(top)) + cell.top, cell.w, cell.h, c);
}

void Painter::push_clip(DeviceRect r) {
  const DeviceRect& outer = clips_.back();
  const int x = std::max(r.x, outer.x), y = std::max(r.y, outer.y);
  const int end = std::min(r.x + r.w, outer.x + outer.w), bottom = std::min(r.y + r.h, outer.y + outer.h);
  clips_.push_back({x, y, std::max(0, end - x), std::max(0, bottom - y)});
  const DeviceRect& clip = clips_.back();
  list_->PushClipRect(ImVec2(static_cast<float>(clip.x), static_cast<float>(clip.y)),
                      ImVec2(static_cast<float>(clip.x + clip.w), static_cast<float>(clip.y + clip.h)));
}

void Painter::pop_clip() {
  CHECK(clips_.size() > 1);
  clips_.pop_back();
  list_->PopClipRect();
}

}  // namespace huisbord::ui
