// SPDX-License-Identifier: GPL-3.0-or-later
// The order of a tick. A refusal concerns one scope, a failure all of them.
#include "core/sync/sync_round.h"

#include <algorithm>
#include <exception>

namespace huisbord {
namespace {
constexpr Millis first_hold{60'000};
constexpr Millis longest_hold{60 * 60'000};
}  // namespace

bool RoundReport::clean() const {
  return !failure && std::ranges::none_of(scopes, [](const ScopeReport& scope) { return scope.pushed.refusal || scope.pulled.refusal; });
}

std::size_t RoundReport::segments_pushed() const {
  std::size_t sum = 0;
  for (const ScopeReport& scope : scopes) sum += scope.pushed.segments;
  return sum;
}

std::size_t RoundReport::operations_pulled() const {
  std::size_t sum = 0;
  for (const ScopeReport& scope : scopes) sum += scope.pulled.operations;
  return sum;
}

RoundReport SyncRound::run(const std::stop_token& stop) noexcept {
  RoundReport report;
  try {
    if (Status done = all_scopes(stop, report); !done) report.failure = std::move(done.error());
    report.waiting = log_.waiting_count();
  } catch (const std::exception&) {
    // Out of memory, most likely. Its text might name anything, so it is not kept.
    report.failure = Error{ErrorCode::io, {}};
  }
  report.date = relay_.date();
  report.at = clock_.now();
  return report;
}

Status SyncRound::all_scopes(const std::stop_token& stop, RoundReport& report) {
  for (const ScopeId& scope : log_.scopes()) {
    ScopeReport& part = report.scopes.emplace_back();
    part.scope = scope;
    TRY_STATUS(push(scope, stop, part.pushed));
    TRY_STATUS(puller_.pull(scope, stop, part.pulled));
    for (const auto& refusal : {part.pushed.refusal, part.pulled.refusal})
      if (refusal && refusal->reason == RelayRefusal::Reason::busy) report.retry_after = std::max(report.retry_after, refusal->retry_after);
    TRY_STATUS(log_.set_last_contact(clock_.now()));
  }
  return {};
}

Status SyncRound::push(const ScopeId& scope, const std::stop_token& stop, PushReport& report) {
  const CharterNumber charter = log_.charter_number(scope);
  const auto hold = held_.find(scope);
  if (hold != held_.end() && hold->second.charter == charter && clock_.running() < hold->second.until) {
    report.refusal = hold->second.refusal;
    report.refusal->retry_after = {};
    return {};
  }
  TRY_STATUS(pusher_.push(scope, stop, report));
  if (!report.refusal) {
    held_.erase(scope);
    return {};
  }
  const Millis doubled{hold == held_.end() ? first_hold.value : std::min(2 * hold->second.wait.value, longest_hold.value)};
  const Millis asked{std::chrono::milliseconds(report.refusal->retry_after).count()};
  const Millis wait = std::max(doubled, std::min(asked, longest_hold));
  held_[scope] = {.refusal = *report.refusal, .charter = charter, .wait = wait, .until = {clock_.running().value + wait.value}};
  return {};
}

}  // namespace huisbord
