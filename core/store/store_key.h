// SPDX-License-Identifier: GPL-3.0-or-later
// A store's folder: the vault and the key file that opens it, and changing both so that a power cut leaves a pair that fits.
#pragma once

#include <filesystem>

#include "core/crypto/keyslot.h"
#include "core/store/vault.h"

namespace huisbord {

// Where things lie in a store's folder, the desk's and a kiosk's alike.
[[nodiscard]] std::filesystem::path vault_path(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path keyslots_path(const std::filesystem::path& folder);

/// The store key. Finishes, or takes back, a change of keys that was cut short. Errors as KeyslotFile::load() and open().
[[nodiscard]] Result<crypto::SecretBytes> open_store_key(const std::filesystem::path& folder, const crypto::FactorInput& input);

/// A new store key for an open vault and every way into it, with no phrase at hand. Whatever opened the former key opens nothing any more.
[[nodiscard]] Status renew_store_key(Vault& vault, const std::filesystem::path& folder, Random& random);

}  // namespace huisbord
