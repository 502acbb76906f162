// SPDX-License-Identifier: GPL-3.0-or-later
// Text that stands beside a picture: a title over a quieter line, and lines broken where they read best.
#pragma once

#include <string>

#include "app/kiosk/widgets/ui.h"

namespace huisbord {

struct TwoLines {
  std::string first, second;
  ui::Type first_type, second_type;
  ui::Role first_role = ui::Role::text;
};
/// In the middle of r's height. When both do not fit the second goes (visual language 10).
void two_lines(ui::Ui& ui, ui::Rect r, const TwoLines& lines);
/// The height that both take at that width.
[[nodiscard]] float two_lines_height(const ui::Ui& ui, float width, const TwoLines& lines);

/// What does not fit on one line of `width` but on two is broken after a comma, or else where the two are most alike in length.
[[nodiscard]] std::string on_two_lines(const ui::Ui& ui, const std::string& text, const ui::Type& type, float width);

/// It stands on one line of that width.
[[nodiscard]] bool on_one_line(const ui::Ui& ui, const std::string& text, const ui::Type& type, float width);

}  // namespace huisbord
