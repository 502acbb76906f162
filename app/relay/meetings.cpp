// SPDX-License-Identifier: GPL-3.0-or-later
// Puts and shows what two sides leave for each other; compares nothing but codes.
#include "app/relay/meetings.h"

#include <algorithm>

#include "core/crypto/memory.h"

namespace huisbord::relay {
namespace {

constexpr std::int64_t lifetime_millis = 15 * 60'000;
constexpr std::size_t most_living = 64;
constexpr std::size_t most_remembered = 256;
constexpr unsigned most_tries = 5;
constexpr std::size_t half = wire::meeting_code_size / 2;

using State = wire::MeetingReply;

Reply reply_of(const wire::MeetingReply& message) {
  return {.status = 200, .content_type = wire::meeting_type, .body = wire::to_body(message)};
}

Reply reply_of(wire::MeetingReply::State state) {
  wire::MeetingReply message;
  message.set_state(state);
  return reply_of(message);
}

}  // namespace

bool Meetings::living(const Meeting& meeting) const {
  return !meeting.burnt && clock_.running().value - meeting.opened.value < lifetime_millis;
}

void Meetings::forget_one() {
  const auto oldest =
      std::ranges::min_element(meetings_, {}, [this](const auto& each) { return std::pair(living(each.second), each.second.opened); });
  if (oldest != meetings_.end() && !living(oldest->second)) meetings_.erase(oldest);
}

/// False when there is no room. A first half that is in use is left alone: the desk sees a wrong code and draws another.
bool Meetings::open(const std::string& place, const std::string& secret) {
  const auto found = meetings_.find(place);
  if (found != meetings_.end()) {
    if (living(found->second) || found->second.secret == secret) return true;
    meetings_.erase(found);
  }
  if (std::ranges::count_if(meetings_, [this](const auto& each) { return living(each.second); }) >=
      static_cast<std::ptrdiff_t>(most_living))
    return false;
  if (meetings_.size() >= most_remembered) forget_one();
  meetings_.emplace(place, Meeting{.secret = secret, .opened = clock_.running(), .messages = {}});
  return true;
}

/// The guest's places are the odd ones. A place is written once; what does not fit is left out and what stands there is shown.
wire::MeetingReply::State Meetings::put(Meeting& meeting, Side side, const wire::MeetingRequest& request) const {
  const std::size_t place = request.place();
  if (place == 0 || (place % 2 == 1) != (side == Side::guest)) return State::OPEN;
  if (place <= meeting.messages.size()) return place == 1 && meeting.messages[0] != request.message() ? State::TAKEN : State::OPEN;
  if (place == meeting.messages.size() + 1) meeting.messages.push_back(request.message());
  return State::OPEN;
}

Reply Meetings::answer(Side side, ByteView body) {
  const auto request = wire::parse_meeting_request(body);
  if (!request) return refusal(request.error().code == ErrorCode::limit ? wire::Refusal::TOO_LARGE : wire::Refusal::MALFORMED);
  const std::string place = request->code().substr(0, half);
  const std::string secret = request->code().substr(half);
  const std::lock_guard lock(mutex_);
  if (request->open() && side == Side::host && !open(place, secret)) return refusal(wire::Refusal::BUSY);
  const auto found = meetings_.find(place);
  if (found == meetings_.end()) return reply_of(State::WRONG_CODE);
  Meeting& meeting = found->second;
  if (!crypto::equal(view(meeting.secret), view(secret))) {
    if (living(meeting) && ++meeting.wrong_tries >= most_tries) meeting.burnt = true;
    return reply_of(State::WRONG_CODE);
  }
  if (meeting.burnt) return reply_of(State::BURNT);
  const std::int64_t age = clock_.running().value - meeting.opened.value;
  if (age >= lifetime_millis) return reply_of(State::OLD_CODE);
  if (request->burn()) {
    meeting.burnt = true;
    meeting.messages.clear();
    return reply_of(State::BURNT);
  }
  const auto state = put(meeting, side, *request);
  if (state != State::OPEN) return reply_of(state);
  wire::MeetingReply message;
  message.set_state(State::OPEN);
  for (const std::string& each : meeting.messages) message.add_messages(each);
  message.set_seconds(static_cast<std::uint32_t>((lifetime_millis - age) / 1000));
  return reply_of(message);
}

}  // namespace huisbord::relay
