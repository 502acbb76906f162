// SPDX-License-Identifier: GPL-3.0-or-later
// Writing and reading key files; KEYS.md 9 holds every byte.
#include "core/crypto/keyslot_format.h"

#include <algorithm>

#include "core/crypto/durable_file.h"
#include "core/crypto/hash.h"

namespace huisbord::crypto {
namespace {

constexpr std::string_view magic = "HBKEYSLT";
constexpr std::uint16_t version = 1;
constexpr std::size_t hash_size = 32;
constexpr std::size_t authenticator_size = 32;
constexpr std::size_t least_size = 8 + 4 + 2 + hash_size;  // what every version has: KEYS.md 9.1

void write_factors(ByteWriter& writer, const Keyslot& slot) {
  writer.u8(static_cast<std::uint8_t>(slot.factors.size()));
  for (const Factor& factor : slot.factors) {
    writer.u8(static_cast<std::uint8_t>(factor.kind));
    writer.u16(static_cast<std::uint16_t>(factor.parameters.size()));
    writer.raw(factor.parameters);
  }
}

std::unexpected<Error> damaged() { return fail(ErrorCode::damaged, "The key file of this store is damaged; put back a copy of it."); }

/// Nothing when the bytes are not a slot.
std::optional<Keyslot> read_slot(ByteReader& reader) {
  Keyslot slot;
  slot.id = reader.u32();
  const std::size_t factors = reader.u8();
  if (factors == 0 || factors > most_factors) return std::nullopt;
  for (std::size_t i = 0; i < factors; ++i) {
    Factor factor;
    factor.kind = static_cast<FactorKind>(reader.u8());
    const std::size_t size = reader.u16();
    if (size > most_parameters) return std::nullopt;
    factor.parameters = to_bytes(reader.raw(size));
    if (is_stretched(factor.kind) && !decode_stretch(factor.parameters)) return std::nullopt;
    if (!slot.factors.empty() && slot.factors.back().kind >= factor.kind) return std::nullopt;
    slot.factors.push_back(std::move(factor));
  }
  slot.public_key.bytes = reader.array<32>();
  slot.sealed = reader.array<80>();
  if (!reader.ok()) return std::nullopt;
  return slot;
}

}  // namespace

bool is_stretched(FactorKind kind) { return kind == FactorKind::phrase || kind == FactorKind::staff_passphrase; }

Bytes encode_stretch(const Stretch& stretch) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u64(stretch.parameters.operations);
  writer.u64(stretch.parameters.memory_bytes);
  writer.raw(stretch.salt);
  return bytes;
}

Result<Stretch> decode_stretch(ByteView bytes) {
  ByteReader reader(bytes);
  Stretch read;
  read.parameters.operations = reader.u64();
  read.parameters.memory_bytes = reader.u64();
  read.salt = reader.array<16>();
  if (!reader.ok() || !reader.rest().empty() || !read.parameters.acceptable()) return damaged();
  return read;
}

Bytes KeyslotFile::public_part() const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view(magic));
  writer.u32(0);  // the length, below
  writer.u16(version);
  writer.raw(file_id_);
  writer.raw(store_key_id_);
  writer.u8(static_cast<std::uint8_t>(slots_.size()));
  for (const Keyslot& slot : slots_) {
    writer.u32(slot.id);
    write_factors(writer, slot);
    writer.raw(slot.public_key.bytes);
    writer.raw(slot.sealed);
  }
  Bytes length;
  ByteWriter(length).u32(static_cast<std::uint32_t>(bytes.size() + authenticator_size + hash_size));
  std::ranges::copy(length, bytes.begin() + static_cast<std::ptrdiff_t>(magic.size()));
  return bytes;
}

Bytes KeyslotFile::associated(const Keyslot& slot) const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("hb.slot.wrap"));
  writer.raw(file_id_);
  writer.raw(store_key_id_);
  writer.u32(slot.id);
  write_factors(writer, slot);
  writer.raw(slot.public_key.bytes);
  return bytes;
}

Bytes KeyslotFile::serialise() const {
  Bytes bytes = public_part();
  ByteWriter writer(bytes);
  writer.raw(authenticator_);
  writer.raw(hash("hb.slots.hash", bytes));
  return bytes;
}

Result<KeyslotFile> KeyslotFile::parse(ByteView bytes) {
  if (bytes.size() < least_size || bytes.size() > most_key_file_bytes || text_view(bytes.first(magic.size())) != magic) return damaged();
  const ByteView hashed = bytes.first(bytes.size() - hash_size);
  if (!std::ranges::equal(hash("hb.slots.hash", hashed), bytes.last(hash_size))) return damaged();
  ByteReader reader(hashed.subspan(magic.size()));
  if (reader.u32() != bytes.size()) return damaged();
  const std::uint16_t written_by = reader.u16();
  if (written_by > version)
    return fail(ErrorCode::newer_version, "The key file of this store was written by a newer release; install that.");
  if (written_by != version) return damaged();
  KeyslotFile read;
  read.file_id_ = reader.array<16>();
  read.store_key_id_ = reader.array<8>();
  const std::size_t count = reader.u8();
  if (count == 0 || count > most_slots) return damaged();
  for (std::size_t i = 0; i < count; ++i) {
    std::optional<Keyslot> slot = read_slot(reader);
    if (!slot || std::ranges::find(read.slots_, slot->id, &Keyslot::id) != read.slots_.end()) return damaged();
    TRY_STATUS(check_factor_set(slot->factors));
    read.slots_.push_back(std::move(*slot));
  }
  read.authenticator_ = reader.array<authenticator_size>();
  if (!reader.ok() || !reader.rest().empty()) return damaged();
  return read;
}

Result<KeyslotFile> KeyslotFile::load(const std::filesystem::path& path) {
  auto bytes = read_small_file(path, most_key_file_bytes);
  if (!bytes && bytes.error().code == ErrorCode::too_large) return damaged();
  if (!bytes) return std::unexpected(bytes.error());
  return parse(*bytes);
}

Status KeyslotFile::save(const std::filesystem::path& path) const { return replace_file(path, serialise()); }

}  // namespace huisbord::crypto
