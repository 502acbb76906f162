// SPDX-License-Identifier: GPL-3.0-or-later
// The vault as a file: made whole or not at all, held by one process, and opened only when key, first page, length and schema are right.
#pragma once

#include "core/store/database.h"

namespace huisbord {

/// The first 16 bytes of the file, which SQLCipher takes as its salt: made from the key, so that a wrong key and a damaged page differ.
[[nodiscard]] ByteArray<16> vault_salt(const crypto::SecretBytes& store_key);

/// Holds `<vault>.lock` for this process; the file stays when it goes.
class VaultLock {
 public:
  /// locked when another process (or another vault object of this one) holds it; read_only, disk_full, io.
  [[nodiscard]] static Result<VaultLock> take(const std::filesystem::path& vault);
  VaultLock(VaultLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  VaultLock& operator=(VaultLock&&) = delete;
  ~VaultLock();

 private:
  explicit VaultLock(int file) : file_(file) {}
  int file_;
};

/// A new file with the newest schema, made beside and renamed: already_exists when there is one. The caller holds the lock.
[[nodiscard]] Status create_vault_file(const std::filesystem::path& path, const crypto::SecretBytes& store_key, const std::string& vfs,
                                       const std::function<Status(Database&)>& fill);
/// For writing; schema migrated. not_found, wrong_key, damaged, newer_version, read_only, disk_full, io. The caller holds the lock.
[[nodiscard]] Result<std::unique_ptr<Database>> open_vault_file(const std::filesystem::path& path, const crypto::SecretBytes& store_key,
                                                                const DatabaseOptions& options);

/// Everything that `source` holds in a new file under another key, changed by `edit`, whole and closed when this returns; removed when it
/// fails. What is at `to` goes first.
[[nodiscard]] Status copy_vault_file(Database& source, const std::filesystem::path& to, const crypto::SecretBytes& store_key,
                                     const std::string& vfs, const std::function<Status(Database&)>& edit);
/// One rename: the former file or the new one stands there, at every moment. Nothing may be open there.
[[nodiscard]] Status put_vault_file(const std::filesystem::path& made, const std::filesystem::path& path);

}  // namespace huisbord
