// SPDX-License-Identifier: GPL-3.0-or-later
// A name for a key that says nothing about it (KEYS.md 2.2).
#pragma once

#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

using KeyId = ByteArray<8>;

/// Safe to publish and to store in the clear; the key has 16 to 64 bytes.
[[nodiscard]] KeyId key_id(const SecretBytes& key);

}  // namespace huisbord::crypto
