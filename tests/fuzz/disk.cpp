// SPDX-License-Identifier: GPL-3.0-or-later
// What lies on a machine's disk and may have been changed there: key file, custody key, PINs, TPM objects, unlock key, backups, the store's
// log, settings; and what people type there.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/kiosk/kiosk_settings.h"
#include "app/relay/settings.h"
#include "core/base/check.h"
#include "core/crypto/backup_file.h"
#include "core/crypto/box.h"
#include "core/crypto/custody.h"
#include "core/crypto/hash.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/memory.h"
#include "core/crypto/pin.h"
#include "core/crypto/words.h"
#include "core/journal/envelope/charter.h"
#include "core/office/key_backup.h"
#include "core/store/write_ahead_log.h"
#include "core/tpm/tpm.h"
#include "core/unlock/unlock_key.h"
#include "tests/core/crypto/known_answers.h"
#include "tests/fuzz/target.h"
#include "tests/support/temporary_folder.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t {
  key_file = 0,
  hashed_key_file = 1,  ///< without length and hash, which are put there
  custody = 2,
  pin_wrap = 3,
  box = 4,
  tpm_object = 5,
  unlock_key = 6,
  hashed_unlock_key = 7,
  backup = 8,
  log = 9,
  settings = 10,
  key_records = 11,  ///< of an opened backup of keys, each after its size
  relay_settings = 12,
  typed = 13,
};
constexpr crypto::Argon2Parameters cheap{1, 8192};

crypto::SecretBytes secret() { return crypto::SecretBytes::copy_of(Bytes(32, 7)); }

const std::filesystem::path& folder() {
  static const TemporaryFolder made;
  return made.path();
}

std::filesystem::path file_of(const char* name, ByteView content) {
  const std::filesystem::path path = folder() / name;
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  return path;
}

void run_key_file(ByteView bytes) {
  const auto file = crypto::KeyslotFile::parse(bytes);
  if (!file) return;
  CHECK(std::ranges::equal(file->serialise(), bytes));
  CHECK(!file->slots().empty());
  const crypto::SecretBytes wrong = secret();
  // Nothing that is stretched: a changed file may ask for a gigabyte.
  CHECK(!file->open({.tpm = &wrong, .relay_share = &wrong}));
  SeededRandom random(1);
  CHECK(!file->rekeyed(wrong, wrong, random));
}

void run_hashed_key_file(ByteView rest) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("HBKEYSLT"));
  writer.u32(static_cast<std::uint32_t>(8 + 4 + rest.size() + 32));
  writer.raw(rest);
  writer.raw(crypto::hash("hb.slots.hash", bytes));
  run_key_file(bytes);
}

void run_custody(ByteView bytes) {
  const auto read = crypto::Custody::parse(bytes);
  if (!read) return;
  CHECK(std::ranges::equal(read->serialise(), bytes));
  SeededRandom random(1);
  CHECK(crypto::Custody::parse(read->renewed(random).serialise()).has_value());
  for (const crypto::CustodyWrap& wrap : read->wraps())
    if (wrap.parameters <= cheap && !wrap.staff.empty()) CHECK(!read->open(wrap.staff, secret()));
}

/// The parameters in a backup's head are made cheap.
void run_backup(ByteView bytes) {
  constexpr std::size_t parameters_at = 9;
  Bytes content = to_bytes(bytes);
  Bytes parameters;
  ByteWriter writer(parameters);
  writer.u64(cheap.operations);
  writer.u64(cheap.memory_bytes);
  if (content.size() >= parameters_at + parameters.size()) std::ranges::copy(parameters, content.begin() + parameters_at);
  const auto read = crypto::read_backup_file(file_of("backup", content), secret());
  if (read) CHECK(!read->empty());
}

void run_key_records(ByteView bytes) {
  std::vector<Bytes> records;
  for (ByteReader reader(bytes); !reader.rest().empty();) {
    const std::size_t size = reader.u16();
    records.push_back(to_bytes(reader.raw(std::min(size, reader.rest().size()))));
  }
  const std::size_t most = records.size();
  const auto read = read_key_records(std::move(records));
  if (!read) return;
  CHECK(read->people.size() + read->epochs.size() + read->charters.size() <= most);
  for (const auto& [person, key] : read->people) CHECK(key.size() == 32);
  for (const auto& [scope, key] : read->epochs) CHECK(key.size() == 32);
  for (const auto& [scope, charter] : read->charters) CHECK(charter_name(charter).value().scope == scope);
}

