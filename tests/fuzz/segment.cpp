// SPDX-License-Identifier: GPL-3.0-or-later
// Segments and snapshots from anywhere, and those whose plaintext somebody who holds the epoch's key chose.
#include "core/journal/segment.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/journal/operation.h"
#include "core/journal/snapshot.h"
#include "core/journal/zstd_frame.h"
#include "tests/core/journal/hostile_segment.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t { segment = 0, hostile_segment = 1, snapshot = 2, hostile_snapshot = 3 };

const crypto::SecretBytes& epoch_key() {
  static const crypto::SecretBytes key = crypto::SecretBytes::copy_of(Bytes(32, 1));
  return key;
}

void open_one(ByteView bytes) {
  const auto parsed = parse_segment(bytes);
  if (!parsed) return;
  CHECK(parsed->header.count <= max_segment_operations && parsed->body.size() == parsed->header.sealed_size);
  const auto opened = open_segment(*parsed, epoch_key());
  if (!opened) return;
  CHECK(opened->size() == parsed->header.count);
  std::uint64_t stamp = 0;
  for (const OpenedOperation& operation : *opened) {
    CHECK(operation.stamp > stamp);
    stamp = operation.stamp;
  }
  CHECK(stamp == parsed->header.last_stamp);
}

/// What the header declares, then a content as a raw zstd block or a frame as it stands.
void run_hostile_segment(ByteView input) {
  static SeededRandom random(1);
  static const crypto::SigningKeyPair device = crypto::make_signing_key(random);
  ByteReader reader(input);
  SegmentHeader header;
  header.count = 1u + reader.u8();
  header.last_stamp = 1u + reader.u8();
  const bool own_frame = reader.u8() % 2 == 0;
  const ByteView rest = reader.rest().first(std::min<std::size_t>(reader.rest().size(), 250));
  Bytes plain;
  if (own_frame) {
    header.opened_size = static_cast<std::uint32_t>(rest.size());
    const auto block = static_cast<std::uint16_t>(1u | rest.size() << 3);
    plain = {0x28,
             0xb5,
             0x2f,
             0xfd,
             0x20,
             static_cast<std::uint8_t>(rest.size()),
             static_cast<std::uint8_t>(block),
             static_cast<std::uint8_t>(block >> 8),
             0};
  } else {
    header.opened_size = ByteReader(rest).u8();
  }
  plain.insert(plain.end(), rest.begin(), rest.end());
  if (!plain.empty()) open_one(seal_plain(header, plain, epoch_key(), device));
}

SnapshotReference named(ByteView bytes, const crypto::Hash& digest) {
  return {snapshot_hash(bytes), digest, {{1, {.number = 1000}}, {2, {.number = 1000}}, {200, {.number = 1000}}}};
}

void read_one(ByteView bytes, const crypto::Hash& digest) {
  const auto header = parse_snapshot(bytes);
  if (header) CHECK(header->parts >= 1 && header->parts <= max_snapshot_parts);
  std::size_t visited = 0;
  const Status read = read_snapshot(bytes, named(bytes, digest), epoch_key(), [&](DeviceNumber device, OperationNumber number, ByteView) {
    CHECK(header && device != 0 && number <= 1000);
    ++visited;
    return Status{};
  });
  CHECK(header || (!read && visited == 0));
}

Bytes snapshot_around(std::span<const Bytes> contents, crypto::Hash& digest) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("HBSN"));
  writer.u32(suite_1);
  const ScopeId scope{};
  writer.raw(scope.bytes);
  writer.u32(1);
  writer.raw(crypto::key_id(epoch_key()));
  writer.u32(static_cast<std::uint32_t>(contents.size()));
  const ByteArray<32> salt{};
  writer.raw(salt);
  Bytes context = to_bytes(scope.bytes);
  context.insert(context.end(), salt.begin(), salt.end());
  const crypto::SecretBytes key = crypto::derive_key("hb.snapshot.key", epoch_key(), context);
  crypto::Hasher hasher("hb.snap.digest");
  for (std::uint32_t part = 0; part < contents.size(); ++part) {
    const auto frame = compress_frame(contents[part]);
    if (!frame) return {};
    crypto::Nonce nonce{};
    nonce[0] = static_cast<std::uint8_t>(part);
    const auto opened = static_cast<std::uint32_t>(contents[part].size());
    Bytes associated;
    ByteWriter around(associated);
    around.raw(view("hb.snapshot"));
    around.raw(scope.bytes);
    around.u32(part);
    around.u32(opened);
    const Bytes sealed = crypto::encrypt(key, nonce, associated, *frame);
    writer.u32(opened);
    writer.u32(static_cast<std::uint32_t>(sealed.size()));
    writer.raw(sealed);
    hasher.update(contents[part]);
  }
  digest = hasher.finish();
  return bytes;
}

/// The first byte says where the content is cut into two parts.
void run_hostile_snapshot(ByteView input) {
  if (input.empty()) return;
  const std::size_t first = std::min<std::size_t>(input[0], input.size() - 1);
  const std::vector<Bytes> contents{to_bytes(input.subspan(1, first)), to_bytes(input.subspan(1 + first))};
  crypto::Hash digest{};
  const Bytes bytes = snapshot_around(contents, digest);
  if (!bytes.empty()) read_one(bytes, digest);
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const Bytes& bytes : vectors("segment_")) {
    all.push_back(shaped(segment, bytes));
    all.push_back(shaped(hostile_segment, bytes));
  }
  Bytes content{0};
  ByteWriter writer(content);
  SeededRandom random(1);
  SnapshotWriter snapshots({}, 1, epoch_key(), random);
  for (std::uint32_t device = 1; device <= 2; ++device) {
    const Bytes raw(5, static_cast<std::uint8_t>(device));
    CHECK(snapshots.add(device, 7, raw).has_value());
    writer.u32(device);
    writer.u64(7);
    writer.u32(static_cast<std::uint32_t>(raw.size()));
    writer.raw(raw);
  }
  all.push_back(shaped(hostile_snapshot, content));
  const auto made = snapshots.finish();
  all.push_back(shaped(snapshot, made->bytes));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  const ByteView rest = input.subspan(1);
  if (input[0] == segment) open_one(rest);
  if (input[0] == hostile_segment) run_hostile_segment(rest);
  if (input[0] == snapshot) read_one(rest, {});
  if (input[0] == hostile_snapshot) run_hostile_snapshot(rest);
}

}  // namespace huisbord::fuzz
