// SPDX-License-Identifier: GPL-3.0-or-later
// Sealing and opening segments: FORMAT.md 3.
#include "core/journal/segment.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/journal/operation.h"
#include "core/journal/zstd_frame.h"

namespace huisbord {
namespace {

constexpr std::size_t max_plain_size = max_sealed_size - crypto::tag_size;
constexpr std::size_t least_padded = 512;
constexpr std::size_t max_length_bytes = 3;

crypto::SecretBytes segment_key(const crypto::SecretBytes& epoch_key, const SegmentHeader& header) {
  Bytes context;
  ByteWriter writer(context);
  writer.raw(header.scope.bytes);
  writer.u32(header.device);
  return crypto::derive_key("hb.segment.key", epoch_key, context);
}

std::size_t length_size(std::size_t size) { return size < 0x80 ? 1 : size < 0x4000 ? 2 : 3; }

void append_length(Bytes& out, std::size_t size) {
  for (; size >= 0x80; size >>= 7) out.push_back(static_cast<std::uint8_t>(size | 0x80));
  out.push_back(static_cast<std::uint8_t>(size));
}

/// Takes a length off the front: at most three bytes, in the shortest form.
std::optional<std::size_t> take_length(ByteView& rest) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < max_length_bytes && i < rest.size(); ++i) {
    value |= std::size_t{rest[i] & 0x7fu} << (7 * i);
    if (rest[i] >= 0x80) continue;
    if (i > 0 && rest[i] == 0) return std::nullopt;
    rest = rest.subspan(i + 1);
    return value;
  }
  return std::nullopt;
}

Result<Bytes> join(const SegmentPosition& position, std::span<const Bytes> operations, std::uint64_t& last_stamp) {
  if (operations.empty()) return fail(ErrorCode::invalid, "A segment is to be sealed without operations.");
  if (operations.size() > max_segment_operations) return fail(ErrorCode::limit, "A segment is to be sealed with too many operations.");
  std::size_t size = 0;
  last_stamp = position.after.stamp;
  for (const Bytes& operation : operations) {
    if (operation.size() > max_operation_size) return fail(ErrorCode::limit, "An operation is larger than 16 KiB.");
    const std::optional<std::uint64_t> stamp = leading_stamp(operation);
    if (!stamp || *stamp <= last_stamp) return fail(ErrorCode::invalid, "Operations are to be sealed that are not stamped in order.");
    last_stamp = *stamp;
    size += length_size(operation.size()) + operation.size();
  }
  if (size > max_opened_size) return fail(ErrorCode::limit, "A segment is to be sealed with more than 1 MiB.");
  Bytes joined;
  joined.reserve(size);
  for (const Bytes& operation : operations) {
    append_length(joined, operation.size());
    joined.insert(joined.end(), operation.begin(), operation.end());
  }
  return joined;
}

Result<std::vector<OpenedOperation>> split(ByteView opened, const SegmentHeader& header) {
  std::vector<OpenedOperation> operations;
  // The opened size is within its bound, and an operation has at least three bytes with its length.
  operations.reserve(std::min<std::size_t>(header.count, opened.size() / 3));
  std::uint64_t stamp = 0;
  for (ByteView rest = opened; !rest.empty();) {
    const std::optional<std::size_t> size = take_length(rest);
    if (!size) return fail(ErrorCode::parse, "A segment's operations are not well divided.");
    if (*size > max_operation_size) return fail(ErrorCode::limit, "An operation is larger than 16 KiB.");
    if (*size > rest.size()) return fail(ErrorCode::parse, "A segment's last operation is cut short.");
    if (operations.size() == header.count) return fail(ErrorCode::parse, "A segment holds more operations than it declares.");
    const ByteView raw = rest.first(*size);
    const std::optional<std::uint64_t> own = leading_stamp(raw);
    if (!own) return fail(ErrorCode::parse, "An operation does not begin with its stamp.");
    if (*own <= stamp) return fail(ErrorCode::chain, "A segment's operations are not stamped in order.");
    stamp = *own;
    operations.push_back({raw, stamp});
    rest = rest.subspan(*size);
  }
  if (operations.size() != header.count) return fail(ErrorCode::parse, "A segment holds fewer operations than it declares.");
  if (stamp != header.last_stamp) return fail(ErrorCode::chain, "A segment's last stamp is not the one that it declares.");
  return operations;
}

}  // namespace

