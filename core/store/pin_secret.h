// SPDX-License-Identifier: GPL-3.0-or-later
// The secret that every PIN wrap of one store is mixed with (KEYS.md 11).
#pragma once

#include "core/store/vault.h"

namespace huisbord {

/// 32 random bytes among the vault's own settings, made when first asked for. A setting and not the store key, so that a store which
/// gets a new key keeps its residents' PINs.
[[nodiscard]] Result<crypto::SecretBytes> pin_secret(Vault& vault, Random& random);

}  // namespace huisbord
