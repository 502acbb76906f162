// SPDX-License-Identifier: GPL-3.0-or-later
// Making, keeping and naming snapshots.
#include "core/office/snapshots.h"

#include "core/journal/envelope/charter_edit.h"
#include "core/journal/snapshot.h"

namespace huisbord {
namespace {

std::string setting_of(const ScopeId& scope) { return "desk.snapshot." + scope.hex(); }

}  // namespace

Result<SnapshotReference> renew_snapshot(Office& office, const ScopeId& scope) {
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

}  // namespace huisbord
