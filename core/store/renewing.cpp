// SPDX-License-Identifier: GPL-3.0-or-later
// A store of which a copy goes on elsewhere: how it learns that, and how it becomes a new device (SCHEMA.md 12).
#include <algorithm>
#include <limits>
#include <map>

#include "core/store/vault_state.h"

namespace huisbord {

namespace {

Status put(Database& database, std::string_view name, ByteView value) {
  return database.use("INSERT OR REPLACE INTO founding (name, value) VALUES (?, ?)").bind(name, value).run();
}

CharterDevice listed(const Founding& identity, DeviceClass device_class) {
  CharterDevice device;
  device.id = identity.device;
  device.device_class = device_class;
  device.state = DeviceState::active;
  device.signing_key = identity.signing.public_key;
  device.request_key = identity.request.public_key;
  device.sealing_key = identity.sealing.public_key;
  return device;
}

/// Under this hash stands in `parked` what was never in a segment.
const HeaderHash no_segment{};

}  // namespace

Result<bool> Vault::State::sealed_here(const ScopeState& scope, OperationNumber last, const HeaderHash& hash) {
  Statement found = writer->use("SELECT 1 FROM segment WHERE scope = ? AND device = ? AND last = ? AND hash = ?");
  found.bind(scope.number, scope.own, last, hash);
  return found.row();
}

Status Vault::State::mark_elsewhere(const ScopeState& where) {
  for (auto& [id, scope] : scopes) {
    if (scope.renewed != where.renewed || scope.elsewhere) continue;
    scope.elsewhere = true;
    TRY_STATUS(writer->use("UPDATE scope SET elsewhere = 1 WHERE number = ?").bind(scope.number).run());
  }
  return {};
}

Status Vault::State::set_unsent_aside(const ScopeState& scope) {
  return writer
      ->use(
          "INSERT OR REPLACE INTO parked (scope, device, number, hash, bytes) SELECT scope, device, number, ?, bytes FROM operation"
          " WHERE scope = ? AND device = ? AND number > ?")
      .bind(no_segment, scope.number, scope.own, scope.acknowledged)
      .run();
}

Status Vault::State::go_over(ScopeState& scope, DeviceNumber former) {
  constexpr OperationNumber highest = std::numeric_limits<std::int64_t>::max();
  std::map<OperationNumber, Bytes> unsent;
  for (const bool aside : {false, true}) {
    Statement rows = aside ? writer->use("SELECT number, bytes FROM parked WHERE scope = ? AND device = ? AND number > ? AND hash = ?")
                           : writer->use("SELECT number, bytes FROM operation WHERE scope = ? AND device = ? AND number > ?");
    if (aside) {
      rows.bind(scope.number, former, scope.acknowledged, no_segment);
    } else {
      rows.bind(scope.number, former, scope.acknowledged);
    }
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      unsent.emplace(rows.natural(0), to_bytes(rows.blob(1)));
    }
  }
  Applying applying(*writer, conditions(scope));
  TRY_STATUS(applying.remove(former, scope.acknowledged + 1, highest));
  TRY_STATUS(
      writer->use("DELETE FROM segment WHERE scope = ? AND device = ? AND first > ?").bind(scope.number, former, scope.acknowledged).run());
  TRY_STATUS(writer->use("DELETE FROM parked WHERE scope = ? AND device = ? AND hash = ?").bind(scope.number, former, no_segment).run());
  scope.heads.erase(former);
  Statement last = writer->use("SELECT header FROM segment WHERE scope = ? AND device = ? AND state = 2 ORDER BY first DESC LIMIT 1");
  last.bind(scope.number, former);
  TRY_ASSIGN(const bool found, last.row());
  if (found) {
    TRY_ASSIGN(const SegmentView header, parse_evidence(last.blob(0)));
    scope.heads[former] = head_of(header);
  }
  last.reset();
  scope.elsewhere = false;
  scope.acknowledged = 0;
  scope.last_own = 0;
  scope.last_sealed = 0;
  TRY_STATUS(writer->use("UPDATE scope SET acknowledged = 0, elsewhere = 0 WHERE number = ?").bind(scope.number).run());
  // The same bytes, so the same stamps, and they rose on the former chain too.
  for (const auto& [number, raw] : unsent) TRY_STATUS(applying.add_unsent(scope.own, ++scope.last_own, raw));
  forget_weeks();
  if (!std::ranges::all_of(scopes, [](const auto& entry) { return entry.second.renewed; })) return {};
  // The former keys have nothing left to do; in memory they stay until the store is opened again.
  TRY_STATUS(writer->use("DELETE FROM founding WHERE name IN ('device', 'signing', 'request', 'sealing')").run());
  TRY_STATUS(writer->use("DELETE FROM setting WHERE name LIKE 'keys.sealing%' OR name LIKE 'keys.announced%'").run());
  return writer->use("UPDATE founding SET name = substr(name, 6) WHERE name LIKE 'next.%'").run();
}

