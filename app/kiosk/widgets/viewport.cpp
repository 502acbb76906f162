// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses form and scale for a surface of so many pixels.
#include "app/kiosk/widgets/viewport.h"

#include <algorithm>

namespace huisbord::ui {
namespace {

constexpr float mockup_pixels_per_mm = 149 / 25.4f;

struct Bounds {
  float smallest, largest;  ///< of the scale
};

Viewport at(float w, float h, Form form, Bounds bounds, std::optional<float> pixels_per_mm, std::optional<float> wanted) {
  float scale = bounds.largest;
  if (wanted)
    scale = *wanted;
  else if (pixels_per_mm)
    scale = *pixels_per_mm / mockup_pixels_per_mm;
  scale = std::clamp(scale, bounds.smallest, bounds.largest);
  return {w / scale, h / scale, scale, form};
}

}  // namespace

Viewport viewport_for(int pixels_wide, int pixels_high, std::optional<float> pixels_per_mm, std::optional<float> wanted_scale) {
  const float w = static_cast<float>(std::max(pixels_wide, 1)), h = static_cast<float>(std::max(pixels_high, 1));
  if (w >= h) {
    // The page is between 1280 x 800 and 1600 x 1000: smaller panels are drawn smaller, very large ones larger.
    const float fit = std::min(w / 1280, h / 800);
    return at(w, h, Form::landscape, {std::min(fit, std::max(w / 1600, h / 1000)), fit}, pixels_per_mm, wanted_scale);
  }
  // A phone is narrow however many pixels it has; without millimetres 600 pixels divide phones from kiosks.
  const bool phone = pixels_per_mm ? w / *pixels_per_mm < 90 : w < 600;
  if (phone) return at(w, h, Form::phone, {w / 480, w / 360}, {}, wanted_scale ? wanted_scale : w / 390);
  return at(w, h, Form::portrait, {w / 1000, w / 800}, pixels_per_mm, wanted_scale);
}

}  // namespace huisbord::ui
