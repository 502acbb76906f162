// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which vault and key file change: the next key file, the vault, the key file.
#include "core/store/store_key.h"

#include <fstream>

#include "core/crypto/aead.h"
#include "core/store/vault_file.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

fs::path next_path(const fs::path& folder) { return folder / "keyslots.next"; }

/// By the first bytes of the vault, which follow from its key.
bool fits(const fs::path& folder, const crypto::SecretBytes& key) {
  ByteArray<16> found{};
  std::ifstream(vault_path(folder), std::ios::binary)
      .read(reinterpret_cast<char*>(found.data()), static_cast<std::streamsize>(found.size()));
  return found == vault_salt(key);
}

Status remove_file(const fs::path& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) return fail(ErrorCode::io, "The file " + path.filename().string() + " could not be removed.");
  return {};
}

}  // namespace

fs::path vault_path(const fs::path& folder) { return folder / "vault.db"; }
fs::path keyslots_path(const fs::path& folder) { return folder / "keyslots"; }

Result<crypto::SecretBytes> open_store_key(const fs::path& folder, const crypto::FactorInput& input) {
  if (std::error_code error; fs::exists(next_path(folder), error)) {
    if (const auto next = crypto::KeyslotFile::load(next_path(folder))) {
      auto key = next->open(input);
      if (key && fits(folder, *key)) {
        TRY_STATUS(next->save(keyslots_path(folder)));
        TRY_STATUS(remove_file(next_path(folder)));
        return key;
      }
    }
  }
  TRY_ASSIGN(const auto slots, crypto::KeyslotFile::load(keyslots_path(folder)));
  TRY_ASSIGN(crypto::SecretBytes key, slots.open(input));
  if (fits(folder, key)) TRY_STATUS(remove_file(next_path(folder)));
  return key;
}

Status renew_store_key(Vault& vault, const fs::path& folder, Random& random) {
  TRY_ASSIGN(const auto slots, crypto::KeyslotFile::load(keyslots_path(folder)));
  const crypto::SecretBytes next = crypto::make_key(random);
  TRY_ASSIGN(const auto renewed, slots.rekeyed(vault.store_key(), next, random));
  TRY_STATUS(renewed.save(next_path(folder)));
  // After a failure either file may stand there; opening finds out which.
  TRY_STATUS(vault.rekey(next));
  TRY_STATUS(renewed.save(keyslots_path(folder)));
  return remove_file(next_path(folder));
}

}  // namespace huisbord
