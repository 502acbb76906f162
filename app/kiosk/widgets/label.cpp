// SPDX-License-Identifier: GPL-3.0-or-later
// Measures a pictogram with its word and sets the two in the middle.
#include "app/kiosk/widgets/label.h"

#include <algorithm>

namespace huisbord::ui {

float label_width(const Ui& ui, const Label& label) {
  const float words = ui.measure(label.text, label.type).w;
  if (!label.icon) return words;
  return words + ui.icon_side(label.icon_size) + (label.text.empty() ? 0 : label.gap);
}

void draw_label(Ui& ui, Rect r, const Label& label, Colour colour) {
  const float side = label.icon ? ui.icon_side(label.icon_size) : 0;
  if (label.text.empty()) {
    ui.icon(label.icon, r.centre(), label.icon_size, colour);
    return;
  }
  const float gap = label.icon ? label.gap : 0;
  const float room = std::max(1.0f, r.w - side - gap);
  const float words = std::min(ui.measure(label.text, label.type, room).w, room);
  const float all = side + gap + words;
  float x = r.x + (r.w - all) / 2;
  const float middle = r.y + r.h / 2;
  const Type set = label.type.in(colour).aligned(label.icon ? Align::start : Align::middle);
  if (label.icon && !label.icon_after) {
    ui.icon(label.icon, {x + side / 2, middle}, label.icon_size, colour);
    x += side + gap;
  }
  ui.draw_text_middle({x, r.y, words, r.h}, label.text, set);
  if (label.icon && label.icon_after) ui.icon(label.icon, {x + words + gap + side / 2, middle}, label.icon_size, colour);
}

}  // namespace huisbord::ui
