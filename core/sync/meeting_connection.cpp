// SPDX-License-Identifier: GPL-3.0-or-later
// Meetings over HTTPS.
#include "core/sync/meeting_connection.h"

#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/meeting.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/relay_address.h"
#include "core/sync/wire/request_signature.h"

namespace huisbord {
namespace {

Result<MeetingView> read_view(ByteView body) {
  const auto message = wire::parse_meeting_reply(body);
  if (!message) return fail(ErrorCode::network, "what answers at the relay's address is no relay");
  MeetingView view;
  switch (message->state()) {
    case wire::MeetingReply::OPEN:
      view.state = MeetingState::open;
      break;
    case wire::MeetingReply::WRONG_CODE:
      view.state = MeetingState::wrong_code;
      break;
    case wire::MeetingReply::OLD_CODE:
      view.state = MeetingState::old_code;
      break;
    case wire::MeetingReply::TAKEN:
      view.state = MeetingState::taken;
      break;
    default:
      view.state = MeetingState::burnt;
  }
  for (const std::string& each : message->messages()) view.messages.push_back(to_bytes(huisbord::view(each)));
  return view;
}

Result<MeetingView> refused(ByteView body) {
  TRY_ASSIGN(const RelayRefusal refusal, read_refusal(body));
  if (refusal.reason == RelayRefusal::Reason::busy || refusal.reason == RelayRefusal::Reason::no_room)
    return fail(ErrorCode::unavailable, "the relay has too much at work; it is asked again");
  return fail(ErrorCode::refused, std::string("the relay refuses to let a pairing begin: ") + name(refusal.reason));
}

}  // namespace

Result<std::vector<std::string>> signed_lines(const std::string& relay_url, const char* method, const std::string& path, ByteView body,
                                              Millis now, const DeviceId& device, const crypto::SigningKeyPair& request_key) {
  TRY_ASSIGN(const wire::RelayAddress address, wire::parse_address(relay_url));
  const std::string whole = address.path + path;
  const auto fields = wire::sign_request({.method = method, .authority = address.authority, .path = whole, .query = {}}, body,
                                         now.value / 1000, device, request_key);
  return std::vector<std::string>{"Content-Digest: " + fields.content_digest, "Signature-Input: " + fields.signature_input,
                                  "Signature: " + fields.signature};
}

HttpsMeeting::HttpsMeeting(RelayAtUrl relay, std::string target, const Log* desk, const Clock* clock)
    : url_(std::move(relay.url)), target_(std::move(target)), desk_(desk), clock_(clock), https_(std::move(relay.https)) {
  while (url_.ends_with('/')) url_.pop_back();
}

std::unique_ptr<HttpsMeeting> HttpsMeeting::guest(RelayAtUrl relay) {
  return std::unique_ptr<HttpsMeeting>(new HttpsMeeting(std::move(relay), std::string(wire::guest_target), nullptr, nullptr));
}

std::unique_ptr<HttpsMeeting> HttpsMeeting::host(RelayAtUrl relay, const Log& desk, const Clock& clock) {
  const std::string organisation = desk.organisation().hex();
  return std::unique_ptr<HttpsMeeting>(
      new HttpsMeeting(std::move(relay), "/v1/" + organisation + "/" + organisation + "/" + std::string(wire::host_what), &desk, &clock));
}

Result<MeetingView> HttpsMeeting::make(const PairingCode& code, const PairingMove& move, const std::stop_token& stop) {
  wire::MeetingRequest request;
  request.set_code(code.characters.data(), code.characters.size());
  request.set_open(desk_ != nullptr);
  request.set_burn(move.burn);
  if (move.put) {
    request.set_place(static_cast<std::uint32_t>(move.put->place) + 1);
    request.set_message(move.put->message.data(), move.put->message.size());
  }
  const Bytes body = wire::to_body(request);
  HttpsExchange::Question question{.method = "POST", .url = url_ + target_, .header_lines = {}, .body = body};
  if (desk_ != nullptr) {
    TRY_ASSIGN(const ScopeIdentity own, desk_->identity(desk_->organisation().as<ScopeTag>()));
    TRY_ASSIGN(question.header_lines, signed_lines(url_, "POST", target_, body, clock_->now(), own.id, *own.request_key));
  }
  question.header_lines.push_back("Content-Type: " + std::string(wire::meeting_type));
  TRY_ASSIGN(const HttpsExchange::Answer answer, https_.ask(question, stop));
  if (answer.content_type == wire::meeting_type && answer.status == http_ok) return read_view(answer.body);
  if (answer.content_type == wire::refusal_type && answer.status > http_ok) return refused(answer.body);
  return fail(ErrorCode::network, "what answers at the relay's address is no relay (status " + std::to_string(answer.status) + ")");
}

}  // namespace huisbord
