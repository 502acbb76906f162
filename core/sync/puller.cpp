// SPDX-License-Identifier: GPL-3.0-or-later
// A page's charters first, then its segments; and an end also with a relay that always says "more".
#include "core/sync/puller.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/sync/charter_put.h"
#include "core/sync/refill.h"
#include "core/sync/snapshot_transfer.h"

namespace huisbord {
namespace {

constexpr std::size_t most_refusals_reported = 64;

OperationNumber number_of(const std::vector<Head>& heads, DeviceNumber device) {
  const auto found = std::ranges::find(heads, device, &Head::device);
  return found == heads.end() ? 0 : found->number;
}

std::set<DeviceNumber> devices_in(const std::vector<Bytes>& segments) {
  std::set<DeviceNumber> devices;
  for (const Bytes& segment : segments)
    if (const auto view = parse_segment(segment)) devices.insert(view->header.device);
  return devices;
}

}  // namespace

Status Puller::pull(const ScopeId& scope, const std::stop_token& stop, PullReport& report) {
  TRY_ASSIGN([[maybe_unused]] const bool began, begin_from_snapshot(scope, stop, report));
  TRY_STATUS(pull_pages(scope, stop, report));
  if (report.refusal) return {};
  // Who was silent for long learns only now which snapshot to begin again from.
  TRY_ASSIGN(const bool again, begin_from_snapshot(scope, stop, report));
  return again ? pull_pages(scope, stop, report) : Status{};
}

/// When the log wants the one that its charter names and the relay has it: true, and what came after it is to be pulled.
Result<bool> Puller::begin_from_snapshot(const ScopeId& scope, const std::stop_token& stop, PullReport& report) {
  const auto wanted = log_.wanted_snapshot(scope, report.complete ? PullSoFar::everything : PullSoFar::something);
  if (!wanted) return false;
  const CharterNumber charter = log_.charter_number(scope);
  if (const auto before = unread_.find(scope); before != unread_.end() && before->second.charter == charter) {
    report.charter_error = before->second.error;
    return false;
  }
  TRY_ASSIGN(const auto snapshot, fetch_snapshot(relay_, scope, *wanted, stop));
  if (!snapshot) return false;
  Status loaded = log_.load_snapshot(scope, *snapshot);
  if (loaded) return true;
  if (loaded.error().code == ErrorCode::unavailable) return std::unexpected(std::move(loaded.error()));
  report.charter_error = loaded.error();
  // Of another release, or under a key that is not here: up to 16 MiB are not fetched at each tick for that.
  if (loaded.error().code != ErrorCode::io) unread_[scope] = {.charter = charter, .error = std::move(loaded.error())};
  return false;
}

Status Puller::pull_pages(const ScopeId& scope, const std::stop_token& stop, PullReport& report) {
  skipped_.clear();
  bool charter_put = false;
  while (!stop.stop_requested()) {
    TRY_ASSIGN(const auto held, log_.heads(scope));
    PullQuestion question{.charter = log_.charter_number(scope), .heads = held, .max_bytes = pace_.bytes()};
    for (const DeviceNumber device : skipped_) {
      std::erase_if(question.heads, [&](const Head& head) { return head.device == device; });
      question.heads.push_back({.device = device, .number = std::numeric_limits<OperationNumber>::max(), .header_hash = {}});
    }
    const Millis asked = clock_.running();
    const auto page = relay_.pull(scope, question, stop);
    if (!page) {
      pace_.broke();
      return std::unexpected(page.error());
    }
    const PullAnswer& answer = *page;
    pace_.took({clock_.running().value - asked.value});
    // A clock that is years ahead must be doubted before it says of what comes here that its term is past.
    if (const auto date = relay_.date()) log_.saw_relay_date(date->date);

    const CharterNumber relay_holds = answer.refusal ? answer.refusal->charter : answer.charter;
    if (!charter_put && relay_holds < question.charter) {
      charter_put = true;
      TRY_ASSIGN(const bool given, put_charter_held(log_, relay_, scope, relay_holds, stop));
      if (given && answer.refusal) continue;
    }
    if (answer.refusal) {
      report.refusal = answer.refusal;
      return {};
    }
    TRY_ASSIGN(const bool news, take(scope, answer, question, held, report));
    if (!answer.more) return finish(scope, answer, stop, report);
    if (!news) return fail(ErrorCode::network, "the relay promises more and gives nothing new");
  }
  return fail(ErrorCode::unavailable, "stopped");
}

/// True when asking again will bring something else than this did.
Result<bool> Puller::take(const ScopeId& scope, const PullAnswer& answer, const PullQuestion& question, const std::vector<Head>& held,
                          PullReport& report) {
  bool news = false;
  look_at_page(log_, scope, question, answer, report.seen);
  for (const Bytes& charter : answer.charters) {
    const Status taken = log_.take_charter(charter);
    if (taken) {
      ++report.charters;
    } else {
      report.charter_error = taken.error();
      look_at_refused_charter(log_, scope, charter, taken.error(), report.seen);
    }
    news = news || taken.has_value();
  }
  if (!answer.handed_in.empty()) {
    // Past their device's cut: kept where a person finds them, and counted by nobody until the cut is raised.
    TRY_ASSIGN(const TakeReport kept, log_.take_segments(scope, answer.handed_in));
    report.quarantined += kept.quarantined;
  }
  if (answer.segments.empty()) return news;
  TRY_ASSIGN(TakeReport taken, log_.take_segments(scope, answer.segments));
  report.segments += taken.segments;
  report.operations += taken.operations;
  report.waiting += taken.waiting;
  report.quarantined += taken.quarantined;
  look_at_refused(taken.refused, report.seen);
  for (RefusedSegment& refused : taken.refused)
    if (report.refused.size() < most_refusals_reported) report.refused.push_back(std::move(refused));

  // One device whose segments cannot be taken must not stand before all others, page after page.
  TRY_ASSIGN(const auto now, log_.heads(scope));
  for (const DeviceNumber device : devices_in(answer.segments)) {
    if (number_of(now, device) > number_of(held, device)) {
      news = true;
    } else if (std::ranges::find(skipped_, device) == skipped_.end()) {
      skipped_.push_back(device);
      news = true;
    }
  }
  return news;
}

Status Puller::finish(const ScopeId& scope, const PullAnswer& answer, const std::stop_token& stop, PullReport& report) {
  report.complete = true;
  report.forks = answer.forks;
  report.mark = answer.mark;
  report.floors = answer.floors;
  TRY_ASSIGN(const auto held, log_.heads(scope));
  TRY_ASSIGN(const ScopeIdentity own, log_.identity(scope));
  for (const Head& head : answer.heads)
    if (head.device == own.device) TRY_STATUS(log_.relay_holds_own(scope, head));
  for (const ForkReport& fork : answer.forks) {
    if (fork.device != own.device) continue;
    for (const Bytes& header : {fork.first, fork.second}) TRY_STATUS(log_.saw_own_evidence(scope, header));
  }
  report.relay_lacks = static_cast<std::size_t>(std::ranges::count_if(
      held, [&](const Head& head) { return head.device != own.device && head.number > number_of(answer.heads, head.device); }));
  const bool lacks = std::ranges::any_of(held, [&](const Head& head) { return head.number > number_of(answer.heads, head.device); });
  if (!lacks) return {};
  TRY_STATUS(look_at_own_head(log_, scope, own.device, number_of(answer.heads, own.device), report.seen));
  TRY_ASSIGN(report.refilled, refill(log_, relay_, scope, answer.heads, stop));
  return {};
}

}  // namespace huisbord
