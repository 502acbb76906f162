// SPDX-License-Identifier: GPL-3.0-or-later
// A pictogram and a word side by side in the middle of a button, tab, chip or key.
#pragma once

#include <string_view>

#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

struct Label {
  std::string_view text{};
  Icon icon = icon::none;
  float icon_size = 40;
  float gap = 14;
  Type type = type::body.bold();
  bool icon_after = false;
};

/// The width of both on one line.
[[nodiscard]] float label_width(const Ui& ui, const Label& label);
/// In the middle of r; the word wraps when it must. Without semantics.
void draw_label(Ui& ui, Rect r, const Label& label, Colour colour);

/// The ground of something pressed: deep mixed 30 % with black.
[[nodiscard]] inline Colour pressed_tone(Colour c) { return mix(c, Colour{0, 0, 0, 255}, 0.3f); }

}  // namespace huisbord::ui
