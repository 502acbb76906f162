// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot goes to a relay that holds the charter which names it and not the snapshot: it is new, or the relay lost what it had.
#include "app/ctl/desk_errands.h"

#include <algorithm>
#include <cstdio>

#include "app/ctl/share_events.h"
#include "core/journal/snapshot.h"
#include "core/office/snapshots.h"
#include "core/sync/snapshot_transfer.h"

namespace huisbord {
namespace {

constexpr Millis after_failure{10 * 60 * 1000};
constexpr Millis between_questions{5 * 60 * 1000};
constexpr Millis between_snapshots{60 * 60 * 1000};

Millis from_now(Millis pause) { return {system_clock().running().value + pause.value}; }
bool is_due(Millis when) { return system_clock().running() >= when; }

/// By its last piece: pieces are put in their order.
Result<bool> has_snapshot(RelayConnection& relay, const ScopeId& scope, const crypto::Hash& hash, ByteView snapshot,
                          const std::stop_token& stop) {
  const std::size_t last = (snapshot.size() - 1) / snapshot_piece_size;
  TRY_ASSIGN(const auto piece, relay.snapshot_piece(scope, hash, static_cast<std::uint32_t>(last), stop));
  return !piece.refusal && std::ranges::equal(piece.bytes, snapshot.subspan(last * snapshot_piece_size));
}

}  // namespace

Result<bool> DeskErrands::put_snapshot_of(const ScopeId& scope, const std::stop_token& stop) {
  TRY_ASSIGN(const Charter charter, desk_.vault().held_charter(scope));
  if (!charter.snapshot) return false;
  const crypto::Hash& hash = charter.snapshot->hash;
  if (const auto asked = asked_.find(scope); asked != asked_.end() && asked->second.hash == hash && !is_due(asked->second.again))
    return false;
  TRY_ASSIGN(const auto kept, kept_snapshot(desk_.vault(), scope));
  if (!kept || snapshot_hash(*kept) != hash) return false;  // another desk's is the one
  TRY_ASSIGN(const bool there, has_snapshot(relay_, scope, hash, *kept, stop));
  if (!there) {
    TRY_ASSIGN(const auto refusal, put_snapshot(relay_, scope, *kept, stop));
    if (refusal) return fail(ErrorCode::refused, std::string("the relay refused a snapshot: ") + name(refusal->reason));
    std::printf("scope %s  snapshot put, %zu bytes\n", scope.hex().c_str(), kept->size());
    std::fflush(stdout);
  }
  asked_[scope] = {.hash = hash, .again = from_now(between_snapshots)};
  return !there;
}

Result<bool> DeskErrands::put_one_snapshot(const std::stop_token& stop) {
  Result<bool> last = false;
  for (const ScopeId& scope : desk_.vault().scopes()) {
    auto put = put_snapshot_of(scope, stop);
    if (put && *put) return true;
    if (!put) last = std::move(put);  // another scope's may go all the same
  }
  return last;
}

Status DeskErrands::fetch_shares(const std::stop_token& stop) {
  for (const ScopeId& scope : desk_.vault().scopes()) {
    if (scope == desk_.org() || stop.stop_requested()) continue;  // only houses have kiosks
    TRY_STATUS(fetch_share_events(desk_, scope, shares_, std::nullopt));
  }
  return {};
}

Status DeskErrands::run_all() {
  for (const ScopeId& scope : desk_.vault().scopes()) {
    if (auto put = put_snapshot_of(scope, {}); !put) return std::unexpected(std::move(put.error()));
  }
  return fetch_shares({});
}

void DeskErrands::run_some(const std::stop_token& stop) {
  if (is_due(snapshots_due_)) {
    const auto put = put_one_snapshot(stop);
    if (!put && !stop.stop_requested()) {
      snapshots_due_ = from_now(after_failure);
      std::fprintf(stderr, "%s\n", put.error().sentence.c_str());
    }
  }
  if (is_due(shares_due_)) {
    const Status fetched = fetch_shares(stop);
    shares_due_ = from_now(fetched ? between_questions : after_failure);
    if (!fetched && !stop.stop_requested()) std::fprintf(stderr, "shares: %s\n", fetched.error().sentence.c_str());
  }
}

}  // namespace huisbord
