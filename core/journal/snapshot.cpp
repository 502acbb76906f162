// SPDX-License-Identifier: GPL-3.0-or-later
// Writing and reading snapshots: FORMAT.md 12.
#include "core/journal/snapshot.h"

#include <algorithm>

#include "core/crypto/aead.h"
#include "core/journal/operation.h"
#include "core/journal/zstd_frame.h"

namespace huisbord {
namespace {

constexpr std::string_view magic = "HBSN";
constexpr std::size_t before_parts = 72;
constexpr std::size_t entry_size = 4 + 8 + 4;

crypto::SecretBytes snapshot_key(const crypto::SecretBytes& epoch_key, const ScopeId& scope, const ByteArray<32>& salt) {
  Bytes context;
  ByteWriter writer(context);
  writer.raw(scope.bytes);
  writer.raw(salt);
  return crypto::derive_key("hb.snapshot.key", epoch_key, context);
}

/// A key seals one snapshot, and in it each part once.
crypto::Nonce nonce_of(std::uint32_t part) {
  crypto::Nonce nonce{};
  for (std::size_t i = 0; i < 4; ++i) nonce[i] = static_cast<std::uint8_t>(part >> (8 * i));
  return nonce;
}

Bytes associated_with(const ScopeId& scope, std::uint32_t part, std::uint32_t opened) {
  Bytes associated;
  ByteWriter writer(associated);
  writer.raw(view("hb.snapshot"));
  writer.raw(scope.bytes);
  writer.u32(part);
  writer.u32(opened);
  return associated;
}

std::unexpected<Error> broken() { return fail(ErrorCode::parse, "A snapshot is damaged."); }

}  // namespace

SnapshotWriter::SnapshotWriter(const ScopeId& scope, CharterNumber charter, const crypto::SecretBytes& epoch_key, Random& random)
    : scope_(scope), charter_(charter), epoch_(crypto::key_id(epoch_key)), digest_("hb.snap.digest") {
  random.fill(salt_);
  key_ = snapshot_key(epoch_key, scope_, salt_);
}

Status SnapshotWriter::add(DeviceNumber device, OperationNumber number, ByteView raw) {
  if (device < last_device_ || (device == last_device_ && number <= last_number_) || raw.size() > max_operation_size)
    return fail(ErrorCode::invalid, "A snapshot is to hold operations out of order.");
  last_device_ = device;
  last_number_ = number;
  if (content_.size() + entry_size + raw.size() > max_opened_size) TRY_STATUS(seal_part());
  ByteWriter writer(content_);
  writer.u32(device);
  writer.u64(number);
  writer.u32(static_cast<std::uint32_t>(raw.size()));
  writer.raw(raw);
  return {};
}

Status SnapshotWriter::seal_part() {
  TRY_ASSIGN(const Bytes frame, compress_frame(content_));
  const auto opened = static_cast<std::uint32_t>(content_.size());
  const Bytes sealed = crypto::encrypt(key_, nonce_of(count_), associated_with(scope_, count_, opened), frame);
  ByteWriter writer(parts_);
  writer.u32(opened);
  writer.u32(static_cast<std::uint32_t>(sealed.size()));
  writer.raw(sealed);
  digest_.update(content_);
  content_.clear();
  ++count_;
  if (count_ > max_snapshot_parts || before_parts + parts_.size() > max_snapshot_size)
    return fail(ErrorCode::limit, "There is more in this scope than a snapshot holds.");
  return {};
}

Result<SealedSnapshot> SnapshotWriter::finish() {
  if (!content_.empty() || count_ == 0) TRY_STATUS(seal_part());
  SealedSnapshot made;
  ByteWriter writer(made.bytes);
  writer.raw(view(magic));
  writer.u8(suite_1);
  writer.u8(0);
  writer.u16(0);
  writer.raw(scope_.bytes);
  writer.u32(charter_);
  writer.raw(epoch_);
  writer.u32(count_);
  writer.raw(salt_);
  writer.raw(parts_);
  made.hash = snapshot_hash(made.bytes);
  made.digest = digest_.finish();
  return made;
}

crypto::Hash snapshot_hash(ByteView bytes) { return crypto::hash("hb.snapshot", bytes); }

Result<SnapshotHeader> parse_snapshot(ByteView bytes) {
  if (bytes.size() > max_snapshot_size) return fail(ErrorCode::limit, "A snapshot is larger than 16 MiB.");
  ByteReader reader(bytes);
  if (text_view(reader.raw(magic.size())) != magic) return fail(ErrorCode::parse, "These bytes are no snapshot.");
  const std::uint8_t suite = reader.u8();
  const std::uint8_t flags = reader.u8();
  const std::uint16_t reserved = reader.u16();
  if (!reader.ok()) return broken();
  if (suite != suite_1 || flags != 0 || reserved != 0) return fail(ErrorCode::version, "A snapshot was written by a later release.");
  SnapshotHeader header;
  header.scope.bytes = reader.array<16>();
  header.charter = reader.u32();
  header.epoch = reader.array<8>();
  header.parts = reader.u32();
  header.salt = reader.array<32>();
  if (!reader.ok() || header.parts == 0) return broken();
  if (header.parts > max_snapshot_parts) return fail(ErrorCode::limit, "A snapshot has more than 64 parts.");
  return header;
}

Status read_snapshot(ByteView bytes, const SnapshotReference& named, const crypto::SecretBytes& epoch_key,
                     const std::function<Status(DeviceNumber, OperationNumber, ByteView)>& visit) {
  TRY_ASSIGN(const SnapshotHeader header, parse_snapshot(bytes));
  if (snapshot_hash(bytes) != named.hash) return fail(ErrorCode::charter, "A snapshot is another one than the charter names.");
  if (crypto::key_id(epoch_key) != header.epoch) return fail(ErrorCode::epoch, "A snapshot is sealed under another epoch's key.");
  const crypto::SecretBytes key = snapshot_key(epoch_key, header.scope, header.salt);
  crypto::Hasher digest("hb.snap.digest");
  ByteReader reader(bytes.subspan(before_parts));
  DeviceNumber last_device = 0;
  OperationNumber last_number = 0;
  for (std::uint32_t part = 0; part < header.parts; ++part) {
    const std::uint32_t opened_size = reader.u32();
    const ByteView sealed = reader.raw(reader.u32());
    if (!reader.ok()) return broken();
    if (opened_size > max_opened_size) return fail(ErrorCode::limit, "A part of a snapshot opens to more than 1 MiB.");
    TRY_ASSIGN(const Bytes frame, crypto::decrypt(key, nonce_of(part), associated_with(header.scope, part, opened_size), sealed));
    TRY_ASSIGN(const Bytes content, expand_frame(frame, opened_size));
    digest.update(content);
    ByteReader entries(content);
    while (!entries.rest().empty()) {
      const DeviceNumber device = entries.u32();
      const OperationNumber number = entries.u64();
      const ByteView raw = entries.raw(entries.u32());
      const bool rises = device > last_device || (device == last_device && number > last_number);
      if (!entries.ok() || !rises) return broken();
      last_device = device;
      last_number = number;
      const auto head = std::ranges::find(named.heads, device, &SnapshotHead::device);
      if (head == named.heads.end()) continue;  // cut inside of it, by a later charter
      if (number > head->head.number) return fail(ErrorCode::charter, "A snapshot holds more of a device than the charter names.");
      TRY_STATUS(visit(device, number, raw));
    }
  }
  if (!reader.rest().empty()) return broken();
  if (digest.finish() != named.digest) return fail(ErrorCode::charter, "A snapshot holds something else than the charter names.");
  return {};
}

}  // namespace huisbord