std::size_t padded_body_size(std::size_t size) {
  const std::size_t at_least = std::max(size, least_padded);
  const auto exponent = static_cast<unsigned>(std::bit_width(at_least) - 1);
  const auto kept = static_cast<unsigned>(std::bit_width(exponent));
  const std::size_t mask = (std::size_t{1} << (exponent - kept)) - 1;
  return (at_least + mask) & ~mask;
}

std::size_t fitting(std::span<const Bytes> operations) {
  std::size_t size = 0;
  std::size_t count = 0;
  for (const Bytes& operation : operations) {
    size += length_size(operation.size()) + operation.size();
    if (count == max_segment_operations || ZSTD_COMPRESSBOUND(size) > max_plain_size) break;
    ++count;
  }
  return count;
}

Result<Bytes> seal_segment(const SegmentPosition& position, std::span<const Bytes> operations, const crypto::SecretBytes& epoch_key,
                           const crypto::SigningKeyPair& device, Random& random, Padding padding) {
  CHECK(position.device != 0 && position.charter != 0 && epoch_key.size() == crypto::key_size);
  SegmentHeader header;
  TRY_ASSIGN(const Bytes joined, join(position, operations, header.last_stamp));
  TRY_ASSIGN(Bytes plain, compress_frame(joined));
  if (plain.size() > max_plain_size) return fail(ErrorCode::limit, "A segment is to be sealed with more than fits 256 KiB.");
  if (padding == Padding::padme) plain.resize(std::max(plain.size(), std::min(padded_body_size(plain.size()), max_plain_size)));

  header.scope = position.scope;
  header.device = position.device;
  header.charter = position.charter;
  header.first = position.after.number + 1;
  header.count = static_cast<std::uint32_t>(operations.size());
  header.opened_size = static_cast<std::uint32_t>(joined.size());
  header.sealed_size = static_cast<std::uint32_t>(plain.size() + crypto::tag_size);
  header.epoch = crypto::key_id(epoch_key);
  header.previous = position.after.hash;
  random.fill(header.nonce);
  const Bytes associated = write_header(header);
  const Bytes body =
      crypto::encrypt(segment_key(epoch_key, header), header.nonce, ByteView(associated).first(header_associated_size), plain);
  header.body_hash = crypto::hash("hb.body", body);

  Bytes segment = write_header(header);
  const crypto::Signature signature = sign_header(segment, device);
  segment.reserve(signed_header_size + body.size());
  segment.insert(segment.end(), signature.begin(), signature.end());
  segment.insert(segment.end(), body.begin(), body.end());
  return segment;
}

Result<OpenedSegment> open_segment(const SegmentView& segment, const crypto::SecretBytes& epoch_key) {
  const SegmentHeader& header = segment.header;
  CHECK(segment.body.size() == header.sealed_size && epoch_key.size() == crypto::key_size);
  if (crypto::key_id(epoch_key) != header.epoch)
    return fail(ErrorCode::epoch, "A segment is sealed under another epoch than the key given.");
  TRY_ASSIGN(const Bytes plain, crypto::decrypt(segment_key(epoch_key, header), header.nonce,
                                                segment.signed_header.first(header_associated_size), segment.body));
  TRY_ASSIGN(Bytes opened, expand_frame(plain, header.opened_size));
  TRY_ASSIGN(std::vector<OpenedOperation> operations, split(opened, header));
  return OpenedSegment(std::move(opened), std::move(operations));
}

}  // namespace huisbord
