// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots: made by a desk of what a kiosk would hold, and the start of a kiosk that holds nothing or too little (SCHEMA.md 11).
#include <algorithm>
#include <map>

#include "core/journal/operation.h"
#include "core/journal/snapshot.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// A kiosk that heard nothing for so long has lapsed: nobody kept for it what it missed.
constexpr std::int64_t lapses_after = std::int64_t{60} * 86'400'000;

bool lacks(const ScopeState& scope, const SnapshotHead& named) {
  return named.device != scope.own && scope.head(named.device).number < named.head.number;
}

/// Made by a desk whose clock ran ahead: here its time has not come. The device's segments come with their own.
bool is_ahead(const ScopeState& scope, const SnapshotHead& named, const MergeRules& rules, Millis now) {
  return rules.waits(Stamp{named.head.stamp}, now) && std::ranges::none_of(scope.charter.rulings, [&](const Ruling& ruling) {
           return ruling.kind == Ruling::Kind::free_waiting && ruling.device == named.device && ruling.header_hash == named.head.hash;
         });
}

/// Where a device's chain counts for everybody: before the first segment that is stamped ahead and that no ruling frees. The store of who
/// wrote that, and one whose clock ran ahead, count it all the same (SCHEMA.md 5.1).
Result<ChainHead> end_for_all(Database& database, const ScopeState& scope, DeviceNumber device, const MergeRules& rules, Millis now) {
  ChainHead end = scope.head(device);
  bool is_before_one = false;
  Statement rows = database.use("SELECT header FROM segment WHERE scope = ? AND device = ? AND state = 2 ORDER BY first DESC");
  rows.bind(scope.number, device);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return is_before_one ? ChainHead{} : end;
    TRY_ASSIGN(const SegmentView view, parse_evidence(rows.blob(0)));
    if (is_before_one) end = head_of(view);
    is_before_one = false;
    if (!rules.waits(Stamp{view.header.last_stamp}, now)) return end;
    is_before_one = !scope.charter.freed(view.header, view.hash());
  }
}

bool holds_others(const ScopeState& scope) {
  return std::ranges::any_of(scope.heads, [&](const auto& head) { return head.first != scope.own && head.second.number != 0; });
}

/// What was here of a device makes room for what the snapshot holds of it; segments that come after the snapshot's head stay.
Status make_room(Database& database, const ScopeState& scope, Applying& applying, const SnapshotHead& named) {
  TRY_STATUS(applying.remove(named.device, 1, std::max(named.head.number, scope.head(named.device).number)));
  for (const char* table : {"DELETE FROM segment WHERE scope = ? AND device = ? AND first <= ?",
                            "DELETE FROM parked WHERE scope = ? AND device = ? AND number <= ?"}) {
    TRY_STATUS(database.use(table).bind(scope.number, named.device, named.head.number).run());
  }
  return database.use("INSERT OR REPLACE INTO base (scope, device, number, hash, stamp) VALUES (?, ?, ?, ?, ?)")
      .bind(scope.number, named.device, named.head.number, named.head.hash, named.head.stamp)
      .run();
}

}  // namespace

Result<MadeSnapshot> Vault::make_snapshot(const ScopeId& scope_id) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  if (scope->own_class != DeviceClass::desk) return fail(ErrorCode::forbidden, "Snapshots are made by desks.");
  const Epoch* epoch = scope->charter.highest_epoch();
  if (epoch == nullptr) return fail(ErrorCode::epoch, "That scope has no epoch.");
  TRY_ASSIGN(const crypto::SecretBytes* key, state_->epoch_key(*scope, epoch->id));
  MadeSnapshot made;
  std::map<DeviceNumber, OperationNumber> last;
  for (const auto& [device, head] : scope->heads) {
    TRY_ASSIGN(const ChainHead end, end_for_all(*state_->writer, *scope, device, state_->rules, state_->now()));
    if (end.number == 0) continue;
    made.named.heads.push_back({device, end});
    last[device] = end.number;
  }
  SnapshotWriter writer(scope_id, scope->charter.number, *key, *state_->options.random);
  Statement rows = state_->writer->use("SELECT device, number, bytes FROM operation WHERE scope = ? ORDER BY device, number");
  rows.bind(scope->number);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    const auto device = static_cast<DeviceNumber>(rows.integer(0));
    const auto sound = parse_operation(rows.blob(2), state_->operation);
    const bool past = sound && state_->rules.past_term(state_->operation.term_class(), state_->operation.term_week(), DeviceClass::kiosk,
                                                       state_->week_now());
    if (past || rows.natural(1) > last[device]) continue;
    TRY_STATUS(writer.add(device, rows.natural(1), rows.blob(2)));
  }
  TRY_ASSIGN(SealedSnapshot sealed, writer.finish());
  made.named.hash = sealed.hash;
  made.named.digest = sealed.digest;
  made.bytes = std::move(sealed.bytes);
  return made;
}

