// SPDX-License-Identifier: GPL-3.0-or-later
// The order of a tick. A refusal concerns one scope, a failure all of them.
#include "core/sync/sync_round.h"

#include <algorithm>
#include <exception>

#include "core/journal/envelope/charter_body.h"

namespace huisbord {
namespace {
constexpr Millis first_hold{60'000};
constexpr Millis longest_hold{60 * 60'000};
constexpr Millis between_judgements{60 * 60'000};
constexpr Millis heard_long_ago{std::int64_t{24} * 60 * 60'000};

/// The devices of a charter that the log has verified: a frame of 12 bytes, the body, a signature of 64.
Result<std::vector<CharterDevice>> devices_of(const Log& log, const ScopeId& scope) {
  constexpr std::size_t before = 12;
  constexpr std::size_t after = 64;
  TRY_ASSIGN(const auto bytes, log.charter(scope));
  if (!bytes || bytes->size() < before + after) return std::vector<CharterDevice>{};
  TRY_ASSIGN(Charter charter, parse_charter_body(ByteView(*bytes).subspan(before, bytes->size() - before - after)));
  return std::move(charter.devices);
}
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

bool RoundReport::witnessed() const { return std::ranges::any_of(scopes, &ScopeReport::witnessed); }

RoundReport SyncRound::run(const std::stop_token& stop, const RoundExtent& extent) noexcept {
  RoundReport report;
  try {
    if (Status done = all_scopes(stop, extent, report); !done) report.failure = std::move(done.error());
    report.waiting = log_.waiting_count();
  } catch (const std::exception&) {
    // Out of memory, most likely. Its text might name anything, so it is not kept.
    report.failure = Error{ErrorCode::io, {}};
  }
  report.date = relay_.date();
  report.at = clock_.now();
  return report;
}

WaitQuestion SyncRound::seen() const {
  WaitQuestion question;
  for (const ScopeId& scope : log_.scopes()) {
    const auto mark = marks_.find(scope);
    if (mark == marks_.end()) return {};
    question.marks.push_back({.scope = scope, .mark = mark->second});
  }
  return question;
}

Status SyncRound::all_scopes(const std::stop_token& stop, const RoundExtent& extent, RoundReport& report) {
  const bool push_something = extent.everything || (extent.push && log_.waiting_count() > 0);
  for (const ScopeId& scope : log_.scopes()) {
    const bool pull_it = extent.everything || std::ranges::find(extent.pull, scope) != extent.pull.end();
    if (!push_something && !pull_it) continue;
    ScopeReport& part = report.scopes.emplace_back();
    part.scope = scope;
    TRY_STATUS(one_scope(stop, push_something, pull_it, part));
    for (const auto& refusal : {part.pushed.refusal, part.pulled.refusal})
      if (refusal && refusal->reason == RelayRefusal::Reason::busy) report.retry_after = std::max(report.retry_after, refusal->retry_after);
    TRY_STATUS(log_.set_last_contact(clock_.now()));
    TRY_STATUS(watch(scope, part));
  }
  return {};
}

Status SyncRound::watch(const ScopeId& scope, ScopeReport& part) {
  WitnessLog* log = log_.witness_log();
  if (log == nullptr) return {};
  TRY_ASSIGN(const std::vector<Finding> findings, log->kept(scope));
  const std::vector<Finding> of_relay = standing_of_relay(findings, part.pulled.seen, log->quarter_now());
  const auto keep = [&](std::vector<Finding> others) {
    std::erase_if(others, &Finding::is_of_relay);
    others.insert(others.end(), of_relay.begin(), of_relay.end());
    return log->keep(scope, others);
  };
  // What the relay does is noticed also when no pull ever comes to its end.
  if (!part.pulled.seen.empty()) TRY_STATUS(keep(findings));
  if (!part.pulled.complete) return {};
  const auto read = read_.find(scope);
  if (read == read_.end() || clock_.running().value >= read->second.judged.value + between_judgements.value) {
    TRY_ASSIGN(const ScopeIdentity own, log_.identity(scope));
    TRY_ASSIGN(const std::vector<CharterDevice> devices, devices_of(log_, scope));
    TRY_ASSIGN(std::vector<HeldWitness> witnesses, log->witnesses(scope));
    TRY_ASSIGN(const std::vector<Head> received, log->received(scope));
    Watched watched;
    watched.own = own.device;
    watched.devices = devices;
    if (read != read_.end()) watched.read_before = read->second.witnesses;
    watched.witnesses = witnesses;
    watched.received = received;
    watched.forks = part.pulled.forks;
    for (const Head& floor : part.pulled.floors)
      if (floor.number > 0) watched.floor[floor.device] = floor.number - 1;
    watched.only_witnesses = [&](DeviceNumber device, OperationNumber after, OperationNumber to) {
      return log->only_witnesses(scope, device, after, to);
    };
    // What was found before this program began is not forgotten before it could be found again.
    if (read != read_.end()) TRY_STATUS(keep(judge(watched)));
    read_[scope] = {std::move(witnesses), clock_.running()};
  }
  TRY_ASSIGN(part.witnessed, log->write_when_due(scope));
  return {};
}

/// A scope whose push is refused is pulled as well: perhaps a newer charter says why.
Status SyncRound::one_scope(const std::stop_token& stop, bool push_it, bool pull_it, ScopeReport& report) {
  // A store that was put back an hour learns of it before it seals at numbers that were given already, and one that heard nothing for long
  // that another epoch has begun before it seals under one that has ended.
  const auto heard = heard_.find(report.scope);
  const bool long_ago = heard == heard_.end() || clock_.running().value >= heard->second.value + heard_long_ago.value;
  if (push_it && long_ago && log_.waiting_count() > 0) {
    PullReport first;
    TRY_STATUS(puller_.pull(report.scope, stop, first));
    heard_[report.scope] = clock_.running();
    if (!first.refusal) report.pulled = std::move(first);
  }
  const auto mark = marks_.find(report.scope);
  if (push_it) {
    TRY_STATUS(push(report.scope, stop, report.pushed));
    if (mark != marks_.end() && report.pushed.segments > 0 && mark->second == report.pushed.mark_before && !report.pushed.mark.empty())
      mark->second = report.pushed.mark;
  }
  if (!pull_it && !report.pushed.refusal) return {};
  if (mark != marks_.end()) marks_.erase(mark);
  TRY_STATUS(puller_.pull(report.scope, stop, report.pulled));
  if (heard != heard_.end()) heard->second = clock_.running();
  if (report.pulled.refilled > 0) held_.erase(report.scope);  // what stood in the way of a push may be there again
  if (report.pulled.complete && !report.pulled.mark.empty()) marks_[report.scope] = report.pulled.mark;
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
