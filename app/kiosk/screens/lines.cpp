// SPDX-License-Identifier: GPL-3.0-or-later
// Measures and breaks lines.
#include "app/kiosk/screens/lines.h"

#include <algorithm>
#include <string_view>

namespace huisbord {
namespace {

bool ends_a_clause(std::string_view text) {
  // The commas of the Latin, Arabic and Ethiopic scripts.
  return std::ranges::any_of(std::initializer_list<std::string_view>{",", "\u060c", "\u1363"},
                             [&](std::string_view comma) { return text.ends_with(comma); });
}

}  // namespace

float two_lines_height(const ui::Ui& ui, float width, const TwoLines& lines) {
  return ui.measure(lines.first, lines.first_type, width).h +
         (lines.second.empty() ? 0 : ui.measure(lines.second, lines.second_type, width).h);
}

void two_lines(ui::Ui& ui, ui::Rect r, const TwoLines& lines) {
  const float all = two_lines_height(ui, r.w, lines);
  if (lines.second.empty() || all > r.h + 8) {
    ui.text_middle(r, lines.first, lines.first_type, lines.first_role);
    return;
  }
  const float first = ui.measure(lines.first, lines.first_type, r.w).h;
  const ui::Rect place = r.middle({r.w, all});
  ui.text({place.x, place.y, place.w, first}, lines.first, lines.first_type, lines.first_role);
  ui.text({place.x, place.y + first, place.w, place.h - first}, lines.second, lines.second_type);
}

bool on_one_line(const ui::Ui& ui, const std::string& text, const ui::Type& type, float width) { return ui.measure(text, type).w <= width; }

std::string on_two_lines(const ui::Ui& ui, const std::string& text, const ui::Type& type, float width) {
  if (text.find('\n') != std::string::npos || on_one_line(ui, text, type, width)) return text;
  std::string best = text;
  float least = 3 * width;
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' ', at + 1)) {
    const std::string first = text.substr(0, at), second = text.substr(at + 1);
    float longer = std::max(ui.measure(first, type).w, ui.measure(second, type).w);
    if (longer > width) continue;
    if (!ends_a_clause(first)) longer += width;
    if (longer >= least) continue;
    least = longer;
    best = first + "\n" + second;
  }
  return best;
}

}  // namespace huisbord
