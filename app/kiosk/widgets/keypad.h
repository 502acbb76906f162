// SPDX-License-Identifier: GPL-3.0-or-later
// The rings and keys of a PIN, and the on-screen keyboard. What is typed goes to the caller alone: never drawn, kept or published here.
#pragma once

#include <string>
#include <string_view>

#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

/// Six 30 px rings, `filled` of them full, in the middle of r.
void pin_rings(Ui& ui, Rect r, int filled, std::string_view name, int all = 6);

struct KeypadWords {
  std::string_view read_aloud{}, erase{};
};
enum class KeypadTap : std::uint8_t { d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, none, read_aloud, erase };
/// Three by four keys filling r with gaps of 12; 1 2 3 from the left in every language. An empty read_aloud leaves that key out.
KeypadTap keypad(Ui& ui, Rect r, KeypadWords words);
/// A key alone: sand, pressed ink; type 40 bold.
Tapped digit_key(Ui& ui, Rect r, std::string_view label);

/// What the keyboard remembers between frames; the screen owns it.
struct KeyboardState {
  std::string layout = "nl";  ///< "nl"/"en" (qwerty), "ar", "ti"
  bool shift = false;
  bool digits = false;
};
struct KeyboardWords {
  std::string_view shift{}, erase{}, enter{}, digits{}, letters{}, space{}, other_language{};
  std::string_view space_label{};  ///< the present language's own name, on the space bar
  std::string_view other_label{};  ///< the other language's own name, in `other_layout`; empty: no language key
  std::string_view other_layout{};
};
struct KeyPress {
  enum class Kind : std::uint8_t { none, character, erase, enter } kind = Kind::none;
  char32_t character = 0;
};
/// 400 high over the whole width at the bottom of the page (mockup 13).
KeyPress keyboard(Ui& ui, KeyboardState& state, const KeyboardWords& words);
[[nodiscard]] Rect keyboard_rect(const Ui& ui);

/// A field that shows `length` dots (a passphrase); the border in the section's deep.
void secret_field(Ui& ui, Rect r, Section s, int length, std::string_view name);

}  // namespace huisbord::ui
