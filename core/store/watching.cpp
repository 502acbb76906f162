// SPDX-License-Identifier: GPL-3.0-or-later
// Witnesses as they stand in the journal, and findings as a setting.
#include "core/store/watching.h"

#include <algorithm>

#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// So many of a device are enough for every rule, and so far back they are looked for.
constexpr std::size_t most_witnesses = 6;
constexpr std::int64_t most_looked_at = 2000;
/// A day with room for a tick that comes late.
constexpr std::int64_t quarters_between = 80;
constexpr const char* last_witness = "watch.witnessed.";
constexpr const char* findings_of = "watch.findings.";

Result<std::vector<HeldWitness>> newest_of(Database& database, std::int64_t scope, DeviceNumber device) {
  std::vector<HeldWitness> found;
  Statement rows = database.use("SELECT number, bytes FROM operation WHERE scope = ? AND device = ? ORDER BY number DESC LIMIT ?");
  rows.bind(scope, device, most_looked_at);
  journal::Operation operation;
  while (found.size() < most_witnesses) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    if (!parse_operation(rows.blob(1), operation) || !operation.has_witness()) continue;
    if (auto witness = read_witness(operation)) found.push_back({device, rows.natural(0), std::move(*witness)});
  }
  std::ranges::reverse(found);
  return found;
}

}  // namespace

WitnessLog* Vault::witness_log() { return state_->witnesses.get(); }

Result<std::vector<HeldWitness>> VaultWitnesses::witnesses(const ScopeId& scope) const {
  TRY_ASSIGN(const Charter charter, vault_.held_charter(scope));
  return vault_.read_witnesses(scope, charter.devices);
}

Result<std::vector<HeldWitness>> Vault::read_witnesses(const ScopeId& scope, const std::vector<CharterDevice>& devices) const {
  const auto seen = state_->seen(scope);
  if (!seen) return fail(ErrorCode::not_found, "That scope is not held here.");
  std::vector<HeldWitness> all;
  for (const CharterDevice& device : devices) {
    // Each device by itself, so that a screen waits for one at most.
    const std::scoped_lock guard(state_->reading);
    TRY_ASSIGN(std::vector<HeldWitness> found, newest_of(*state_->reader, seen->number, device.number));
    std::ranges::move(found, std::back_inserter(all));
  }
  return all;
}

Result<std::vector<Head>> VaultWitnesses::received(const ScopeId& scope) const { return vault_.read_received(scope); }

Result<std::vector<Head>> Vault::read_received(const ScopeId& scope) const {
  const auto seen = state_->seen(scope);
  if (!seen) return fail(ErrorCode::not_found, "That scope is not held here.");
  const std::scoped_lock guard(state_->reading);
  Statement rows = state_->reader->use(
      "SELECT device, max(last) FROM (SELECT device, last FROM segment WHERE scope = ?1 UNION ALL SELECT device, number FROM base WHERE "
      "scope = ?1)"
      " GROUP BY device");
  rows.bind(seen->number);
  std::vector<Head> all;
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return all;
    all.push_back({static_cast<DeviceNumber>(rows.integer(0)), rows.natural(1), {}});
  }
}

bool VaultWitnesses::only_witnesses(const ScopeId& scope, DeviceNumber device, OperationNumber after, OperationNumber to) const {
  return vault_.holds_only_witnesses(scope, device, after, to);
}

bool Vault::holds_only_witnesses(const ScopeId& scope, DeviceNumber device, OperationNumber after, OperationNumber to) const {
  const auto seen = state_->seen(scope);
  if (!seen || to - after > static_cast<OperationNumber>(most_looked_at)) return false;
  const std::scoped_lock guard(state_->reading);
  Statement rows = state_->reader->use("SELECT bytes FROM operation WHERE scope = ? AND device = ? AND number > ? AND number <= ?");
  rows.bind(seen->number, device, after, to);
  OperationNumber held = 0;
  journal::Operation operation;
  for (auto more = rows.row(); more && *more; more = rows.row()) {
    if (!parse_operation(rows.blob(0), operation) || !operation.has_witness()) return false;
    ++held;
  }
  return held == to - after;
}

Result<bool> VaultWitnesses::write_when_due(const ScopeId& scope) {
  const std::string name = last_witness + scope.hex();
  const auto quarter = static_cast<std::int64_t>(quarter_of(vault_.trusted_now()));
  TRY_ASSIGN(const auto last, vault_.setting(name));
  // A clock that went back does not silence it for years.
  if (last && last->size() == 8) {
    const auto before = static_cast<std::int64_t>(ByteReader(*last).u64());
    if (quarter >= before && quarter < before + quarters_between) return false;
  }
  if (!vault_.may_witness(scope)) return false;
  TRY_STATUS(vault_.record_witness(scope));
  Bytes value;
  ByteWriter(value).u64(static_cast<std::uint64_t>(quarter));
  TRY_STATUS(vault_.set_setting(name, value));
  return true;
}

bool Vault::may_witness(const ScopeId& scope) const {
  const std::scoped_lock guard(state_->writing);
  const auto found = state_->scopes.find(scope);
  return found != state_->scopes.end() && found->second.own_active() && found->second.acknowledged == found->second.last_own;
}

Status VaultWitnesses::keep(const ScopeId& scope, std::span<const Finding> findings) {
  Bytes value;
  ByteWriter writer(value);
  for (const Finding& one : findings) {
    writer.u8(static_cast<std::uint8_t>(one.kind));
    writer.u32(one.device);
    writer.u64(one.number);
    writer.u64(static_cast<std::uint64_t>(one.since_quarter));
  }
  const std::string name = findings_of + scope.hex();
  TRY_ASSIGN(const auto before, vault_.setting(name));
  if (before.value_or(Bytes{}) == value) return {};
  return value.empty() ? vault_.remove_setting(name) : vault_.set_setting(name, value);
}

std::int64_t VaultWitnesses::quarter_now() const { return static_cast<std::int64_t>(quarter_of(vault_.trusted_now())); }

Result<std::vector<Finding>> VaultWitnesses::kept(const ScopeId& scope) const {
  TRY_ASSIGN(const auto value, vault_.setting(findings_of + scope.hex()));
  std::vector<Finding> findings;
  if (!value) return findings;
  for (ByteReader reader(*value); reader.ok() && !reader.rest().empty();) {
    Finding& one = findings.emplace_back();
    one.kind = static_cast<Finding::Kind>(reader.u8());
    one.device = reader.u32();
    one.number = reader.u64();
    one.since_quarter = static_cast<std::int64_t>(reader.u64());
  }
  return findings;
}

}  // namespace huisbord
