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

}  // namespace huisbord
