// SPDX-License-Identifier: GPL-3.0-or-later
// A language as the drawing of text needs it: its code for shaping, and which way its lines run.
#pragma once

#include <string>
#include <string_view>

namespace huisbord::ui {

enum class Direction { left_to_right, right_to_left };

/// Right to left for the Arabic and Hebrew scripts' languages ("ar", "fa", "prs", "ps", "ur", "he", also "ar-MA").
[[nodiscard]] Direction direction_of(std::string_view language_code);

/// The normal height of a line in sizes of its type: 1.33, Arabic script 1.5, Ethiopic script 1.38.
[[nodiscard]] float line_factor(std::string_view language_code);

}  // namespace huisbord::ui
