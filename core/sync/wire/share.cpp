// SPDX-License-Identifier: GPL-3.0-or-later
// Small bodies of fields with one size each.
#include "core/sync/wire/share.h"

namespace huisbord::wire {
namespace {

constexpr std::size_t max_small = 512;
constexpr std::size_t max_reply = max_share_events * 64 + max_small;

template <class Message>
Result<Message> parse(ByteView body, std::size_t most) {
  if (body.size() > most) return fail(ErrorCode::limit, "a message about a share is too large");
  Message message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return fail(ErrorCode::parse, "a message does not decode");
  return message;
}

std::unexpected<Error> other_size() { return fail(ErrorCode::parse, "a field of another size"); }

}  // namespace

Result<ShareDeposit> parse_share_deposit(ByteView body) {
  TRY_ASSIGN(auto message, parse<ShareDeposit>(body, max_small));
  if (message.share().empty()) return message;
  if (message.share().size() != 16 || message.unlock_key().size() != 32 || message.sealed().size() != sealed_share_size)
    return other_size();
  return message;
}

Result<ShareRequest> parse_share_request(ByteView body) {
  TRY_ASSIGN(auto message, parse<ShareRequest>(body, max_small));
  if (message.device().size() != 16 || message.share().size() != 16 || message.ephemeral().size() != 32 || message.signature().size() != 64)
    return other_size();
  return message;
}

Result<ShareQuestion> parse_share_question(ByteView body) {
  TRY_ASSIGN(auto message, parse<ShareQuestion>(body, max_small));
  if (!message.allow().empty() && message.allow().size() != 16) return other_size();
  return message;
}

Result<ShareReply> parse_share_reply(ByteView body) {
  TRY_ASSIGN(auto message, parse<ShareReply>(body, max_reply));
  if (!message.sealed().empty() && message.sealed().size() != released_share_size) return other_size();
  if (static_cast<std::size_t>(message.events_size()) > max_share_events) return fail(ErrorCode::limit, "too many events");
  for (const auto& event : message.events())
    if (event.device().size() != 16) return other_size();
  return message;
}

Bytes signed_part(const ScopeId& scope, const ShareRequest& request) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(scope.view());
  writer.raw(view(request.device()));
  writer.raw(view(request.share()));
  writer.raw(view(request.ephemeral()));
  writer.u64(request.created());
  return bytes;
}

}  // namespace huisbord::wire
