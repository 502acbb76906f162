// SPDX-License-Identifier: GPL-3.0-or-later
// What a backup of keys holds (KEYS.md 15), read from its records.
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/crypto/password.h"

namespace huisbord {

/// The first byte of a record; numbers are for ever.
enum class KeyRecord : std::uint8_t { person = 1, epoch = 2, charter = 3 };

struct KeyBackup {
  std::vector<std::pair<PersonId, crypto::SecretBytes>> people;
  std::vector<std::pair<ScopeId, crypto::SecretBytes>> epochs;
  std::map<ScopeId, Bytes> charters;  ///< as they were signed; nobody has verified them yet
};
/// Of an opened backup's records, which are wiped. damaged.
[[nodiscard]] Result<KeyBackup> read_key_records(std::vector<Bytes> records);
/// Errors of crypto::read_backup_file() as well.
[[nodiscard]] Result<KeyBackup> read_key_backup(const std::filesystem::path& path, const crypto::SecretBytes& phrase);

}  // namespace huisbord
