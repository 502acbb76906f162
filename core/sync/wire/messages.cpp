// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the fields of a message before Protocol Buffers makes objects of them: two bytes of input must not become an object each.
#include "core/sync/wire/messages.h"

#include <bit>

#include "core/base/check.h"
#include "core/journal/envelope/read_message.h"
#include "core/sync/wire/limits.h"

namespace huisbord::wire {
namespace {

constexpr std::size_t few = 64;  // fields that come once, and room for those of later releases
constexpr std::size_t scope_id_size = 16;

Status check_fields(ByteView body, std::size_t most) {
  if (body.size() > max_body) return fail(ErrorCode::limit, "a message is larger than 4 MiB");
  switch (walk_fields(body, Groups::refused, most)) {
    case FieldWalk::fits:
      return {};
    case FieldWalk::too_many:
      return fail(ErrorCode::limit, "a message has too many fields");
    case FieldWalk::unfit:
      break;
  }
  return fail(ErrorCode::parse, "a message is cut short or has an unknown form");
}

template <class Message>
Result<Message> parse(ByteView body, std::size_t most) {
  TRY_STATUS(check_fields(body, most));
  Message message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return fail(ErrorCode::parse, "a message does not decode");
  return message;
}

template <class Heads>
Status check_heads(const Heads& heads) {
  for (const Head& head : heads)
    if (head.header_hash().size() != 32) return fail(ErrorCode::parse, "a head without a header hash of 32 bytes");
  return {};
}

}  // namespace

Result<PushRequest> parse_push(ByteView body) {
  TRY_ASSIGN(auto message, parse<PushRequest>(body, max_push_segments + few));
  if (message.segments_size() == 0) return fail(ErrorCode::parse, "a push without a segment");
  if (static_cast<std::size_t>(message.segments_size()) > max_push_segments) return fail(ErrorCode::limit, "a push of too many segments");
  return message;
}

Result<PullRequest> parse_pull(ByteView body) {
  TRY_ASSIGN(auto message, parse<PullRequest>(body, max_heads + few));
  if (static_cast<std::size_t>(message.heads_size()) > max_heads) return fail(ErrorCode::limit, "a vector of too many devices");
  TRY_STATUS(check_heads(message.heads()));
  return message;
}

Result<PushReceipt> parse_push_receipt(ByteView body) {
  TRY_ASSIGN(auto message, parse<PushReceipt>(body, max_push_segments + few));
  TRY_STATUS(check_heads(message.receipts()));
  return message;
}

Result<CharterReceipt> parse_charter_receipt(ByteView body) {
  TRY_ASSIGN(auto message, parse<CharterReceipt>(body, few));
  if (message.hash().size() != 32) return fail(ErrorCode::parse, "a charter's receipt without a hash of 32 bytes");
  return message;
}

Result<PullReply> parse_page(ByteView body) {
  // A segment has some hundreds of bytes at least, so the page's size bounds their number well below this.
  TRY_ASSIGN(auto message, parse<PullReply>(body, 2 * max_heads + (max_body >> 8)));
  TRY_STATUS(check_heads(message.heads()));
  return message;
}

Result<Refusal> parse_refusal(ByteView body) {
  TRY_ASSIGN(auto message, parse<Refusal>(body, max_push_segments + few));
  TRY_STATUS(check_heads(message.receipts()));
  return message;
}

Result<CharterRequest> parse_charter(ByteView body) { return parse<CharterRequest>(body, few); }

Result<WaitRequest> parse_wait(ByteView body) {
  TRY_ASSIGN(auto message, parse<WaitRequest>(body, max_wait_scopes + few));
  if (message.scopes_size() == 0) return fail(ErrorCode::parse, "a wait for nothing");
  if (static_cast<std::size_t>(message.scopes_size()) > max_wait_scopes) return fail(ErrorCode::limit, "a wait for too many scopes");
  for (const ScopeMark& scope : message.scopes())
    if (scope.scope().size() != scope_id_size || scope.mark().size() > max_mark) return fail(ErrorCode::parse, "a wait for no scope");
  return message;
}

Result<News> parse_news(ByteView body) {
  TRY_ASSIGN(auto message, parse<News>(body, max_wait_scopes + few));
  for (const std::string& scope : message.scopes())
    if (scope.size() != scope_id_size) return fail(ErrorCode::parse, "news of no scope");
  return message;
}

Result<SnapshotPiece> parse_snapshot_piece(ByteView body) {
  TRY_ASSIGN(auto message, parse<SnapshotPiece>(body, few));
  if (message.bytes().empty() || message.bytes().size() > max_snapshot_piece)
    return fail(ErrorCode::limit, "a piece of a snapshot is empty or larger than 1 MiB");
  return message;
}

std::size_t padded_size(std::size_t size) {
  if (size <= smallest_body) return smallest_body;
  const auto exponent = static_cast<unsigned>(std::bit_width(size)) - 1;
  const auto exponent_bits = static_cast<unsigned>(std::bit_width(exponent));
  const std::size_t mask = (std::size_t{1} << (exponent - exponent_bits)) - 1;
  return (size + mask) & ~mask;
}

Bytes to_padded_body(const google::protobuf::MessageLite& message) {
  constexpr std::uint8_t field = 15 << 3 | 2;
  Bytes body = to_body(message);
  const std::size_t wanted = padded_size(body.size());
  const std::size_t left = wanted - body.size();
  if (left < 2) return body;  // field and length have two bytes at least: one byte off is as good as none
  std::size_t length_size = 1;
  while (left - 1 - length_size >= std::size_t{1} << (7 * length_size)) ++length_size;
  std::size_t length = left - 1 - length_size;
  body.push_back(field);
  for (std::size_t i = 0; i < length_size; ++i)
    body.push_back(static_cast<std::uint8_t>((length >> (7 * i) & 0x7f) | (i + 1 < length_size ? 0x80u : 0u)));
  body.resize(wanted);
  return body;
}

Bytes to_body(const google::protobuf::MessageLite& message) {
  Bytes body(message.ByteSizeLong());
  CHECK(message.SerializeToArray(body.data(), static_cast<int>(body.size())));
  return body;
}

}  // namespace huisbord::wire
