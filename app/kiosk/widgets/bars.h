// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of every screen: header, sync badge, bottom bar with the auto sign-out ring, toast with undo, confirm sheet.
#pragma once

#include <optional>
#include <string_view>

#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

/// The parts of the page in the present form and text size: header, content and bottom bar never overlap.
struct PageParts {
  Rect header;   ///< landscape 32,24 to end-32, 80 high
  Rect content;  ///< landscape 32,120 to end-32, 672 at the bottom
  Rect bar;      ///< whole width, 104 high in landscape (124 from 160 %), 88 on a phone
};
[[nodiscard]] PageParts page_parts(const Ui& ui);

enum class SyncState : std::uint8_t { sent, here, looking };
/// Says where the data is. `text` in full, `short_text` ("10:32") when the form or the text size leaves no room. Ends at end_top.
struct SyncBadge {
  SyncState state = SyncState::sent;
  std::string_view text{}, short_text{};
};
/// Draws it at the end of `header`; returns what is left of the header before it.
Rect sync_badge(Ui& ui, Rect header, const SyncBadge& badge);

/// back button, section tile, title; the rest of the header's width is the title's.
struct Header {
  std::string_view title{}, second{};  ///< second: the quiet line below, may be empty
  std::optional<Section> section{};    ///< its tile before the title
  std::optional<Person> person{};      ///< or this disc
  std::string_view back{};             ///< spoken name of the arrow; empty: no arrow
  Icon back_icon = icon::arrow_back;
};
/// True when back was tapped.
Tapped header(Ui& ui, Rect r, const Header& h);

/// The bottom bar, the same places on every screen. A label that is empty leaves its button out.
struct BottomBar {
  std::string_view home{}, language{}, read_aloud{}, letters{};
  bool at_home = false;                       ///< this is the start screen
  TextSize letters_shown = TextSize::normal;  ///< the dots
  std::string_view stop{}, stop_time{};       ///< "Stoppen", "nog 1:42"; empty when nobody is signed in
  float stop_left = 1;                        ///< of the ring
  bool stop_soon = false;                     ///< last 20 s: amber
  std::string_view stay{};                    ///< "Ik blijf nog", shown while stop_soon
  Icon help_icon = icon::none;                ///< instead of stop: a quiet help text at the end
  std::string_view help_title{}, help_text{};
};
enum class BarTap : std::uint8_t { none, home, language, read_aloud, letters, stop, stay };
BarTap bottom_bar(Ui& ui, const BottomBar& bar);
/// The stop button alone (header of the keyboard screen): 72 or 80 high. Its width is stop_width().
Tapped stop_button(Ui& ui, Rect r, const BottomBar& bar);
[[nodiscard]] float stop_width(const Ui& ui, const BottomBar& bar);

/// Over the header, where it covers nothing that can be done: drawn after the screen whose targets it leaves free. With little room the way
/// back is its ring alone. The host keeps the deadline; the ring shows `left`.
struct Toast {
  std::string_view text{}, undo{};
  Icon icon = icon::check_circle;
  float left = 1;  ///< 1 just shown, 0 gone
};
/// Tapped: undo.
Tapped toast(Ui& ui, const Toast& t);
Tapped toast(Ui& ui, Rect r, const Toast& t);

/// Page behind turns to sand and is out of reach. 588 wide; higher with the text.
struct ConfirmSheet {
  Section section = Section::team;
  Icon icon = icon::help;
  std::string_view question{}, what{}, until{};  ///< until: the line with the undo pictogram, may be empty
  std::string_view yes{}, no{};
  Icon yes_icon = icon::check;
  bool hold = false;  ///< yes is said by holding it
};
enum class SheetAnswer : std::uint8_t { none, yes, no };
SheetAnswer confirm_sheet(Ui& ui, const ConfirmSheet& sheet);
/// The sheet alone in a given place, with nothing behind it.
SheetAnswer confirm_panel(Ui& ui, Rect r, const ConfirmSheet& sheet);
/// An empty sheet to fill oneself (settings): shields and returns the inner rectangle; `size` with its border.
Rect sheet(Ui& ui, Size size, std::string_view name);

}  // namespace huisbord::ui
