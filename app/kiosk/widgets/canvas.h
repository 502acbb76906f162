// SPDX-License-Identifier: GPL-3.0-or-later
// What the Ui draws with, in device pixels: quads copied from the atlas into an ImDrawList, and the sprites of rounded shapes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/kiosk/text/atlas.h"
#include "app/kiosk/text/glyphs.h"
#include "app/kiosk/text/shaper.h"
#include "app/kiosk/widgets/theme.h"
#include "app/kiosk/widgets/type.h"
#include "app/kiosk/widgets/ui.h"

struct ImDrawList;

namespace huisbord::ui {

struct DeviceRect {
  int x = 0, y = 0, w = 0, h = 0;
  friend bool operator==(const DeviceRect&, const DeviceRect&) = default;
};

/// Everything at whole pixels; SDL's software renderer has no antialiased geometry, so edges come from sprites.
class Painter {
 public:
  Painter(Atlas& atlas, Glyphs& glyphs) : atlas_(atlas), glyphs_(glyphs) {}
  /// The list of this frame; the frame's number tells which countdown slots are in use.
  void begin(ImDrawList* list, std::uint64_t frame, float device_width, float device_height);

  void fill(DeviceRect r, Colour c);
  enum class Corners : std::uint8_t { all, top, bottom };
  void fill_round(DeviceRect r, int radius, Colour c, Corners corners = Corners::all);
  void outline(DeviceRect r, int radius, int stroke, Colour c);
  void dashed(DeviceRect r, int radius, int stroke, Colour c);
  void disc(DeviceRect r, Colour c);
  void ring(DeviceRect r, int stroke, Colour c);
  void countdown(DeviceRect r, int stroke, float left, Colour track, Colour c);
  void polygon(std::span<const Point> device_points, Colour c);
  void glyph(const ShapedGlyph& g, float pen_x, int baseline, float pixels, Colour c);
  void icon(char32_t code, float left, float top, float pixels, bool mirrored, Colour c);
  void push_clip(DeviceRect r);
  void pop_clip();

 private:
  struct CountdownSlot {
    int side = 0, stroke = 0, left = -1;
    std::uint64_t used = 0;
    AtlasCell cell;
  };
  void copy(const AtlasCell& cell, int from_x, int from_y, int x, int y, int w, int h, Colour c);
  void quarters(const AtlasCell& cell, DeviceRect r, int radius, Colour c, Corners corners);
  [[nodiscard]] AtlasCell disc_cell(int side);
  [[nodiscard]] AtlasCell ring_cell(int side, int stroke);
  [[nodiscard]] AtlasCell dashed_cell(int side, int stroke);
  [[nodiscard]] AtlasCell countdown_cell(int side, int stroke, float left);

  Atlas& atlas_;
  Glyphs& glyphs_;
  ImDrawList* list_ = nullptr;
  std::uint64_t frame_ = 0;
  std::vector<DeviceRect> clips_;
  std::vector<CountdownSlot> slots_;
  std::uint32_t slots_generation_ = 0;
  std::vector<std::uint8_t> coverage_;
};

/// What the host sets before each frame.
struct Canvas {
  Painter& painter;
  Shaper& shaper;
  Viewport viewport;
  Look look;
  Millis now{};
};

}  // namespace huisbord::ui
