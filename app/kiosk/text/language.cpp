// SPDX-License-Identifier: GPL-3.0-or-later
// Which languages run from right to left, and what Pango calls each.
#include "app/kiosk/text/language.h"

#include <algorithm>
#include <array>

namespace huisbord::ui {
namespace {

std::string_view primary(std::string_view code) { return code.substr(0, code.find_first_of("-_")); }

}  // namespace

Direction direction_of(std::string_view language_code) {
  static constexpr std::array<std::string_view, 8> right_to_left{"ar", "fa", "prs", "ps", "ur", "he", "ckb", "yi"};
  return std::ranges::find(right_to_left, primary(language_code)) != right_to_left.end() ? Direction::right_to_left
                                                                                         : Direction::left_to_right;
}

float line_factor(std::string_view language_code) {
  const std::string_view code = primary(language_code);
  if (code == "ti" || code == "am") return 1.38f;
  return direction_of(code) == Direction::right_to_left ? 1.5f : 1.33f;
}

}  // namespace huisbord::ui
