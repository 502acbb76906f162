// SPDX-License-Identifier: GPL-3.0-or-later
// Things to press: the big button in its kinds, square buttons, tabs, choices, keys, the stepper.
#pragma once

#include <string_view>

#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

enum class ButtonKind : std::uint8_t {
  primary,    ///< deep, one a card
  secondary,  ///< surface with a deep border
  quiet,      ///< sand
  inverse,    ///< white on a full card
  ghost,      ///< white border on a full card
};

struct Button {
  std::string_view label{};  ///< drawn and spoken; for a square button spoken only
  Icon icon = icon::none;
  ButtonKind kind = ButtonKind::primary;
  Section section = Section::team;
  bool selected = false;    ///< adds the 5 px ink ring
  bool dead = false;        ///< dashed, does nothing; a line beside it says why
  bool icon_after = false;  ///< pictogram at the end of the label ("Bekijk >")
  float icon_size = 0;      ///< 0: 40, for 72 high 36
  float type_size = 24;
  float radius = 20;
  float padding = 28;  ///< at both sides, when there is room
};
Tapped button(Ui& ui, Rect r, const Button& b);
/// For what a passing finger must not do: true once a finger has stayed on it for three seconds; a bar grows meanwhile.
inline constexpr std::int64_t hold_ms = 3000;
[[nodiscard]] bool held_button(Ui& ui, Rect r, const Button& b);
/// The pictogram alone, the label for those who listen.
Tapped square_button(Ui& ui, Rect r, const Button& b);
/// The width that the label needs on one line, with padding.
[[nodiscard]] float button_width(const Ui& ui, const Button& b);

/// The quiet square with the arrow towards the start, 80 x 80: back.
Tapped back_button(Ui& ui, Rect r, std::string_view label);
/// A tab or filter, 72 high: sand, chosen one ink (rooms of sign-in).
Tapped tab(Ui& ui, Rect r, std::string_view label, Icon i, bool selected);
/// A choice on surface with an edge outline, selected with 5 px ink (languages of the board and of settings). `language` shapes the label.
Tapped choice(Ui& ui, Rect r, std::string_view label, bool selected = false, std::string_view language = {}, Icon i = icon::none);

/// Minus, value, plus: 80 high, ends 76 wide. Returns -1, 0 or +1.
struct StepperWords {
  std::string_view less{}, more{};
};
int stepper(Ui& ui, Rect r, std::string_view name, std::string_view value, StepperWords words, bool can_less = true, bool can_more = true);

}  // namespace huisbord::ui
