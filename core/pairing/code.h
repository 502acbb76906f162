// SPDX-License-Identifier: GPL-3.0-or-later
// The code that brings a kiosk and a desk together: where they meet, never a key (PROTOCOL.md 9.1).
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/random.h"

namespace huisbord {

inline constexpr std::size_t code_size = 8;
inline constexpr std::size_t code_place_size = 4;  ///< the first half finds the meeting place, the second is what a wrong try gets wrong

/// Eight of Crockford's 32 characters (no I, L, O, U), upper case.
struct PairingCode {
  ByteArray<code_size> characters{};
  [[nodiscard]] std::string_view text() const { return text_view(characters); }
  bool operator==(const PairingCode&) const = default;
};

[[nodiscard]] PairingCode make_code(Random& random);
/// Forgives case, spaces and hyphens, and reads O as 0, I and L as 1. invalid for another length or character.
[[nodiscard]] Result<PairingCode> parse_code(std::string_view typed);
/// "ABCD-EFGH".
[[nodiscard]] std::string shown(const PairingCode& code);

}  // namespace huisbord
