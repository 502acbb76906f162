// SPDX-License-Identifier: GPL-3.0-or-later
// What the passing of time does to the store: terms that run out, and segments stamped ahead whose time has come.
#include <algorithm>

#include "core/journal/operation.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// A body holds every operation of its segment, so it goes with the first of them that is past its term; the others have their own bytes.
Status forget_bodies(Database& database, const ScopeState& scope) {
  if (scope.own_class == DeviceClass::desk) return {};
  return database
      .use(
          "UPDATE segment SET body = NULL WHERE scope = ? AND state = 2 AND body IS NOT NULL AND (device <> ? OR last <= ?)"
          " AND (SELECT count(*) FROM operation AS o WHERE o.scope = segment.scope AND o.device = segment.device"
          " AND o.number BETWEEN segment.first AND segment.last) < last - first + 1")
      .bind(scope.number, scope.own, scope.acknowledged)
      .run();
}

Status forget_parked(Database& database, const ScopeState& scope, const MergeRules& rules, Week now) {
  struct Place {
    DeviceNumber device = 0;
    OperationNumber number = 0;
    Bytes hash;
  };
  std::vector<Place> past;
  Statement rows = database.use("SELECT device, number, hash, bytes FROM parked WHERE scope = ?");
  rows.bind(scope.number);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    const auto operation = parse_operation(rows.blob(3));
    // Without a segment it is a copy's own, and has no receipt.
    const bool own = std::ranges::all_of(rows.blob(2), [](std::uint8_t byte) { return byte == 0; });
    if (operation && !own && rules.past_term(operation->term_class(), operation->term_week(), scope.own_class, now))
      past.push_back({static_cast<DeviceNumber>(rows.integer(0)), rows.natural(1), to_bytes(rows.blob(2))});
  }
  rows.reset();
  for (const Place& place : past) {
    TRY_STATUS(database.use("DELETE FROM parked WHERE scope = ? AND device = ? AND number = ? AND hash = ?")
                   .bind(scope.number, place.device, place.number, place.hash)
                   .run());
  }
  return {};
}

}  // namespace

Status Vault::pass_time() {
  const std::scoped_lock guard(state_->writing);
  state_->forget_weeks();
  return state_->write([&]() -> Status {
    bool touched_roles = false;
    for (auto& [id, scope] : state_->scopes) {
      Applying applying(*state_->writer, state_->conditions(scope));
      TRY_STATUS(applying.forget_past_terms(scope.own, scope.acknowledged));
      TRY_STATUS(forget_parked(*state_->writer, scope, state_->rules, state_->term_week()));
      TRY_STATUS(forget_bodies(*state_->writer, scope));
      for (const CharterDevice& device : scope.charter.devices) {
        TRY_ASSIGN(const bool pending, state_->has_pending(scope, device.number));
        if (pending) TRY_STATUS(state_->recount(scope, device.number, nullptr, touched_roles));
      }
    }
    return touched_roles ? state_->renew_roles() : Status{};
  });
}

}  // namespace huisbord
