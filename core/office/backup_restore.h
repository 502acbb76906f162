// SPDX-License-Identifier: GPL-3.0-or-later
// A desk's backups and what they become: keys in one small file of their own, and a restored desk that is another device (KEYS.md 15).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "core/crypto/password.h"
#include "core/office/key_backup.h"
#include "core/office/office.h"

namespace huisbord {

/// Person keys, epoch keys and the newest charters under a generated phrase; replaced whole after each erasure and each charter.
[[nodiscard]] Status back_up_keys(Office& office, const std::filesystem::path& path, const crypto::SecretBytes& phrase,
                                  crypto::Argon2Parameters parameters);

/// The first step of a restored desk, before anything is opened: a device of its own in the charters that follow the newest that is known,
/// from either backup or (`newest`, by scope) from the relay, written under a new delegation. Turns the copy at `vault` (Vault::back_up)
/// into that device's store. Not a copy in the sense of mark_copied(): nothing is ever sealed there under the name of before.
[[nodiscard]] Status restore_desk(const std::filesystem::path& vault, const crypto::SecretBytes& store_key, const Founding& founding,
                                  const KeyBackup* keys, const std::map<ScopeId, Bytes>& newest, const crypto::SigningKeyPair& delegated,
                                  const Delegation& delegation, Millis now);
/// The second, in the opened store: keys out of their backup, if there is one. Then it pulls.
[[nodiscard]] Result<Office> take_up_desk(Vault& vault, const KeyBackup* keys, crypto::SigningKeyPair delegated,
                                          const Delegation& delegation, Random& random);
/// A scope that the copy does not know, because it was founded later: this desk takes its place in it, after the newest charter of it.
[[nodiscard]] Status join_later_scope(Office& office, ByteView newest, const KeyBackup* keys);
/// The last, after everything was pulled: the desks before it are cut where their chains are held, and each scope has a new epoch.
[[nodiscard]] Status replace_former_desks(Office& office);

}  // namespace huisbord