void run_relay_settings(ByteView bytes) {
  relay::Settings read;
  if (!relay::read_settings(file_of("relay.toml", bytes), read)) return;
  constexpr std::chrono::hours day{24};
  for (const std::chrono::seconds limit : {read.idle, read.headers, read.progress}) CHECK(limit.count() >= 1 && limit <= day);
  CHECK(read.grace.count() >= 0 && read.grace <= day);
  CHECK(read.connections >= 1 && read.requests_at_work >= 1 && read.bytes_at_work >= std::size_t{8} << 20);
  CHECK(read.device_quota >= 1 && read.slowest >= 1);
}

void run_typed(ByteView bytes) {
  (void)crypto::pin_is_too_simple(bytes);
  if (const auto phrase = crypto::normalise_phrase(text_view(bytes))) {
    const auto again = crypto::normalise_phrase(text_view(phrase->view()));
    CHECK(again && crypto::equal(again->view(), phrase->view()));
  }
}

/// SQLite's checksum over 32-bit words (sqlite.org/fileformat2.html 4.2).
void add_to(std::array<std::uint32_t, 2>& sum, ByteView bytes) {
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    ByteReader words(bytes.subspan(at, 8));
    sum[0] += words.u32() + sum[1];
    sum[1] += words.u32() + sum[0];
  }
}
void big(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

/// Frames in a byte, which of them commit in a byte, a cut; then changes, each a place and a value.
void run_log(ByteView bytes) {
  ByteReader reader(bytes);
  const unsigned frames = reader.u8() % 8u;
  const unsigned commits = reader.u8();
  const std::size_t cut = reader.u16();
  Bytes file;
  for (const std::uint32_t word : {0x377f0682u, 3007000u, 4096u, 0u, 0x01020304u, 0x05060708u}) big(file, word);
  std::array<std::uint32_t, 2> sum{};
  add_to(sum, file);
  for (const std::uint32_t part : sum) big(file, part);
  for (unsigned frame = 0; frame < frames; ++frame) {
    Bytes head;
    big(head, frame + 1);
    big(head, (commits >> frame & 1u) != 0 ? frames : 0);
    add_to(sum, head);
    big(head, 0x01020304u);
    big(head, 0x05060708u);
    const Bytes page(4096, static_cast<std::uint8_t>(frame));
    add_to(sum, page);
    for (const std::uint32_t part : sum) big(head, part);
    file.insert(file.end(), head.begin(), head.end());
    file.insert(file.end(), page.begin(), page.end());
  }
  const bool unchanged = cut == 0 && reader.rest().empty();
  file.resize(file.size() - cut % (file.size() + 1));
  while (reader.rest().size() >= 3) {
    const std::size_t at = reader.u16();
    const std::uint8_t value = reader.u8();
    if (at < file.size()) file[at] = value;
  }
  const std::filesystem::path vault = folder() / "vault.db";
  file_of("vault.db-wal", file);
  for (const SectorFill fill : {SectorFill::none, SectorFill::copies}) {
    const Status checked = check_write_ahead_log(vault, fill);
    CHECK(checked.has_value() || (!unchanged && checked.error().code == ErrorCode::damaged));
  }
}

Bytes content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void run_unlock_key(ByteView content) {
  const auto read = UnlockKey::load(file_of("unlock.key", content));
  if (!read) return;
  CHECK(read->save(folder() / "again.key").has_value());
  CHECK(std::ranges::equal(content_of(folder() / "again.key"), content));
}

}  // namespace

