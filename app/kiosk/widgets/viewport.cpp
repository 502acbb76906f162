// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses form and scale for a surface of so many pixels.
#include "app/kiosk/widgets/viewport.h"

#include <algorithm>
#include <cmath>

namespace huisbord::ui {
namespace {

constexpr float mockup_pixels_per_mm = 149 / 25.4f;
constexpr float seven_inch_mm = 7 * 25.4f;
constexpr float small_from = 1.06f;  ///< so much smaller than 10.1 inch may a panel be and still show the whole arrangement: 11.6 mm

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
    const std::optional<float> real = wanted_scale          ? wanted_scale
                                      : pixels_per_mm       ? std::optional(*pixels_per_mm / mockup_pixels_per_mm)
                                      : w < 1024 || h < 600 ? std::optional(std::hypot(w, h) / seven_inch_mm / mockup_pixels_per_mm)
                                                            : std::nullopt;
    if (real && *real > fit * small_from) {
      const float scale = std::min(*real, std::min(w / 850, h / 510));
      return {w / scale, h / scale, scale, Form::small};
    }
    return at(w, h, Form::landscape, {std::min(fit, std::max(w / 1600, h / 1000)), fit}, pixels_per_mm, wanted_scale);
  }
  // A phone is narrow however many pixels it has; without millimetres 600 pixels divide phones from kiosks.
  const bool phone = pixels_per_mm ? w / *pixels_per_mm < 90 : w < 600;
  if (phone) return at(w, h, Form::phone, {w / 480, w / 360}, {}, wanted_scale ? wanted_scale : w / 390);
  return at(w, h, Form::portrait, {w / 1000, w / 800}, pixels_per_mm, wanted_scale);
}

}  // namespace huisbord::ui
