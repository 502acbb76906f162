// SPDX-License-Identifier: GPL-3.0-or-later
// What the passing of time does to the store: terms that run out, and segments stamped ahead whose time has come.
#include <algorithm>
#include <limits>

#include "core/journal/operation.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// While nobody waits a transaction goes on for so long.
constexpr Millis at_ease{40};
/// Segments that are looked at in one query.
constexpr std::size_t bodies_batch = 64;
constexpr OperationNumber last_of_all = std::numeric_limits<std::int64_t>::max();

/// A body holds every operation of its segment, so it goes with the first of them that is past its term; the others have their own bytes.
/// Where to go on after somebody who waits; nothing when all were looked at.
Result<std::optional<OperationNumber>> forget_bodies(Database& database, const ScopeState& scope, DeviceNumber device,
                                                     OperationNumber first, const std::function<bool()>& gives_way) {
  if (scope.own_class == DeviceClass::desk) return std::nullopt;
  struct Held {
    OperationNumber first = 0;
    OperationNumber last = 0;
    Bytes hash;
  };
  const OperationNumber last = device == scope.own ? scope.acknowledged : last_of_all;
  for (;;) {
    std::vector<Held> held;
    Statement rows = database.use(
        "SELECT first, last, hash FROM segment WHERE scope = ? AND device = ? AND first >= ? AND last <= ? AND state = 2"
        " AND body IS NOT NULL ORDER BY first LIMIT ?");
    rows.bind(scope.number, device, first, last, bodies_batch);
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      held.push_back({rows.natural(0), rows.natural(1), to_bytes(rows.blob(2))});
    }
    rows.reset();
    for (const Held& one : held) {
      Statement count = database.use("SELECT count(*) FROM operation WHERE scope = ? AND device = ? AND number BETWEEN ? AND ?");
      count.bind(scope.number, device, one.first, one.last);
      TRY_ASSIGN([[maybe_unused]] const bool answered, count.row());
      const bool whole = count.natural(0) == one.last - one.first + 1;
      count.reset();
      if (!whole) {
        TRY_STATUS(database.use("UPDATE segment SET body = NULL WHERE scope = ? AND device = ? AND first = ? AND hash = ?")
                       .bind(scope.number, device, one.first, one.hash)
                       .run());
      }
      first = one.last + 1;
      if (gives_way()) return first;
    }
    if (held.size() < bodies_batch) return std::nullopt;
  }
}

Status forget_parked(Database& database, const ScopeState& scope, DeviceNumber device, const MergeRules& rules, Week now) {
  struct Parked {
    OperationNumber number = 0;
    Bytes hash;
  };
  std::vector<Parked> past;
  Statement rows = database.use("SELECT number, hash, bytes FROM parked WHERE scope = ? AND device = ?");
  rows.bind(scope.number, device);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    const auto operation = parse_operation(rows.blob(2));
    // Without a segment it is a copy's own, and has no receipt.
    const bool own = std::ranges::all_of(rows.blob(1), [](std::uint8_t byte) { return byte == 0; });
    if (operation && !own && rules.past_term(operation->term_class(), operation->term_week(), scope.own_class, now))
      past.push_back({rows.natural(0), to_bytes(rows.blob(1))});
  }
  rows.reset();
  for (const Parked& one : past) {
    TRY_STATUS(database.use("DELETE FROM parked WHERE scope = ? AND device = ? AND number = ? AND hash = ?")
                   .bind(scope.number, device, one.number, one.hash)
                   .run());
  }
  return {};
}

/// One device in one scope; and how far time has been passed for all of them.
struct Place {
  ScopeId scope;
  DeviceNumber device = 0;
};
struct Passed {
  std::size_t places = 0;
  enum class Then : std::uint8_t { terms, bodies, the_rest } then = Then::terms;
  OperationNumber from = 1;
};

/// A little of what is due there.
Status pass_some(Vault::State& state, const Place& place, Passed& passed, const std::function<bool()>& gives_way, bool& touched_roles) {
  TRY_ASSIGN(ScopeState * scope, state.find(place.scope));
  Database& database = *state.writer;
  std::optional<OperationNumber> rest;
  switch (passed.then) {
    case Passed::Then::terms: {
      // Nothing is deleted before a receipt.
      const OperationNumber last = place.device == scope->own ? scope->acknowledged : last_of_all;
      Applying applying(database, state.conditions(*scope));
      TRY_ASSIGN(rest, applying.forget_past_terms(place.device, passed.from, last, gives_way));
      break;
    }
    case Passed::Then::bodies: {
      TRY_ASSIGN(rest, forget_bodies(database, *scope, place.device, passed.from, gives_way));
      break;
    }
    case Passed::Then::the_rest: {
      TRY_STATUS(forget_parked(database, *scope, place.device, state.rules, state.term_week()));
      TRY_ASSIGN(const bool pending, state.has_pending(*scope, place.device));
      if (pending) TRY_STATUS(state.recount(*scope, place.device, nullptr, touched_roles));
      passed = {passed.places + 1};
      return {};
    }
  }
  passed.from = rest.value_or(1);
  if (!rest) passed.then = static_cast<Passed::Then>(static_cast<int>(passed.then) + 1);
  return {};
}

}  // namespace

/// In transactions that end when somebody waits, who then goes first, or after a while, so that none takes long to commit. What is past its
/// term and still here is as if time had not been passed for it yet: after each, rows and stored operations fit each other (SCHEMA.md 7).
Status Vault::pass_time() {
  std::vector<Place> places;
  {
    const std::scoped_lock guard(state_->writing);
    for (const auto& [id, scope] : state_->scopes)
      for (const CharterDevice& device : scope.charter.devices) places.push_back({id, device.number});
  }
  for (Passed passed; passed.places < places.size();) {
    const std::scoped_lock guard(state_->writing);
    state_->forget_weeks();
    const auto running = [this] { return state_->options.clock->running().value; };
    const std::int64_t until = running() + at_ease.value;
    const auto gives_way = [&] { return state_->writing.wanted() || running() >= until; };
    Passed here;
    const Status done = state_->write([&]() -> Status {
      here = passed;
      bool touched_roles = false;
      do {
        TRY_STATUS(pass_some(*state_, places[here.places], here, gives_way, touched_roles));
      } while (here.places < places.size() && !gives_way());
      return touched_roles ? state_->renew_roles() : Status{};
    });
    TRY_STATUS(done);
    passed = here;
  }
  return {};
}

}  // namespace huisbord
