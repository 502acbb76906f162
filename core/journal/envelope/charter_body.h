// SPDX-License-Identifier: GPL-3.0-or-later
// A charter's body between bytes and values, and what must hold inside it whoever wrote it (FORMAT.md 8).
#pragma once

#include "core/journal/envelope/charter.h"

namespace huisbord {

inline constexpr std::size_t max_charter_devices = 4096;
inline constexpr std::size_t max_charter_epochs = 4096;
inline constexpr std::size_t max_charter_keyring = 8192;
inline constexpr std::size_t max_charter_rulings = 4096;
inline constexpr std::size_t max_charter_erased = 32768;
inline constexpr std::size_t sealed_key_size = 80;      ///< 32 bytes of key, sealed
inline constexpr std::size_t keyring_entry_size = 128;  ///< the same sealed once more

[[nodiscard]] Bytes write_charter_body(const Charter& charter);
/// parse, version (a class, state or ruling of a later release), limit.
[[nodiscard]] Result<Charter> parse_charter_body(ByteView body);

/// ErrorCode::charter: something is named twice, points nowhere, or a key is held by whom it must not be.
[[nodiscard]] Status check_charter_sense(const Charter& charter);
/// ErrorCode::charter unless `next` may follow `held`.
[[nodiscard]] Status check_charter_follows(const Charter& held, const Charter& next);

}  // namespace huisbord
