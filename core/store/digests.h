// SPDX-License-Identifier: GPL-3.0-or-later
// Digests of a scope's tables: what two replicas compare (SCHEMA.md 6).
#pragma once

#include "core/store/database.h"
#include "core/store/merge_rules.h"
#include "core/store/stored.h"

namespace huisbord {

/// One pass over the scope's rows in the order of their key; the caller holds a snapshot.
[[nodiscard]] Result<std::vector<TableDigest>> table_digests(Database& database, std::int64_t scope, const MergeRules& rules);
[[nodiscard]] crypto::Hash digest_of(const std::vector<TableDigest>& digests);

}  // namespace huisbord
