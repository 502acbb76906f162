// SPDX-License-Identifier: GPL-3.0-or-later
// Residents' keys at the office: made for a stay, kept in the vault, handed to kiosks sealed to their custody keys.
#pragma once

#include "core/office/office.h"

namespace huisbord {

/// A new key for a new stay, kept in the vault.
[[nodiscard]] Result<crypto::SecretBytes> make_person_key(Office& office, const PersonId& person);
/// Remembers which custody key a kiosk has, so that people who come later reach it.
[[nodiscard]] Status remember_custody(Office& office, const DeviceId& kiosk, const crypto::SealingPublicKey& custody);
/// What remember_custody was told of that kiosk.
[[nodiscard]] Result<std::optional<crypto::SealingPublicKey>> custody_of(const Office& office, const DeviceId& kiosk);
/// It has none any more: nobody of staff is enrolled there.
[[nodiscard]] Status forget_custody(Office& office, const DeviceId& kiosk);
/// Within an edit of a house's charter: every stay that has not ended is in the keyring of every active kiosk, sealed to the keys that the
/// kiosk has now; stays that have ended are in none. True when something changed.
[[nodiscard]] Result<bool> fill_keyring(Office& office, Charter& charter, Day today);
/// Puts every stay of the house that has not ended into the keyring of every active kiosk there; writes no charter when all are in.
[[nodiscard]] Status hand_out_person_keys(Office& office, const HouseId& house, Day today);

}  // namespace huisbord
