// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a key file: KEYS.md 9.
#pragma once

#include "core/crypto/keyslot.h"

namespace huisbord::crypto {

inline constexpr std::string_view authenticator_tag = "hb.slots.auth";
inline constexpr std::uint8_t newest_factor_kind = 4;
inline constexpr std::size_t most_slots = 16;
inline constexpr std::size_t most_factors = 4;
inline constexpr std::size_t most_parameters = 1024;
inline constexpr std::size_t most_key_file_bytes = 128 * 1024;

/// The parameters of a factor that a person types.
struct Stretch {
  Argon2Parameters parameters;
  Salt salt{};
};
[[nodiscard]] bool is_stretched(FactorKind kind);
[[nodiscard]] Bytes encode_stretch(const Stretch& stretch);
/// ErrorCode::damaged for another size or parameters that are not acceptable.
[[nodiscard]] Result<Stretch> decode_stretch(ByteView bytes);

}  // namespace huisbord::crypto
