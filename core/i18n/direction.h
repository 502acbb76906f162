// SPDX-License-Identifier: GPL-3.0-or-later
// Right to left and left to right: which a language is, and pieces that keep their own order inside a line of the other.
#pragma once

#include <string>
#include <string_view>

#include "core/i18n/language.h"

namespace huisbord::i18n {

enum class Direction { left_to_right, right_to_left };

[[nodiscard]] Direction direction(Language language) noexcept;

/// A number, amount, time or code: always read from left to right (U+2066 ... U+2069).
[[nodiscard]] std::string isolate_left_to_right(std::string_view text);

/// A name, address or any text from outside, made safe to stand inside a line of `line`: between marks when its letters (or lack of
/// them) could change the order of its neighbours, unchanged when not. Text that is isolated already stays as it is.
[[nodiscard]] std::string isolate(std::string_view text, Direction line);

/// The same text without direction marks and with common spaces for no-break ones: for reading aloud, and for tests.
[[nodiscard]] std::string plain(std::string_view text);

}  // namespace huisbord::i18n
