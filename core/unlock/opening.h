// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a store's folder by what is at hand, and "lock now", after which only a person opens it (KEYS.md 9.8).
#pragma once

#include "core/store/vault.h"
#include "core/unlock/relay_share.h"

namespace huisbord {

/// What a machine that starts alone may use.
struct UnattendedMeans {
  std::string tpm = usual_tpm();
  RelayAtUrl relay;
  const Clock* clock = &system_clock();
  Random* random = &crypto::system_random();
};

/// The store key, with nobody there. not_found: no way in is made for that, or lock_now() took it away; else why not now: network and
/// unavailable may pass, refused needs somebody at the desk or a person with the phrase.
[[nodiscard]] Result<crypto::SecretBytes> open_unattended(const std::filesystem::path& key_file, const UnattendedMeans& means);
/// The store key by a passphrase of staff and this machine's TPM.
[[nodiscard]] Result<crypto::SecretBytes> open_with_passphrase(const std::filesystem::path& key_file, const std::string& tpm,
                                                               const crypto::SecretBytes& passphrase);

/// Takes the unlock key away from outside the store: whatever happens to the machine from now on, it does not open alone. The caller then
/// closes the vault and wipes what it knows. Holds after a power cut in between as well: a store opened alone asks is_locked() first.
[[nodiscard]] Status lock_now(Vault& vault, const std::filesystem::path& key_file);
/// lock_now() was called and no person has opened the store since.
[[nodiscard]] Result<bool> is_locked(const Vault& vault);
/// A person's factor opened this store: ways in without a person work again.
[[nodiscard]] Status opened_by_a_person(Vault& vault, const std::filesystem::path& key_file);

}  // namespace huisbord
