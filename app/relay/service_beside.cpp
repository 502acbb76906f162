// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay does beside passing on: pairings meet here, and shares of store keys lie here.
#include "app/relay/reading.h"
#include "app/relay/route.h"
#include "core/crypto/random.h"

namespace huisbord::relay {

/// Where a meeting begins is a desk's to say, so that a stranger cannot fill the relay with meetings.
Reply Service::host_meeting(const ScopeName& name, const Request& request) {
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  if (!caller->is_desk()) return refusal(wire::Refusal::ONLY_A_DESK);
  if (!caller->is_active()) return refusal(wire::Refusal::DEVICE_NOT_ACTIVE);
  return meetings_.answer(Meetings::Side::host, request.body);
}

/// Only the release is not signed as a request: what would sign it is in the closed store.
Reply Service::share(const Route& route, const Request& request) {
  const ScopeName& name = route.name;
  const std::string_view what = route.word;
  const auto answer = [this](const Result<wire::ShareReply>& reply) -> Reply {
    if (!reply) return failed(reply.error());
    return {.status = 200, .content_type = wire::share_type, .body = wire::to_body(*reply)};
  };
  if (request.method == "POST" && what == wire::release_what) {
    const auto asked = wire::parse_share_request(request.body);
    if (!asked) return refusal(malformed(asked.error()));
    const auto charter = this->charter(name);
    if (!charter) return failed(charter.error());
    return answer(shares_->release(name.scope, charter->get(), *asked, crypto::system_random()));
  }
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  if (!caller->is_active()) return refusal(wire::Refusal::DEVICE_NOT_ACTIVE);
  if (request.method == "PUT" && what == wire::deposit_what) {
    const auto deposit = wire::parse_share_deposit(request.body);
    if (!deposit) return refusal(malformed(deposit.error()));
    if (const Status kept = shares_->deposit(name.scope, caller->device->id, *deposit); !kept) return failed(kept.error());
    wire::ShareReply done;
    done.set_state(wire::ShareReply::DONE);
    return answer(done);
  }
  if (request.method != "POST" || what != wire::shares_what) return refusal(wire::Refusal::MALFORMED);
  if (!caller->is_desk()) return refusal(wire::Refusal::ONLY_A_DESK);
  const auto question = wire::parse_share_question(request.body);
  if (!question) return refusal(malformed(question.error()));
  return answer(shares_->answer(name.scope, *question));
}

}  // namespace huisbord::relay