std::vector<Bytes> seeds() {
  namespace known = crypto::known;
  std::vector<Bytes> all;
  SeededRandom random(1);
  const Bytes slots = from_hex(known::key_file).value();
  all.push_back(shaped(key_file, slots));
  all.push_back(shaped(hashed_key_file, ByteView(slots).subspan(12).first(slots.size() - 12 - 32)));
  auto file = crypto::KeyslotFile::parse(slots);
  CHECK(file.has_value());
  all.push_back(shaped(custody, from_hex(known::custody).value()));
  all.push_back(shaped(pin_wrap, from_hex(known::pin_wrap).value()));
  all.push_back(shaped(box, crypto::seal_box(secret(), view("place"), view("text"), random)));
  all.push_back(shaped(tpm_object, Bytes{1, 0, 0, 4, 0, 1, 2, 3, 4}));
  const UnlockKey key = UnlockKey::make({}, {}, {}, random);
  CHECK(key.save(folder() / "unlock.key").has_value());
  const Bytes saved = content_of(folder() / "unlock.key");
  all.push_back(shaped(unlock_key, saved));
  all.push_back(shaped(hashed_unlock_key, ByteView(saved).first(saved.size() - 32)));
  const std::vector<Bytes> two{Bytes(49, 1), Bytes(49, 2)};
  CHECK(crypto::write_backup_file(folder() / "backup", secret(), cheap, two, random).has_value());
  all.push_back(shaped(backup, content_of(folder() / "backup")));
  all.push_back(shaped(log, Bytes{4, 10, 0, 0}));
  all.push_back(shaped(log, Bytes{6, 255, 7, 0, 40, 16, 9}));
  all.push_back(shaped(
      settings, view("relay = \"https://relay.example\"\nlanguages = [\"ti\", \"nl\"]\nscale = 0\npixels_per_mm = 4.5\nsound = false\n")));
  Bytes records;
  ByteWriter writer(records);
  for (const KeyRecord what : {KeyRecord::person, KeyRecord::epoch}) {
    writer.u16(49);
    writer.u8(static_cast<std::uint8_t>(what));
    writer.raw(Bytes(48, 7));
  }
  for (const Bytes& charter : vectors("charter_first")) {
    writer.u16(static_cast<std::uint16_t>(1 + charter.size()));
    writer.u8(static_cast<std::uint8_t>(KeyRecord::charter));
    writer.raw(charter);
  }
  all.push_back(shaped(key_records, records));
  const std::string root(64, 'a');
  all.push_back(shaped(relay_settings, view("listen = \"[::1]:9000\"\nurl = \"https://relay.example\"\nroot = \"" + root + "\"\n")));
  all.push_back(shaped(relay_settings, view("metrics = \"127.0.0.1:1\"\ndata = \"/srv\"\nconnections = 9\nidle_seconds = 5\n"
                                            "slowest_bytes_per_second = 4294967396\ngrace_seconds = 0\nbytes_at_work = 0x1000000\n")));
  all.push_back(shaped(typed, crypto::make_house_phrase(random).view()));
  all.push_back(shaped(typed, view("  Zes  WOORDEN\tvan de lijst")));
  all.push_back(shaped(typed, view("195010")));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  const ByteView rest = input.subspan(1);
  switch (static_cast<Shape>(input[0])) {
    case key_file:
      return run_key_file(rest);
    case hashed_key_file:
      return run_hashed_key_file(rest);
    case custody:
      return run_custody(rest);
    case pin_wrap:
      if (const auto read = crypto::PinWrap::parse(rest)) CHECK(std::ranges::equal(read->serialise(), rest));
      return;
    case box:
      (void)crypto::open_box(secret(), view("place"), rest);
      return;
    case tpm_object:
      (void)needs_authorisation(rest);
      return;
    case unlock_key:
      return run_unlock_key(rest);
    case hashed_unlock_key: {
      Bytes content = to_bytes(rest);
      const crypto::Hash sum = crypto::hash("hb.unlock.file", rest);
      content.insert(content.end(), sum.begin(), sum.end());
      return run_unlock_key(content);
    }
    case backup:
      return run_backup(rest);
    case log:
      return run_log(rest);
    case settings: {
      const auto read = KioskSettings::load(file_of("kiosk.toml", rest));
      if (read) CHECK(read->tick_seconds >= 0.2 && read->tick_seconds <= 3600);
      return;
    }
    case key_records:
      return run_key_records(rest);
    case relay_settings:
      return run_relay_settings(rest);
    case typed:
      return run_typed(rest);
  }
}

}  // namespace huisbord::fuzz
