// SPDX-License-Identifier: GPL-3.0-or-later
// Messages in and out.
#include "core/sync/answers.h"

#include <algorithm>

#include "core/sync/wire/messages.h"

namespace huisbord {
namespace {

using Reason = RelayRefusal::Reason;
static_assert(static_cast<int>(Reason::gap) == wire::Refusal::GAP);
static_assert(static_cast<int>(Reason::no_room) == wire::Refusal::NO_ROOM);
static_assert(static_cast<int>(Reason::charter_first) == wire::Refusal::CHARTER_FIRST);
static_assert(static_cast<int>(Reason::only_a_desk) == wire::Refusal::ONLY_A_DESK);
static_assert(static_cast<int>(Reason::no_such_snapshot) == wire::Refusal::NO_SUCH_SNAPSHOT);

Head to_head(const wire::Head& message) {
  Head head{.device = message.device(), .number = message.number(), .header_hash = {}};
  std::ranges::copy(view(message.header_hash()).first(head.header_hash.size()), head.header_hash.begin());
  return head;
}

RelayRefusal to_refusal(const wire::Refusal& message) {
  RelayRefusal refusal;
  if (wire::Refusal::Reason_IsValid(message.reason())) refusal.reason = static_cast<Reason>(message.reason());
  if (message.has_held() && message.held().header_hash().size() == sizeof(HeaderHash)) refusal.held = to_head(message.held());
  refusal.charter = message.charter();
  constexpr std::uint32_t longest = 24 * 3600;
  refusal.retry_after = std::chrono::seconds(std::min(message.retry_after(), longest));
  return refusal;
}

std::unexpected<Error> no_relay(const Error& error) {
  return fail(ErrorCode::network, "what answers at the relay's address is no relay: " + error.sentence);
}

}  // namespace

Bytes push_body(std::span<const Bytes> segments) {
  wire::PushRequest message;
  for (const Bytes& segment : segments) message.add_segments(segment.data(), segment.size());
  return wire::to_padded_body(message);
}

Bytes pull_body(const PullQuestion& question) {
  wire::PullRequest message;
  message.set_charter(question.charter);
  message.set_max_bytes(static_cast<std::uint32_t>(question.max_bytes));
  for (const Head& held : question.heads) {
    wire::Head& head = *message.add_heads();
    head.set_device(held.device);
    head.set_number(held.number);
    head.set_header_hash(held.header_hash.data(), held.header_hash.size());
  }
  return wire::to_padded_body(message);
}

Result<PushAnswer> read_push_receipt(ByteView body) {
  const auto message = wire::parse_push_receipt(body);
  if (!message) return no_relay(message.error());
  PushAnswer answer;
  answer.mark_before = to_bytes(view(message->mark_before()));
  answer.mark = to_bytes(view(message->mark()));
  for (const wire::Head& receipt : message->receipts()) answer.receipts.push_back(to_head(receipt));
  return answer;
}

Result<PushAnswer> read_push_refusal(ByteView body) {
  const auto message = wire::parse_refusal(body);
  if (!message) return no_relay(message.error());
  PushAnswer answer;
  answer.refusal = to_refusal(*message);
  for (const wire::Head& receipt : message->receipts()) answer.receipts.push_back(to_head(receipt));
  return answer;
}

Result<CharterAnswer> read_charter_receipt(ByteView body) {
  const auto message = wire::parse_charter_receipt(body);
  if (!message) return no_relay(message.error());
  CharterAnswer answer{.number = message->number(), .hash = {}, .refusal = std::nullopt};
  std::ranges::copy(view(message->hash()).first(answer.hash.size()), answer.hash.begin());
  return answer;
}

Result<RelayRefusal> read_refusal(ByteView body) {
  const auto message = wire::parse_refusal(body);
  if (!message) return no_relay(message.error());
  return to_refusal(*message);
}

Result<PullAnswer> read_page(ByteView body) {
  auto message = wire::parse_page(body);
  if (!message) return no_relay(message.error());
  PullAnswer answer;
  answer.more = message->more();
  answer.charter = message->charter();
  for (const std::string& charter : message->charters()) answer.charters.push_back(to_bytes(view(charter)));
  for (const std::string& segment : message->segments()) answer.segments.push_back(to_bytes(view(segment)));
  for (const wire::Head& head : message->heads()) answer.heads.push_back(to_head(head));
  answer.mark = to_bytes(view(message->mark()));
  for (const wire::Floor& floor : message->floors())
    answer.floors.push_back({.device = floor.device(), .number = floor.number(), .header_hash = {}});
  for (const std::string& segment : message->handed_in()) answer.handed_in.push_back(to_bytes(view(segment)));
  for (const wire::Fork& fork : message->forks())
    answer.forks.push_back({.device = fork.device(), .first = to_bytes(view(fork.first())), .second = to_bytes(view(fork.second()))});
  return answer;
}

Bytes charter_body(ByteView charter) {
  wire::CharterRequest message;
  message.set_charter(charter.data(), charter.size());
  return wire::to_padded_body(message);
}

Bytes wait_body(const WaitQuestion& question, std::uint32_t seconds) {
  wire::WaitRequest message;
  message.set_seconds(seconds);
  for (const ScopeMark& held : question.marks) {
    wire::ScopeMark& scope = *message.add_scopes();
    scope.set_scope(held.scope.bytes.data(), held.scope.bytes.size());
    scope.set_mark(held.mark.data(), held.mark.size());
  }
  return wire::to_body(message);  // its size says no more than that it is a wait
}

Result<WaitAnswer> read_news(ByteView body) {
  const auto message = wire::parse_news(body);
  if (!message) return no_relay(message.error());
  WaitAnswer answer;
  for (const std::string& scope : message->scopes()) answer.news.push_back(*ScopeId::from(view(scope)));
  return answer;
}

Bytes snapshot_piece_body(ByteView piece) {
  wire::SnapshotPiece message;
  message.set_bytes(piece.data(), piece.size());
  return wire::to_padded_body(message);
}

Result<SnapshotPieceAnswer> read_snapshot_piece(ByteView body) {
  const auto message = wire::parse_snapshot_piece(body);
  if (!message) return no_relay(message.error());
  return SnapshotPieceAnswer{.bytes = to_bytes(view(message->bytes())), .refusal = std::nullopt};
}

}  // namespace huisbord
