// SPDX-License-Identifier: GPL-3.0-or-later
// What this device does: each change becomes an operation, stored with its rows in one transaction.
#include <algorithm>

#include "core/journal/operation.h"
#include "core/journal/witness.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// Within one transaction; the writing lock is held.
class Recording {
 public:
  explicit Recording(Vault::State& state) : state_(state), now_(state.now()) {}

  Result<Recorded> record(const ChangeToRecord& change) {
    TRY_ASSIGN(ScopeState * scope, state_.find(change.scope));
    if (!scope->may_record()) return fail(ErrorCode::forbidden, "This device is cut from that scope: nothing that it writes counts.");
    Recorded made{scope->own, scope->last_own + 1, scope->last_own};
    const FindWeek find = [&](Table table, const PersonId& owner, const RecordId& record, Week near) {
      return state_.find_week(*scope, table, owner, record, near);
    };
    Applying applying(*state_.writer, state_.conditions(*scope));
    if (const auto* open = std::get_if<OpenChange>(&change.change)) {
      TRY_STATUS(encode_change(*open, find, state_.operation));
      TRY_STATUS(write(*scope, applying, change.actor));
    } else {
      const auto& sealed = std::get<SealedChanges>(change.change);
      std::span<const PersonalChange> rest = sealed.changes;
      while (!rest.empty()) {
        TRY_ASSIGN(const std::size_t taken, encode_changes(change.scope, sealed.person, *sealed.key, rest, find, *state_.options.random,
                                                           state_.plaintext, state_.operation));
        TRY_STATUS(write(*scope, applying, change.actor));
        rest = rest.subspan(taken);
      }
    }
    made.last = scope->last_own;
    return made;
  }

  Status witness(ScopeState& scope, const crypto::Hash& digest) {
    Witness witness;
    for (const auto& [device, head] : scope.heads) witness.heads.push_back({device, head.number, head.hash});
    witness.charter = scope.charter.number;
    witness.trusted_quarter = quarter_of(now_);
    witness.digest = digest;
    witness.kinds = state_.rules.newest_kind;
    if (scope.charter.scope_kind() == ScopeKind::house) witness.roles = state_.roles.digest(scope.id);
    state_.operation = make_witness(std::move(witness), {}, state_.week_now());
    Applying applying(*state_.writer, state_.conditions(scope));
    return write(scope, applying, Actor::none());
  }

  Status finish() { return touched_roles_ ? state_.renew_roles() : Status{}; }

 private:
  Status write(ScopeState& scope, Applying& applying, const Actor& actor) {
    journal::Operation& operation = state_.operation;
    operation.set_stamp(state_.clock.tick(now_).value);
    if (!actor.id.empty()) operation.set_actor(to_string(actor.id.bytes));
    TRY_ASSIGN(const Bytes raw, write_operation(operation));
    const auto table = table_of(operation);
    if (table && applying.past_term(operation))
      return fail(ErrorCode::forbidden, "That is past its term here: nothing can be changed about it any more.");
    if (table && !applying.counts(*scope.charter.device(scope.own), scope.last_own + 1, operation))
      return fail(ErrorCode::forbidden, "That change would not count: this device may not write it there, or who does it holds no role.");
    TRY_STATUS(applying.add(scope.own, scope.last_own + 1, raw));
    ++scope.last_own;
    touched_roles_ = touched_roles_ || applying.touched_roles();
    if (table) remember_week(scope, *table, operation);
    return {};
  }

  void remember_week(const ScopeState& scope, Table table, const journal::Operation& operation) {
    const Week week{static_cast<std::int32_t>(operation.term_week())};
    state_.week_of_record[{scope.number, table, id_of<RecordId>(operation.record())}] = week;
    const auto known = state_.weeks_of_table.find({scope.number, table});
    if (known == state_.weeks_of_table.end()) return;
    auto& weeks = known->second;
    if (const auto at = std::ranges::lower_bound(weeks, week); at == weeks.end() || *at != week) weeks.insert(at, week);
  }

  Vault::State& state_;
  Millis now_;
  bool touched_roles_ = false;
};

}  // namespace

/// The writing lock is held.
Result<std::vector<Recorded>> Vault::State::record_all(std::span<const ChangeToRecord> changes) {
  std::vector<Recorded> made;
  made.reserve(changes.size());
  const Status done = write([&]() -> Status {
    Recording recording(*this);
    for (const ChangeToRecord& change : changes) {
      TRY_ASSIGN(const Recorded one, recording.record(change));
      made.push_back(one);
    }
    return recording.finish();
  });
  TRY_STATUS(done);
  return made;
}

Result<std::vector<Recorded>> Vault::record_all(std::span<const ChangeToRecord> changes) {
  const std::scoped_lock guard(state_->writing);
  return state_->record_all(changes);
}

Result<std::vector<Recorded>> Vault::record_numbered(const ScopeId& scope, const MakeChanges& make) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(const ScopeState* where, state_->find(scope));
  return state_->record_all(make(where->own, where->last_own + 1));
}

Result<Recorded> Vault::record(const ScopeId& scope, const Actor& actor, const OpenChange& change) {
  const ChangeToRecord one{scope, actor, change};
  TRY_ASSIGN(const std::vector<Recorded> made, record_all({&one, 1}));
  return made.front();
}

Result<Recorded> Vault::record(const ScopeId& scope, const Actor& actor, const PersonId& person, const crypto::SecretBytes& person_key,
                               const std::vector<PersonalChange>& changes) {
  const ChangeToRecord one{scope, actor, SealedChanges{person, &person_key, changes}};
  TRY_ASSIGN(const std::vector<Recorded> made, record_all({&one, 1}));
  return made.front();
}

Status Vault::record_witness(const ScopeId& scope) {
  TRY_ASSIGN(const crypto::Hash now, digest(scope));
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * held, state_->find(scope));
  if (!held->own_active()) return fail(ErrorCode::forbidden, "This device is cut from that scope: nothing that it writes counts.");
  return state_->write([&] { return Recording(*state_).witness(*held, now); });
}

}  // namespace huisbord
