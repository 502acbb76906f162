// SPDX-License-Identifier: GPL-3.0-or-later
// By bytes and numbers alone; whether a signature is right was asked by who took them.
#include "core/sync/watch_answers.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/journal/envelope/charter_body.h"

namespace huisbord {
namespace {

using Found = Finding::Kind;

constexpr std::int64_t stands_for = std::int64_t{7} * 96;
/// Of a charter: its frame before the body, and the signature after it.
constexpr std::size_t before_body = 12;
constexpr std::size_t after_body = 64;

Found of_elsewhere(const Log& log, const ScopeId& scope) {
  return std::ranges::count(log.scopes(), scope) != 0 ? Found::relay_mixes_scopes : Found::relay_mixes_organisations;
}

/// Nothing when it is of this scope and organisation, or does not say.
std::optional<Found> of_others(const Log& log, const ScopeId& scope, ByteView charter) {
  const auto name = charter_name(charter);
  if (!name) return std::nullopt;
  if (name->scope != scope) return of_elsewhere(log, name->scope);
  if (charter.size() < before_body + after_body) return std::nullopt;
  const auto body = parse_charter_body(charter.subspan(before_body, charter.size() - before_body - after_body));
  if (body && body->organisation != log.organisation()) return Found::relay_mixes_organisations;
  return std::nullopt;
}

}  // namespace

void look_at_page(const Log& log, const ScopeId& scope, const PullQuestion& question, const PullAnswer& answer, SeenAtRelay& seen) {
  for (const Bytes& charter : answer.charters) {
    const auto name = charter_name(charter);
    if (const auto of = of_others(log, scope, charter))
      seen.insert(*of);
    else if (name && name->number <= question.charter)
      seen.insert(Found::relay_replays);
  }
  std::map<DeviceNumber, OperationNumber> last;
  for (const Bytes& segment : answer.segments) {
    const auto view = parse_segment(segment);
    if (!view) {
      if (view.error().code != ErrorCode::version) seen.insert(Found::relay_alters);
      continue;
    }
    const SegmentHeader& header = view->header;
    if (header.scope != scope) {
      seen.insert(of_elsewhere(log, header.scope));
      continue;
    }
    const auto asked = std::ranges::find(question.heads, header.device, &Head::device);
    if (asked != question.heads.end() && header.last() <= asked->number) seen.insert(Found::relay_replays);
    if (header.first <= last[header.device]) seen.insert(Found::relay_reorders);
    last[header.device] = std::max(last[header.device], header.last());
  }
}

void look_at_refused_charter(const Log& log, const ScopeId& scope, ByteView charter, const Error& error, SeenAtRelay& seen) {
  const bool forged = error.code == ErrorCode::signature || error.code == ErrorCode::parse;
  if (forged && !of_others(log, scope, charter)) seen.insert(Found::relay_forges_charter);
}

void look_at_refused(std::span<const RefusedSegment> refused, SeenAtRelay& seen) {
  if (std::ranges::any_of(refused, [](const RefusedSegment& one) { return one.error.code == ErrorCode::signature; }))
    seen.insert(Found::relay_alters);
}

Status look_at_own_head(const Log& log, const ScopeId& scope, DeviceNumber own, OperationNumber at_relay, SeenAtRelay& seen) {
  TRY_ASSIGN(const auto lost, log.segments_from(scope, own, at_relay + 1));
  if (!lost.empty()) seen.insert(at_relay == 0 ? Found::relay_emptied : Found::relay_put_back);
  return {};
}

std::vector<Finding> standing_of_relay(std::span<const Finding> kept, const SeenAtRelay& seen, std::int64_t quarter_now) {
  std::vector<Finding> standing;
  for (Finding one : kept) {
    if (!one.is_of_relay()) continue;
    if (seen.contains(one.kind)) one.number = static_cast<OperationNumber>(quarter_now);
    // A clock that went back does not let it stand for years.
    const std::int64_t age = quarter_now - static_cast<std::int64_t>(one.number);
    if (age <= stands_for && age >= -stands_for) standing.push_back(one);
  }
  for (const Found kind : seen)
    if (std::ranges::find(standing, kind, &Finding::kind) == standing.end())
      standing.push_back({kind, 0, static_cast<OperationNumber>(quarter_now), quarter_now});
  std::ranges::sort(standing);
  return standing;
}

}  // namespace huisbord
