// SPDX-License-Identifier: GPL-3.0-or-later
// The secret that every PIN wrap of one store is mixed with (KEYS.md 11).
#pragma once

#include "core/store/vault.h"

namespace huisbord {

/// Where a resident's PIN wrap and wrong tries stand among the settings: an erasure takes them along.
[[nodiscard]] std::string pin_setting(const PersonId& person);
[[nodiscard]] std::string tries_setting(const PersonId& person);
inline constexpr const char* custody_setting = "custody";

/// 32 random bytes among the vault's own settings, made when first asked for. A setting and not the store key, so that a store which
/// gets a new key keeps its residents' PINs.
[[nodiscard]] Result<crypto::SecretBytes> pin_secret(Vault& vault, Random& random);

}  // namespace huisbord
