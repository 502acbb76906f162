// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay does beside passing on: pairings meet here, and shares of store keys lie here.
#include "app/relay/reading.h"
#include "app/relay/route.h"
#include "core/crypto/random.h"
#include "core/sync/wire/charter_question.h"

namespace huisbord::relay {
namespace {

constexpr std::int64_t stale_seconds = 5 * 60;
constexpr std::int64_t quarter_millis = 15 * 60 * 1000;

}  // namespace

/// Where a meeting begins is a desk's to say, so that a stranger cannot fill the relay with meetings.
Reply Service::host_meeting(const ScopeName& name, const Request& request) {
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  if (!caller->is_desk()) return refusal(wire::Refusal::ONLY_A_DESK);
  if (!caller->is_active()) return refusal(wire::Refusal::DEVICE_NOT_ACTIVE);
  return meetings_.answer(Meetings::Side::host, request.body);
}

/// For a restored desk, which is in no charter yet. Whoever may read one so could as well write the next; a stranger is not told whether
/// there is such a scope.
Reply Service::newest_charter(const ScopeName& name, const Request& request) {
  const auto question = wire::parse_charter_question(request.body);
  if (!question) return refusal(malformed(question.error()));
  const Millis now = clock_.now();
  const std::int64_t age = now.value / 1000 - static_cast<std::int64_t>(question->created());
  if (!wire::is_signed(*question, name.organisation, name.scope, charters_.root())) return refusal(wire::Refusal::NOT_SIGNED);
  if (age > stale_seconds || age < -stale_seconds) return refusal(wire::Refusal::STALE_SIGNATURE);
  const auto found = [&]() -> Result<Reply> {
    TRY_ASSIGN(Reader reader, Reader::borrow(*this));
    TRY_ASSIGN(const auto scope, reader->find(name));
    if (!scope) return refusal(wire::Refusal::NO_SUCH_SCOPE);
    TRY_ASSIGN(const auto held, charters_.get(*reader, name, *scope));
    const Delegation asks = wire::delegation_of(*question);
    const bool replaced =
        asks.number < held->delegation.number || (asks.number == held->delegation.number && asks.key != held->delegation.key);
    if (replaced || now.value / quarter_millis > asks.expires_quarter)
      return refusal(refusal_with_charter(wire::Refusal::BAD_CHARTER, held->number));
    wire::PullReply message;
    TRY_ASSIGN(const Bytes charter, reader->charter(*scope));
    message.add_charters(charter.data(), charter.size());
    message.set_charter(scope->charter);
    return page(message);
  }();
  return found ? *found : failed(found.error());
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
