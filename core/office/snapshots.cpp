// SPDX-License-Identifier: GPL-3.0-or-later
// Making, keeping and naming snapshots.
#include "core/office/snapshots.h"

#include <algorithm>

#include "core/journal/envelope/charter_edit.h"
#include "core/journal/snapshot.h"

namespace huisbord {
namespace {

std::string setting_of(const ScopeId& scope) { return "desk.snapshot." + scope.hex(); }
std::string copied_setting(const ScopeId& scope) { return "desk.copied." + scope.hex(); }

/// When another snapshot is named, relays let go what this one covers; a desk keeps everything and begins from none.
Status check_desks_hold(const Vault& vault, const ScopeId& scope) {
  TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
  if (!charter.snapshot) return {};
  TRY_ASSIGN(const ScopeIdentity own, vault.identity(scope));
  TRY_ASSIGN(const auto witnesses, vault.last_witnesses(scope));
  for (const CharterDevice& desk : charter.devices) {
    if (desk.device_class != DeviceClass::desk || desk.state != DeviceState::active || desk.number == own.device) continue;
    const auto said = witnesses.find(desk.number);
    const bool holds = said != witnesses.end() && std::ranges::all_of(charter.snapshot->heads, [&](const SnapshotHead& covered) {
                         if (covered.device == desk.number) return true;
                         const auto head = std::ranges::find(said->second.heads, covered.device, &WitnessHead::device);
                         return head != said->second.heads.end() && head->number >= covered.head.number;
                       });
    if (!holds) {
      return fail(ErrorCode::unavailable,
                  "Desk " + std::to_string(desk.number) +
                      " has not confirmed yet that it holds what the present snapshot covers, and could get it nowhere after the next one: "
                      "let it run with the relay for a day (huisbordctl replica), or cut it.");
    }
  }
  return {};
}

}  // namespace

Result<SnapshotReference> renew_snapshot(Office& office, const ScopeId& scope) {
  TRY_STATUS(check_desks_hold(office.vault(), scope));
  // What this desk wrote and has not sealed is sealed by asking for it: only what stands in a segment is in a snapshot.
  TRY_ASSIGN(const auto heads, office.vault().heads(scope));
  TRY_ASSIGN([[maybe_unused]] const auto sealed, office.vault().segments_after(scope, heads, 1));
  TRY_ASSIGN(const MadeSnapshot made, office.vault().make_snapshot(scope));
  TRY_STATUS(office.vault().set_setting(setting_of(scope), made.bytes));
  TRY_STATUS(office.amend(scope, [&](Charter& charter) { return name_snapshot(charter, made.named); }));
  return made.named;
}

Result<std::optional<Bytes>> kept_snapshot(const Vault& vault, const ScopeId& scope) {
  TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
  if (!charter.snapshot) return std::nullopt;
  TRY_ASSIGN(auto kept, vault.setting(setting_of(scope)));
  if (!kept || snapshot_hash(*kept) != charter.snapshot->hash) return std::nullopt;
  return kept;
}

Status remember_copy(Vault& vault) {
  for (const ScopeId& scope : vault.scopes()) {
    Bytes value;
    ByteWriter(value).u32(vault.charter_number(scope));
    TRY_STATUS(vault.set_setting(copied_setting(scope), value));
  }
  return {};
}

Result<bool> is_in_a_copy(const Vault& vault, const ScopeId& scope) {
  TRY_ASSIGN(const auto kept, kept_snapshot(vault, scope));
  if (!kept) return true;
  TRY_ASSIGN(const SnapshotHeader header, parse_snapshot(*kept));
  TRY_ASSIGN(const auto copied, vault.setting(copied_setting(scope)));
  // It was named in the charter after the one that it was made under.
  return copied && ByteReader(*copied).u32() > header.charter;
}

}  // namespace huisbord
