// SPDX-License-Identifier: GPL-3.0-or-later
// Which factors to gather, and where the unlock key is kept while the store is locked.
#include "core/unlock/opening.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/crypto/durable_file.h"
#include "core/crypto/memory.h"
#include "core/store/store_key.h"

namespace huisbord {
namespace {

constexpr const char* parked_setting = "unlock.parked";
constexpr std::size_t most_bytes = 4096;

std::filesystem::path unlock_file(const std::filesystem::path& key_file) { return unlock_key_path(key_file.parent_path()); }

/// Overwritten, removed, and the folder on the disk.
Status remove_durably(const std::filesystem::path& file, std::size_t size) {
  TRY_STATUS(crypto::replace_file(file, Bytes(size)));
  std::error_code error;
  std::filesystem::remove(file, error);
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && ::fsync(folder) == 0;
  if (folder >= 0) ::close(folder);
  if (error || !synced) return fail(ErrorCode::io, "the unlock key of this kiosk could not be taken away");
  return {};
}

}  // namespace

Result<crypto::SecretBytes> open_unattended(const std::filesystem::path& key_file, const UnattendedMeans& means) {
  TRY_ASSIGN(const auto file, crypto::KeyslotFile::load(key_file));
  auto key = UnlockKey::load(unlock_file(key_file));
  if (!key) return std::unexpected(key.error());
  auto tpm = Tpm::open(means.tpm);
  RelayShare share(means.relay, *key, *means.clock, *means.random);
  TRY_ASSIGN(const FactorsAtHand hand, gather_unattended(file, tpm ? &*tpm : nullptr, means.relay.url.empty() ? nullptr : &share));
  return open_store_key(key_file.parent_path(), hand.input());
}

Result<crypto::SecretBytes> open_with_passphrase(const std::filesystem::path& key_file, const std::string& tpm,
                                                 const crypto::SecretBytes& passphrase) {
  TRY_ASSIGN(const auto file, crypto::KeyslotFile::load(key_file));
  TRY_ASSIGN(Tpm opened, Tpm::open(tpm));
  TRY_ASSIGN(const FactorsAtHand hand, gather_with_passphrase(file, opened, passphrase));
  return open_store_key(key_file.parent_path(), hand.input());
}

Status lock_now(Vault& vault, const std::filesystem::path& key_file) {
  const auto file = unlock_file(key_file);
  auto bytes = crypto::read_small_file(file, most_bytes);
  if (!bytes && bytes.error().code != ErrorCode::not_found) return std::unexpected(bytes.error());
  TRY_ASSIGN(const bool locked, is_locked(vault));
  if (!bytes) return locked ? Status{} : vault.set_setting(parked_setting, {});
  if (!locked) TRY_STATUS(vault.set_setting(parked_setting, *bytes));
  const std::size_t size = bytes->size();
  crypto::wipe(*bytes);
  return remove_durably(file, size);
}

Result<bool> is_locked(const Vault& vault) {
  TRY_ASSIGN(const auto parked, vault.setting(parked_setting));
  return parked.has_value();
}

Status opened_by_a_person(Vault& vault, const std::filesystem::path& key_file) {
  TRY_ASSIGN(auto parked, vault.setting(parked_setting));
  if (!parked) return {};
  // Back outside first: a power cut in between leaves both, and the next person's opening does this again.
  if (!parked->empty()) TRY_STATUS(crypto::replace_file(unlock_file(key_file), *parked));
  crypto::wipe(*parked);
  return vault.remove_setting(parked_setting);
}

}  // namespace huisbord
