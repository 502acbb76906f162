// SPDX-License-Identifier: GPL-3.0-or-later
// Wiping, comparing and locking, by libsodium.
#include "core/crypto/memory.h"

#include <sodium.h>

namespace huisbord::crypto {

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

bool equal(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  return a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool lock_memory(std::span<std::uint8_t> bytes) { return bytes.empty() || sodium_mlock(bytes.data(), bytes.size()) == 0; }

void unlock_memory(std::span<std::uint8_t> bytes) {
  if (bytes.empty()) return;
  // sodium_munlock wipes first; where nothing was locked its failure is of no consequence.
  static_cast<void>(sodium_munlock(bytes.data(), bytes.size()));
}

}  // namespace huisbord::crypto