bool Vault::must_become_new() const {
  const std::shared_lock guard(state_->publishing);
  return std::ranges::any_of(state_->published, [](const auto& entry) { return entry.second.elsewhere; });
}

Status Vault::mark_copied() {
  const std::scoped_lock guard(state_->writing);
  return state_->write([&]() -> Status {
    for (const auto& [id, scope] : state_->scopes) TRY_STATUS(state_->mark_elsewhere(scope));
    return {};
  });
}

Result<CharterDevice> Vault::new_identity() {
  const std::scoped_lock guard(state_->writing);
  const auto copied = std::ranges::find_if(state_->scopes, [](const auto& entry) { return entry.second.elsewhere; });
  if (copied == state_->scopes.end())
    return fail(ErrorCode::forbidden, "No copy of this store goes on elsewhere: it stays the device that it is.");
  const ScopeState& scope = copied->second;
  if (scope.renewed) return fail(ErrorCode::unavailable, "This store became a new device and was copied again: open it anew first.");
  if (!state_->next) {
    Random& random = *state_->options.random;
    Founding made{state_->founding.organisation,    state_->founding.root,
                  random.id<DeviceTag>(),           crypto::make_signing_key(random),
                  crypto::make_signing_key(random), crypto::make_sealing_key(random)};
    const Status kept = state_->write([&]() -> Status {
      TRY_STATUS(put(*state_->writer, "next.device", made.device.bytes));
      TRY_STATUS(put(*state_->writer, "next.signing", made.signing.seed()));
      TRY_STATUS(put(*state_->writer, "next.request", made.request.seed()));
      return put(*state_->writer, "next.sealing", made.sealing.secret.view());
    });
    TRY_STATUS(kept);
    state_->next = std::move(made);
  }
  return listed(*state_->next, scope.own_class);
}

Status Vault::relay_holds_own(const ScopeId& scope_id, const Head& held) {
  {
    const std::scoped_lock guard(state_->writing);
    TRY_ASSIGN(const ScopeState* scope, state_->find(scope_id));
    if (held.device != scope->own || held.number <= scope->acknowledged) return {};
    TRY_ASSIGN(const bool here, state_->sealed_here(*scope, held.number, held.header_hash));
    if (!here) return {};
  }
  return acknowledged(scope_id, held.device, held.number, held.header_hash);
}

Status Vault::saw_own_evidence(const ScopeId& scope_id, ByteView header) {
  const auto view = parse_evidence(header);
  if (!view || view->header.scope != scope_id) return {};
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(const ScopeState* scope, state_->find(scope_id));
  if (view->header.device != scope->own || scope->elsewhere || !scope->charter.check_segment(*view)) return {};
  TRY_ASSIGN(const bool here, state_->sealed_here(*scope, view->header.last(), view->hash()));
  if (here) return {};
  return state_->write([&] { return state_->mark_elsewhere(*scope); });
}

}  // namespace huisbord
