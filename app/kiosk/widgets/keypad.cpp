// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the keys of a PIN and tells which was tapped; the digits are kept by the caller alone.
#include "app/kiosk/widgets/keypad.h"

#include <algorithm>
#include <array>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

Tapped key(Ui& ui, Rect r, std::string_view name, Icon i, const Type& type) {
  const Theme& t = ui.theme();
  const Tapped tapped = ui.target(r, Role::key, name);
  ui.fill(r, tapped.between(t.sand, t.ink), 20);
  if (t.bordered && !tapped.pressed) ui.outline(r, t.edge, t.card_stroke, 20);
  const Colour words = tapped.between(t.ink, t.paper);
  if (i)
    ui.icon_fixed(i, r.centre(), 40, words);
  else
    ui.draw_text_middle(r, name, type.middle().in(words));
  return tapped;
}

constexpr Type digit{.size = 40, .line = 1, .weight = Weight::bold, .fixed = true};

}  // namespace

void pin_rings(Ui& ui, Rect r, int filled, std::string_view name, int all) {
  ui.node(Role::status, r, name, std::to_string(filled) + " / " + std::to_string(all));
  auto upright = ui.unmirrored(r);
  const float gap = 22, width = static_cast<float>(all) * 30 + static_cast<float>(all - 1) * gap;
  const float k = std::min(1.0f, r.w / width);
  for (int i = 0; i < all; ++i) {
    const Point centre{r.x + (r.w - width * k) / 2 + (15 + static_cast<float>(i) * (30 + gap)) * k, r.centre().y};
    if (i < filled)
      ui.circle(centre, 15 * k, ui.theme().ink);
    else
      ui.ring(centre, 15 * k, 4 * k, ui.theme().ink);
  }
}

Tapped digit_key(Ui& ui, Rect r, std::string_view label) { return key(ui, r, label, icon::none, digit.left_to_right()); }

KeypadTap keypad(Ui& ui, Rect r, KeypadWords words) {
  static constexpr std::array<std::string_view, 10> names{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  auto upright = ui.unmirrored(r);
  const std::vector<Rect> cells = grid(r, 3, 4, 12);
  KeypadTap tap = KeypadTap::none;
  for (std::size_t n = 1; n <= 9; ++n)
    if (digit_key(ui, cells[n - 1], names[n])) tap = static_cast<KeypadTap>(n);
  if (!words.read_aloud.empty() && key(ui, cells[9], words.read_aloud, icon::volume_up, digit)) tap = KeypadTap::read_aloud;
  if (digit_key(ui, cells[10], names[0])) tap = KeypadTap::d0;
  if (key(ui, cells[11], words.erase, icon::backspace, digit)) tap = KeypadTap::erase;
  return tap;
}

void secret_field(Ui& ui, Rect r, Section s, int length, std::string_view name) {
  ui.node(Role::text_field, r, name, std::to_string(length));
  ui.fill(r.inset(2), ui.theme().surface, 22);
  ui.outline(r, ui.colours(s).deep, 4, 24);
  const Rect in = r.inset(24, 20);
  const float step = std::min(24.0f, in.w / static_cast<float>(std::max(length, 1)));
  for (int i = 0; i < length; ++i)
    ui.circle({in.x + (static_cast<float>(i) + 0.5f) * step, r.centre().y}, std::min(8.0f, step * 0.4f), ui.theme().ink);
  ui.fill({in.x + static_cast<float>(length) * step + 4, r.centre().y - 19, 4, 38}, ui.colours(s).deep, 2);
}

}  // namespace huisbord::ui
