// SPDX-License-Identifier: GPL-3.0-or-later
// Argon2id: what a person remembers or types, stretched so that each guess costs time and memory (KEYS.md 7).
#pragma once

#include <compare>
#include <cstdint>

#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

using Salt = ByteArray<16>;

/// Stored beside what they protect; one lane (libsodium has no other).
struct Argon2Parameters {
  std::uint64_t operations = 0;    ///< passes
  std::uint64_t memory_bytes = 0;  ///< a multiple of 1,024
  auto operator<=>(const Argon2Parameters&) const = default;

  /// Six digits at the kiosk: as dear as somebody who waits for a screen allows.
  [[nodiscard]] static Argon2Parameters interactive_pin();
  /// Six generated words (66 bits): dear enough, and it fits a small kiosk.
  [[nodiscard]] static Argon2Parameters phrase();
  /// A passphrase that a person chose, typed seldom.
  [[nodiscard]] static Argon2Parameters staff_passphrase();
  /// 1 to 16 passes over 8 KiB to 1 GiB: anything else in a file is damage, never obeyed.
  [[nodiscard]] bool acceptable() const;
};

/// 32 bytes. ErrorCode::invalid for parameters that are not acceptable(), ErrorCode::unavailable when the machine has not the memory free.
[[nodiscard]] Result<SecretBytes> stretch(const SecretBytes& secret, const Salt& salt, Argon2Parameters parameters);

}  // namespace huisbord::crypto
