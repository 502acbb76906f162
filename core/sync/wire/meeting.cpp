// SPDX-License-Identifier: GPL-3.0-or-later
// Small bodies, so that their size bounds everything in them.
#include "core/sync/wire/meeting.h"

namespace huisbord::wire {
namespace {

constexpr std::size_t beside = 256;  // of a body, around its messages
constexpr std::size_t max_request = max_meeting_message + beside;
constexpr std::size_t max_reply = meeting_places * max_meeting_message + beside;

}  // namespace

Result<MeetingRequest> parse_meeting_request(ByteView body) {
  if (body.size() > max_request) return fail(ErrorCode::limit, "a pairing message is larger than 4 KiB");
  MeetingRequest message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return fail(ErrorCode::parse, "a message does not decode");
  if (message.message().size() > max_meeting_message) return fail(ErrorCode::limit, "a pairing message is larger than 4 KiB");
  if (message.code().size() != meeting_code_size) return fail(ErrorCode::parse, "a code has eight characters");
  if (message.place() > meeting_places || (message.place() == 0) != message.message().empty())
    return fail(ErrorCode::parse, "a pairing message without its place");
  return message;
}

Result<MeetingReply> parse_meeting_reply(ByteView body) {
  if (body.size() > max_reply) return fail(ErrorCode::limit, "an answer with too much in it");
  MeetingReply message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) return fail(ErrorCode::parse, "a message does not decode");
  if (static_cast<std::size_t>(message.messages_size()) > meeting_places) return fail(ErrorCode::parse, "an answer with too much in it");
  return message;
}

}  // namespace huisbord::wire
