// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed bytes of a segment: FORMAT.md 2.
#include "core/journal/envelope/segment_header.h"

#include <algorithm>

#include "core/base/check.h"

namespace huisbord {
namespace {

constexpr std::string_view magic = "HBSG";
constexpr std::size_t sealing_tag_size = 16;
// Sums of numbers and counts stay far from the end of 64 bits.
constexpr OperationNumber max_number = OperationNumber{1} << 62;

Status check_limits(const SegmentHeader& header) {
  if (header.device == 0 || header.charter == 0 || header.first == 0 || header.count == 0 || header.last_stamp == 0) {
    return fail(ErrorCode::parse, "A segment header holds a zero where a number belongs.");
  }
  if (header.first > max_number) return fail(ErrorCode::limit, "A segment header's operation number is too high.");
  if (header.count > max_segment_operations) return fail(ErrorCode::limit, "A segment declares more than 4,096 operations.");
  if (header.opened_size > max_opened_size) return fail(ErrorCode::limit, "A segment declares more than 1 MiB when opened.");
  if (header.sealed_size > max_sealed_size) return fail(ErrorCode::limit, "A segment is larger than 256 KiB.");
  if (header.sealed_size <= sealing_tag_size) return fail(ErrorCode::parse, "A segment's body is too short to be one.");
  return {};
}

}  // namespace

Bytes write_header(const SegmentHeader& header) {
  Bytes bytes;
  bytes.reserve(header_size);
  ByteWriter writer(bytes);
  writer.raw(view(magic));
  writer.u8(header.suite);
  writer.u8(0);
  writer.u16(0);
  writer.raw(header.scope.bytes);
  writer.u32(header.device);
  writer.u32(header.charter);
  writer.u64(header.first);
  writer.u32(header.count);
  writer.u32(header.opened_size);
  writer.u32(header.sealed_size);
  writer.u64(header.last_stamp);
  writer.raw(header.epoch);
  writer.raw(header.previous);
  CHECK(bytes.size() == header_associated_size);
  writer.raw(header.nonce);
  writer.raw(header.body_hash);
  CHECK(bytes.size() == header_size);
  return bytes;
}

Result<SegmentHeader> parse_header(ByteView bytes) {
  ByteReader reader(bytes);
  if (text_view(reader.raw(magic.size())) != magic) return fail(ErrorCode::parse, "These bytes are no segment.");
  SegmentHeader header;
  header.suite = reader.u8();
  const std::uint8_t flags = reader.u8();
  const std::uint16_t reserved = reader.u16();
  if (!reader.ok()) return fail(ErrorCode::parse, "A segment is cut short inside its header.");
  if (header.suite != suite_1 || flags != 0 || reserved != 0) {
    return fail(ErrorCode::version, "A segment is of a suite or form that this release does not know.");
  }
  header.scope.bytes = reader.array<16>();
  header.device = reader.u32();
  header.charter = reader.u32();
  header.first = reader.u64();
  header.count = reader.u32();
  header.opened_size = reader.u32();
  header.sealed_size = reader.u32();
  header.last_stamp = reader.u64();
  header.epoch = reader.array<8>();
  header.previous = reader.array<32>();
  header.nonce = reader.array<24>();
  header.body_hash = reader.array<32>();
  if (!reader.ok() || !reader.rest().empty()) return fail(ErrorCode::parse, "A segment header has another size than 156 bytes.");
  TRY_STATUS(check_limits(header));
  return header;
}

HeaderHash header_hash(ByteView signed_header) {
  CHECK(signed_header.size() == signed_header_size);
  return crypto::hash("hb.header", signed_header);
}

crypto::Signature sign_header(ByteView header, const crypto::SigningKeyPair& device) {
  CHECK(header.size() == header_size);
  return crypto::sign(device, "hb.segment", header);
}

Result<SegmentView> parse_evidence(ByteView bytes) {
  if (bytes.size() != signed_header_size) return fail(ErrorCode::parse, "A signed segment header has another size than 220 bytes.");
  SegmentView segment;
  TRY_ASSIGN(segment.header, parse_header(bytes.first(header_size)));
  segment.signed_header = bytes;
  return segment;
}

Result<SegmentView> parse_segment(ByteView bytes) {
  if (bytes.size() > max_segment_size) return fail(ErrorCode::limit, "A segment is larger than 256 KiB.");
  if (bytes.size() < signed_header_size) {
    // What is there of the header still tells a segment of a later suite from a torn one.
    if (bytes.size() >= header_size) TRY_STATUS(parse_header(bytes.first(header_size)));
    return fail(ErrorCode::parse, "A segment is cut short inside its header.");
  }
  TRY_ASSIGN(SegmentView segment, parse_evidence(bytes.first(signed_header_size)));
  segment.body = bytes.subspan(signed_header_size);
  if (segment.body.size() != segment.header.sealed_size) return fail(ErrorCode::parse, "A segment's body has another size than declared.");
  if (crypto::hash("hb.body", segment.body) != segment.header.body_hash) {
    return fail(ErrorCode::parse, "A segment's body is not the one that its header names.");
  }
  return segment;
}

Status check_signature(const SegmentView& segment, const crypto::SigningPublicKey& key) {
  CHECK(segment.signed_header.size() == signed_header_size);
  crypto::Signature signature;
  std::ranges::copy(segment.signed_header.subspan(header_size), signature.begin());
  if (!crypto::verify(key, "hb.segment", segment.signed_header.first(header_size), signature)) {
    return fail(ErrorCode::signature, "A segment is not signed by the device that it names.");
  }
  return {};
}

ChainHead head_of(const SegmentView& segment) { return {segment.header.last(), segment.hash(), segment.header.last_stamp}; }

Status check_follows(const ChainHead& held, const SegmentHeader& next) {
  if (next.first != held.number + 1) return fail(ErrorCode::chain, "A segment does not carry the next number of its device.");
  if (next.previous != held.hash) return fail(ErrorCode::chain, "A segment does not follow the one that is held.");
  if (next.last_stamp <= held.stamp) return fail(ErrorCode::chain, "A segment is stamped before the one that it follows.");
  return {};
}

bool is_fork(const SegmentView& a, const SegmentView& b, const crypto::SigningPublicKey& key) {
  if (a.header.scope != b.header.scope || a.header.device != b.header.device) return false;
  if (a.header.last() < b.header.first || b.header.last() < a.header.first) return false;
  if (std::ranges::equal(a.signed_header, b.signed_header)) return false;
  return check_signature(a, key) && check_signature(b, key);
}

}  // namespace huisbord
