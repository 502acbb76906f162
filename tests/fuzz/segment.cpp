// SPDX-License-Identifier: GPL-3.0-or-later
// A segment from anywhere, and one whose plaintext a hostile device of the scope chose.
#include "core/journal/segment.h"

#include "core/base/check.h"
#include "tests/core/journal/hostile_segment.h"

namespace {

using namespace huisbord;

const crypto::SecretBytes& epoch_key() {
  static const crypto::SecretBytes key = crypto::SecretBytes::copy_of(Bytes(32, 1));
  return key;
}

void open(ByteView bytes) {
  const auto segment = parse_segment(bytes);
  if (!segment) return;
  CHECK(segment->header.count <= max_segment_operations && segment->body.size() == segment->header.sealed_size);
  const auto opened = open_segment(*segment, epoch_key());
  if (!opened) return;
  CHECK(opened->size() == segment->header.count);
  std::uint64_t stamp = 0;
  for (const OpenedOperation& operation : *opened) {
    CHECK(operation.stamp > stamp);
    stamp = operation.stamp;
  }
  CHECK(stamp == segment->header.last_stamp);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static SeededRandom random(1);
  static const crypto::SigningKeyPair device = crypto::make_signing_key(random);
  open({data, size});
  // The input's first bytes are what the header declares, the rest is a content as raw zstd block or a frame as it stands.
  ByteReader reader({data, size});
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
  if (plain.empty()) return 0;
  open(seal_plain(header, plain, epoch_key(), device));
  return 0;
}
