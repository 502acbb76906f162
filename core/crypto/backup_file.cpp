// SPDX-License-Identifier: GPL-3.0-or-later
// Writing and reading backups: KEYS.md 15.
#include "core/crypto/backup_file.h"

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord::crypto {
namespace {

constexpr std::string_view magic = "HBBACKUP";
constexpr std::uint8_t version = 1;
constexpr std::size_t head_size = 8 + 1 + 8 + 8 + 16;
constexpr std::size_t most_record = std::size_t{1} << 20;

std::unexpected<Error> damaged() { return fail(ErrorCode::damaged, "This backup is damaged or was cut short; take another copy of it."); }

/// What was opened before the place of the damage.
std::unexpected<Error> wiped(std::vector<Bytes>& records) {
  for (Bytes& record : records) wipe(record);
  return damaged();
}

Result<SecretBytes> file_key(const SecretBytes& phrase, const Salt& salt, Argon2Parameters parameters) {
  TRY_ASSIGN(const SecretBytes stretched, stretch(phrase, salt, parameters));
  return derive_key("hb.backup.key", stretched, {});
}

Bytes associated(ByteView head, std::uint32_t index, bool last) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("hb.backup"));
  writer.raw(head);
  writer.u32(index);
  writer.u8(last ? 1 : 0);
  return bytes;
}

}  // namespace

Status write_backup_file(const std::filesystem::path& path, const SecretBytes& phrase, Argon2Parameters parameters,
                         std::span<const Bytes> records, Random& random) {
  CHECK(!records.empty());
  Bytes file;
  ByteWriter writer(file);
  Salt salt;
  random.fill(salt);
  writer.raw(view(magic));
  writer.u8(version);
  writer.u64(parameters.operations);
  writer.u64(parameters.memory_bytes);
  writer.raw(salt);
  const Bytes head = file;
  TRY_ASSIGN(const SecretBytes key, file_key(phrase, salt, parameters));
  for (std::size_t i = 0; i < records.size(); ++i) {
    CHECK(records[i].size() <= most_record);
    const Nonce nonce = make_nonce(random);
    const Bytes sealed = encrypt(key, nonce, associated(head, static_cast<std::uint32_t>(i), i + 1 == records.size()), records[i]);
    writer.u32(static_cast<std::uint32_t>(sealed.size()));
    writer.raw(nonce);
    writer.raw(sealed);
  }
  return replace_file(path, file);
}

Result<std::vector<Bytes>> read_backup_file(const std::filesystem::path& path, const SecretBytes& phrase) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::not_found, "The backup " + path.filename().string() + " is not there.");
  TRY_ASSIGN(const Bytes file, read_small_file(path, size));
  ByteReader reader(file);
  if (text_view(reader.raw(magic.size())) != magic)
    return fail(ErrorCode::invalid, "The file " + path.filename().string() + " is no backup of keys.");
  if (reader.u8() > version) return fail(ErrorCode::newer_version, "This backup was written by a newer release; install that.");
  Argon2Parameters parameters;
  parameters.operations = reader.u64();
  parameters.memory_bytes = reader.u64();
  const Salt salt = reader.array<16>();
  if (!reader.ok() || !parameters.acceptable()) return damaged();
  TRY_ASSIGN(const SecretBytes key, file_key(phrase, salt, parameters));
  const ByteView head = ByteView(file).first(head_size);
  std::vector<Bytes> records;
  while (!reader.rest().empty()) {
    const std::uint32_t sealed_size = reader.u32();
    const Nonce nonce = reader.array<nonce_size>();
    const ByteView sealed = reader.raw(sealed_size);
    if (!reader.ok() || sealed_size > most_record + tag_size) return wiped(records);
    auto record = decrypt(key, nonce, associated(head, static_cast<std::uint32_t>(records.size()), reader.rest().empty()), sealed);
    if (!record && records.empty()) return fail(ErrorCode::wrong_key, "This phrase does not open the backup, or its beginning is damaged.");
    if (!record) return wiped(records);
    records.push_back(std::move(*record));
  }
  if (records.empty()) return damaged();
  return records;
}

}  // namespace huisbord::crypto
