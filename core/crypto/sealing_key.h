// SPDX-License-Identifier: GPL-3.0-or-later
// The key of one sealed box, the same for both sides: KEYS.md 5.
#pragma once

#include "core/crypto/aead.h"
#include "core/crypto/memory.h"
#include "core/crypto/sealing.h"

namespace huisbord::crypto {

/// False when the shared point is zero: one side's key is a point of small order.
[[nodiscard]] bool sealing_box_key(ByteView own_secret, ByteView other_public, const SealingPublicKey& ephemeral,
                                   const SealingPublicKey& receiver, StackSecret<key_size>& out);

}  // namespace huisbord::crypto
