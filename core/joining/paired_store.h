// SPDX-License-Identifier: GPL-3.0-or-later
// The store of a kiosk whose words a person compared: founded on what the desk offered, waiting to be listed in its charters.
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/vault.h"
#include "core/sync/kiosk_pairing.h"

namespace huisbord {

/// Pins the root key for ever and keeps the offer until the kiosk has joined. With a passphrase, and when the offer names a member of
/// staff, the custody key is enrolled for them. Errors as Vault::create.
[[nodiscard]] Result<std::unique_ptr<Vault>> make_paired_store(const std::filesystem::path& vault, const crypto::SecretBytes& store_key,
                                                               const NewDeviceKeys& keys, const PairingOffer& offer,
                                                               const crypto::SecretBytes* staff_passphrase, Random& random,
                                                               const VaultOptions& options = {});
/// The offer that this kiosk waits on; nothing when it has joined, or was not paired.
[[nodiscard]] Result<std::optional<PairingOffer>> awaited_admission(const Vault& kiosk);

}  // namespace huisbord
