// SPDX-License-Identifier: GPL-3.0-or-later
// Grounds and marks: cards, section tiles, persons' discs, doors, count discs, chips, and the street of houses.
#pragma once

#include <string_view>

#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

// --- grounds (no semantics)
void page_ground(Ui& ui);                      ///< bg over the whole page
void card(Ui& ui, Rect r, float radius = 24);  ///< surface with a line
void tint_card(Ui& ui, Rect r, Section s, float radius = 24);
/// Deep, with text in text_on_full(). In high contrast it is its border alone, with white text.
void full_card(Ui& ui, Rect r, Section s, float radius = 24);
[[nodiscard]] Colour text_on_full(const Ui& ui, Section s);
void main_card(Ui& ui, Rect r, Section s, float radius = 24);  ///< main; text on it in colours(s).on (the balance of leefgeld)
void selected_card(Ui& ui, Rect r, float radius = 24);         ///< paper with 5 px ink (the chosen person of sign-in)
void divider(Ui& ui, float x, float y, float length);          ///< 2 px line

// --- a rounded square is a place in the product
enum class TileTone : std::uint8_t { main, tint, white };  ///< white: deep pictogram on white, for full cards and selected rows
[[nodiscard]] Icon icon_of(Section s);
/// `side` px with radius 27 %, the pictogram at 62 % of it unless `glyph` says.
void tile(Ui& ui, Rect r, Section s, Icon i, TileTone tone = TileTone::main, float glyph = 0);
void tile(Ui& ui, Rect r, Section s);

// --- a circle is a person
struct Person {
  Icon sign = icon::person;
  Pastel ground = Pastel::clay;
};
void person_disc(Ui& ui, Rect r, Person p);
/// The door of a room with its number: 58 x 68 in the mockup.
void door(Ui& ui, Rect r, Section s, std::string_view number);

/// The deep disc with a number, 44 high; `end_top` is its end and top corner.
[[nodiscard]] float count_width(const Ui& ui, std::string_view number, float height = 44);
void count_disc(Ui& ui, Point end_top, Section s, std::string_view number, float height = 44);
/// Chip, 40 high, deep on tint: returns its width. Not a target.
float chip(Ui& ui, Point start_top, Section s, Icon i, std::string_view text);
[[nodiscard]] float chip_width(const Ui& ui, std::string_view text);
/// The larger one of "bring along": 56 high, radius 16, ink on tint.
float bring_chip(Ui& ui, Point start_top, Section s, Icon i, std::string_view text);
/// Plan's four dots (2 x 2) at the end and top corner.
void step_dots(Ui& ui, Point end_top, Section s, int done, int all);

/// The row of six canal houses of the board, scaled into r (386 x 286 in the mockup), each with its section's pictogram.
void street(Ui& ui, Rect r);
/// The little stepped house beside the house's name (60 x 60).
void house_mark(Ui& ui, Rect r);

}  // namespace huisbord::ui
