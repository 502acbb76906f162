// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the backup of keys.
#include "core/office/key_backup.h"

#include "core/crypto/backup_file.h"
#include "core/crypto/memory.h"
#include "core/journal/envelope/charter.h"

namespace huisbord {
namespace {

Status take_record(ByteView record, KeyBackup& backup) {
  ByteReader reader(record);
  const auto what = static_cast<KeyRecord>(reader.u8());
  if (what == KeyRecord::charter) {
    if (const auto name = charter_name(reader.rest())) backup.charters[name->scope] = to_bytes(reader.rest());
    return {};
  }
  const ByteArray<16> id = reader.array<16>();
  if (reader.rest().size() != 32) return fail(ErrorCode::damaged, "A key in this backup has another size.");
  auto key = crypto::SecretBytes::copy_of(reader.rest());
  if (what == KeyRecord::person)
    backup.people.emplace_back(PersonId{id}, std::move(key));
  else if (what == KeyRecord::epoch)
    backup.epochs.emplace_back(ScopeId{id}, std::move(key));
  return {};
}

}  // namespace

Result<KeyBackup> read_key_records(std::vector<Bytes> records) {
  KeyBackup backup;
  Status taken;
  for (Bytes& record : records) {
    if (taken) taken = take_record(record, backup);
    crypto::wipe(record);
  }
  if (!taken) return std::unexpected(std::move(taken.error()));
  return backup;
}

Result<KeyBackup> read_key_backup(const std::filesystem::path& path, const crypto::SecretBytes& phrase) {
  TRY_ASSIGN(std::vector<Bytes> records, crypto::read_backup_file(path, phrase));
  return read_key_records(std::move(records));
}

}  // namespace huisbord
