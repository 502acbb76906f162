// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots as the office makes them: named in the next charter, kept until the next one so that the relay can be given it again.
#pragma once

#include "core/office/office.h"

namespace huisbord {

/// Makes one of the scope as it is here, keeps it, and names it in the next charter. unavailable: another desk has not witnessed all that
/// the present one covers, which relays let go once another is named.
[[nodiscard]] Result<SnapshotReference> renew_snapshot(Office& office, const ScopeId& scope);
/// The bytes of the snapshot that the charter held names; nothing when it names none or they are not here.
[[nodiscard]] Result<std::optional<Bytes>> kept_snapshot(const Vault& vault, const ScopeId& scope);

/// Of the present moment a copy of this store was made.
[[nodiscard]] Status remember_copy(Vault& vault);
/// Whether a copy of this store has what the snapshot of this desk covers that the charter held names: once another is named this machine
/// may be the only one that has it. True as well when it names none of this desk.
[[nodiscard]] Result<bool> is_in_a_copy(const Vault& vault, const ScopeId& scope);

}  // namespace huisbord
