// SPDX-License-Identifier: GPL-3.0-or-later
// Keys that travel inside a charter: the epoch's key to a device, a person's key to a kiosk's custody key (FORMAT.md 8.4).
#pragma once

#include "core/journal/envelope/charter.h"

namespace huisbord {

/// What names a custody key in a keyring entry.
[[nodiscard]] crypto::KeyId custody_key_id(const crypto::SealingPublicKey& custody);

[[nodiscard]] EpochGrant seal_grant(const ScopeId& scope, const crypto::SecretBytes& epoch_key, const CharterDevice& device,
                                    Random& random);
/// The key of that epoch out of a charter that verified. epoch: no such epoch or no grant for the device; seal: the grant opens not, or to
/// another key than the epoch's id says.
[[nodiscard]] Result<crypto::SecretBytes> open_grant(const Charter& charter, const crypto::KeyId& epoch, DeviceNumber device,
                                                     const crypto::SealingKeyPair& sealing);

/// Sealed to the custody key and then to the kiosk's sealing key: it takes both to open, and the latter dies soon.
[[nodiscard]] KeyringEntry seal_person_key(const ScopeId& scope, const PersonId& person, const crypto::SecretBytes& person_key,
                                           const CharterDevice& kiosk, const crypto::SealingPublicKey& custody, Random& random);
/// not_found: no entry for this person, device and custody key; charter: the person is erased; seal as above.
[[nodiscard]] Result<crypto::SecretBytes> open_person_key(const Charter& charter, const PersonId& person, DeviceNumber device,
                                                          const crypto::SealingKeyPair& custody, const crypto::SealingKeyPair& sealing);

}  // namespace huisbord
