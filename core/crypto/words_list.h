// SPDX-License-Identifier: GPL-3.0-or-later
// The four quarters of the word list, in order; words.cpp puts them together.
#pragma once

#include <array>
#include <string_view>

namespace huisbord::crypto {

using WordQuarter = std::array<std::string_view, 512>;
extern const WordQuarter words_first;
extern const WordQuarter words_second;
extern const WordQuarter words_third;
extern const WordQuarter words_fourth;

}  // namespace huisbord::crypto
