// SPDX-License-Identifier: GPL-3.0-or-later
// How far things are: track, step line, fairness blocks, vote bar; the cells of the rota; a QR code.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

/// Sand with the section's main from the start; radius half the height (16 or 24).
void track(Ui& ui, Rect r, Section s, float share, std::string_view name, std::string_view value);

struct Step {
  std::string_view label{};
  bool done = false;
};
/// 36 px nodes joined by a line, label under each; from start to end.
void step_line(Ui& ui, Rect r, Section s, std::span<const Step> steps, std::string_view name);

/// Row of 20 px blocks, `filled` of `all` in `c`.
void blocks(Ui& ui, Point start_top, int filled, int all, Colour c, std::string_view name);

enum class RotaKind : std::uint8_t { room, done, mine, open, swap };
struct RotaCell {
  RotaKind kind = RotaKind::room;
  std::string_view room{};     ///< number
  std::optional<Person> me{};  ///< for mine
  bool selected = false;
  std::string_view name{};  ///< spoken: "Keuken, dinsdag: kamer 4"
};
/// Mine, open and swap are targets; the others answer nothing.
Tapped rota_cell(Ui& ui, Rect r, Section s, const RotaCell& cell);
/// Head of a column: weekday over its number, today on ink.
void rota_day(Ui& ui, Rect r, std::string_view weekday, std::string_view number, bool today);
/// Head of a row: the place's pictogram on tint.
void rota_place(Ui& ui, Rect r, Section s, Icon place, std::string_view name);

/// `modules` row by row, side x side, true is dark; drawn in whole device pixels on white with a quiet zone of 4, in the middle of r,
/// in high contrast too; never mirrored.
struct QrMatrix {
  int side = 0;
  std::vector<bool> modules{};
};
void qr(Ui& ui, Rect r, const QrMatrix& m, std::string_view name);

}  // namespace huisbord::ui
