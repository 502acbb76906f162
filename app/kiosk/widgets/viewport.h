// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing surface in logical units: how large, how a unit becomes device pixels, and which arrangement fits.
#pragma once

#include <cstdint>
#include <optional>

namespace huisbord::ui {

/// Between two frames of something that moves.
inline constexpr std::int64_t frame_ms = 16;

/// landscape: the mockups' arrangement; small: a wide panel below 10.1 inch, where the same millimetres leave less room: fewer things at a
/// time, side by side, and pages; portrait: the phone's order at kiosk sizes; phone: phone sizes (visual-language 9).
enum class Form : std::uint8_t { landscape, small, portrait, phone };

/// Landscape is at least 1280 x 800 logical units (it may be somewhat more: anchor to end and bottom); small at least 850 x 510; portrait
/// at least 800 wide; phone at least 360 wide. `scale` is device pixels a unit: 72 units are 12 mm, also on a small panel.
struct Viewport {
  float width = 1280, height = 800;
  float scale = 1;
  Form form = Form::landscape;
};

/// `pixels_per_mm` of the panel when known: 149 px per inch is scale 1, kept within what the arrangement needs. A wide surface of less than
/// 1024 x 600 pixels that says nothing is taken for a panel of 7 inch.
/// `wanted_scale` (a setting) goes before it and is kept within the same bounds.
[[nodiscard]] Viewport viewport_for(int pixels_wide, int pixels_high, std::optional<float> pixels_per_mm = {},
                                    std::optional<float> wanted_scale = {});

}  // namespace huisbord::ui
