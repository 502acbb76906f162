// SPDX-License-Identifier: GPL-3.0-or-later
// What a store keeps of its own device's keys beside the founding: sealing keys in turn, and what an erasure still asks (KEYS.md 13).
#include "core/store/own_keys.h"

#include "core/crypto/memory.h"

namespace huisbord {
namespace {

constexpr std::string_view sealing_prefix = "keys.sealing.";
constexpr std::string_view first_made = "keys.sealing_made";
constexpr std::string_view duties_name = "keys.duties";

std::string sealing_name(std::uint32_t number) {
  std::string digits = std::to_string(number);
  return std::string(sealing_prefix) + std::string(10 - digits.size(), '0') + digits;
}

std::unexpected<Error> damaged() {
  return fail(ErrorCode::damaged, "The vault is damaged: a key of this device has another size. Restore it from a backup.");
}

Bytes made_bytes(const OwnSealing& key) {
  Bytes value;
  ByteWriter writer(value);
  writer.u32(key.number);
  writer.u64(static_cast<std::uint64_t>(key.made_quarter));
  return value;
}

}  // namespace

Result<std::optional<Bytes>> read_setting(Database& database, std::string_view name) {
  Statement found = database.use("SELECT value FROM setting WHERE name = ?");
  found.bind(name);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return std::nullopt;
  return to_bytes(found.blob(0));
}

Status keep_setting(Database& database, std::string_view name, ByteView value) {
  return database.use("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)").bind(name, value).run();
}

Status drop_setting(Database& database, std::string_view name) {
  return database.use("DELETE FROM setting WHERE name = ?").bind(name).run();
}

Result<std::vector<std::pair<std::string, Bytes>>> read_settings(Database& database, std::string_view prefix) {
  Statement rows = database.use("SELECT name, value FROM setting WHERE name >= ? ORDER BY name");
  rows.bind(prefix);
  std::vector<std::pair<std::string, Bytes>> found;
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more || !rows.text(0).starts_with(prefix)) return found;
    found.emplace_back(rows.text(0), to_bytes(rows.blob(1)));
  }
}

Result<std::vector<OwnSealing>> read_own_sealing(Database& database) {
  std::vector<OwnSealing> keys;
  {
    Statement founding = database.use("SELECT value FROM founding WHERE name = 'sealing'");
    TRY_ASSIGN(const bool there, founding.row());
    if (!there || founding.blob(0).size() != 32) return damaged();
    OwnSealing& first = keys.emplace_back();
    first.pair = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(founding.blob(0)));
    TRY_ASSIGN(const auto made, read_setting(database, first_made));
    if (made) {
      ByteReader reader(*made);
      first.number = reader.u32();
      first.made_quarter = static_cast<std::int64_t>(reader.u64());
    }
  }
  TRY_ASSIGN(auto rows, read_settings(database, sealing_prefix));
  for (auto& [name, value] : rows) {
    ByteReader reader(value);
    OwnSealing key;
    key.number = reader.u32();
    key.made_quarter = static_cast<std::int64_t>(reader.u64());
    if (!reader.ok() || reader.rest().size() != 32) return damaged();
    key.pair = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(reader.rest()));
    crypto::wipe(value);
    keys.push_back(std::move(key));
  }
  return keys;
}

Status keep_own_sealing(Database& database, const OwnSealing& key) {
  Bytes value = made_bytes(key);
  const ByteView secret = key.pair.secret.view();
  value.insert(value.end(), secret.begin(), secret.end());
  Status kept = keep_setting(database, sealing_name(key.number), value);
  crypto::wipe(value);
  return kept;
}

Status settle_own_sealing(Database& database, const OwnSealing& key) {
  TRY_STATUS(database.use("UPDATE founding SET value = ? WHERE name = 'sealing'").bind(key.pair.secret.view()).run());
  TRY_STATUS(keep_setting(database, first_made, made_bytes(key)));
  TRY_ASSIGN(auto rows, read_settings(database, sealing_prefix));
  for (auto& [name, value] : rows) {
    crypto::wipe(value);
    TRY_STATUS(drop_setting(database, name));
  }
  return {};
}

Result<KeyDuties> read_key_duties(Database& database) {
  TRY_ASSIGN(const auto stored, read_setting(database, duties_name));
  KeyDuties duties;
  if (!stored) return duties;
  ByteReader reader(*stored);
  duties.turn = reader.u8() != 0;
  duties.unsettled = reader.u8() != 0;
  duties.rekey = reader.u8() != 0;
  if (!reader.ok()) return damaged();
  return duties;
}

Status keep_key_duties(Database& database, const KeyDuties& duties) {
  Bytes value;
  ByteWriter writer(value);
  for (const bool one : {duties.turn, duties.unsettled, duties.rekey}) writer.u8(one ? 1 : 0);
  return keep_setting(database, duties_name, value);
}

}  // namespace huisbord
