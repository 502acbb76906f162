// SPDX-License-Identifier: GPL-3.0-or-later
// Digests of a scope's tables: what two replicas compare (SCHEMA.md 6).
#pragma once

#include "core/store/database.h"
#include "core/store/merge_rules.h"
#include "core/store/stored.h"
#include "core/store/tables.h"

namespace huisbord {

/// Of what is within its term at `now` for a replica of that class, whether time was passed since or not. One pass over the scope's rows in
/// the order of their key; the caller holds a snapshot.
[[nodiscard]] Result<std::vector<TableDigest>> table_digests(Database& database, std::int64_t scope, const MergeRules& rules,
                                                             DeviceClass own_class, Week now);
[[nodiscard]] crypto::Hash digest_of(const std::vector<TableDigest>& digests);

}  // namespace huisbord
