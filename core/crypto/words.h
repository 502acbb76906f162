// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed list of 2,048 words: house phrases are drawn from it, and pairing reads it aloud (KEYS.md 8).
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

inline constexpr std::size_t word_count = 2048;
inline constexpr std::size_t phrase_words = 6;  ///< 66 bits

/// Its order never changes: a word stands for its 11 bits.
[[nodiscard]] const std::array<std::string_view, word_count>& words();
/// The place of a lower-case word, or nothing.
[[nodiscard]] std::optional<std::uint16_t> word_index(std::string_view word);

/// Six words with a space between.
[[nodiscard]] SecretBytes make_house_phrase(Random& random);
/// What somebody typed as make_house_phrase writes it: lower case, one space between. ErrorCode::invalid says which word (by number, never
/// the word itself) is not on the list, or how many there were.
[[nodiscard]] Result<SecretBytes> normalise_phrase(std::string_view typed);

}  // namespace huisbord::crypto
