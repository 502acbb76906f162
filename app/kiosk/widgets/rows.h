// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of lists and the tiles of the home screen; each is a target as a whole unless said otherwise.
#pragma once

#include <optional>
#include <string_view>

#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

/// Section tile or person | title over reason | state pictogram, amount | arrow. 84 to 108 high (107 in the mockups).
struct ListRow {
  std::string_view title{};
  std::string_view reason{};
  std::string_view name{};  ///< spoken instead of the title where that is drawn shorter
  Section section = Section::team;
  Icon tile = icon::none;  ///< in a tile of the section, 68
  TileTone tone = TileTone::main;
  std::optional<Person> person{};        ///< instead of the tile
  Icon state = icon::none;               ///< 36, before the end
  std::optional<Colour> state_colour{};  ///< none: ink (white when selected)
  std::string_view state_name{};         ///< the word that the pictogram stands for, spoken as value
  std::string_view amount{};             ///< 28 bold at the end, left to right
  bool arrow = false;
  bool selected = false;  ///< deep with white
  bool carded = true;     ///< has its own card; else only a divider above is the screen's affair
};
Tapped list_row(Ui& ui, Rect r, const ListRow& row);
/// The same without being a target.
void plain_row(Ui& ui, Rect r, const ListRow& row);

/// Two lines beside a pictogram tile or disc, as in an appointment's detail; `second_icon` stands before the second line.
struct Fact {
  std::string_view first{}, second{};
  Icon tile = icon::none;
  std::optional<Person> person{};
  Section section = Section::team;
  Icon second_icon = icon::none;
};
void fact(Ui& ui, Rect r, const Fact& f);

/// A tile of the home screen: 224 x 264 in landscape at 100 %; low and wide ones arrange themselves as the phone's (tile beside the name).
struct HomeTile {
  Section section = Section::team;
  std::string_view name{};
  std::string_view lines{};       ///< up to two lines, may hold a newline
  std::string_view count{};       ///< "" for none
  std::string_view count_name{};  ///< spoken: "2 nieuwe"
  int steps_done = -1;            ///< 0..4 shows the plan's dots instead of a count
};
Tapped home_tile(Ui& ui, Rect r, const HomeTile& t);

/// One person of the sign-in grid: disc and room, never a name (187 x 148). `spoken` says the symbol as well: "poot, kamer 7".
Tapped person_choice(Ui& ui, Rect r, Person p, std::string_view room, std::string_view spoken, bool selected);

/// Label at the start, amount at the end ("Eten  € 42,00"), both on one line in the middle of r.
void sum_line(Ui& ui, Rect r, std::string_view label, std::string_view amount, const Type& type, const Type& amount_type);

}  // namespace huisbord::ui