std::optional<crypto::Hash> Vault::wanted_snapshot(const ScopeId& scope_id, PullSoFar pulled) const {
  const std::scoped_lock guard(state_->writing);
  const auto found = state_->scopes.find(scope_id);
  if (found == state_->scopes.end()) return std::nullopt;
  const ScopeState& scope = found->second;
  const auto& snapshot = scope.charter.snapshot;
  if (!snapshot || scope.own_class != DeviceClass::kiosk || !scope.own_active()) return std::nullopt;
  const auto would_give = [&](const SnapshotHead& named) {
    return lacks(scope, named) && !is_ahead(scope, named, state_->rules, state_->now());
  };
  if (std::ranges::none_of(snapshot->heads, would_give)) return std::nullopt;
  // What this device wrote goes first: a lapsed one hands in its own chain before it starts again.
  if (scope.last_own > scope.acknowledged) return std::nullopt;
  const auto contact = last_contact();
  const bool lapsed = contact && trusted_now().value - contact->value > lapses_after;
  // A relay that has given everything has let go what is still missing, or lost it.
  const bool is_gone = pulled == PullSoFar::everything;
  return !holds_others(scope) || lapsed || is_gone ? std::optional(snapshot->hash) : std::nullopt;
}

Status Vault::load_snapshot(const ScopeId& scope_id, ByteView bytes) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  if (scope->own_class != DeviceClass::kiosk) return fail(ErrorCode::forbidden, "A desk keeps everything and starts from no snapshot.");
  if (!scope->charter.snapshot) return fail(ErrorCode::charter, "The charter names no snapshot.");
  TRY_ASSIGN(const SnapshotHeader header, parse_snapshot(bytes));
  if (header.scope != scope_id) return fail(ErrorCode::charter, "A snapshot is of another scope.");
  TRY_ASSIGN(const crypto::SecretBytes* key, state_->epoch_key(*scope, header.epoch));
  state_->forget_weeks();
  return state_->write([&]() -> Status {
    const SnapshotReference named = *scope->charter.snapshot;
    Applying applying(*state_->writer, state_->conditions(*scope));
    std::set<DeviceNumber> taken;
    for (const SnapshotHead& head : named.heads) {
      if (!lacks(*scope, head) || is_ahead(*scope, head, state_->rules, state_->now())) continue;
      TRY_STATUS(make_room(*state_->writer, *scope, applying, head));
      scope->heads[head.device] = head.head;
      state_->saw(*scope, head.device, head.head.number, head.head.stamp);
      taken.insert(head.device);
    }
    TRY_STATUS(read_snapshot(bytes, named, *key, [&](DeviceNumber device, OperationNumber number, ByteView raw) -> Status {
      return taken.contains(device) ? applying.add(device, number, raw) : Status{};
    }));
    TRY_STATUS(state_->saw_witnesses(*scope, applying));
    bool touched_roles = applying.touched_roles();
    for (const DeviceNumber device : taken) TRY_STATUS(state_->recount(*scope, device, nullptr, touched_roles));
    return touched_roles ? state_->renew_roles() : Status{};
  });
}

}  // namespace huisbord
