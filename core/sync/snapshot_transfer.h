// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots to the relay and from it, in pieces (PROTOCOL.md 7); a replica that should start from one fetches and loads it.
#pragma once

#include <stop_token>

#include "core/journal/log.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

/// Every piece of it; the same again does no harm. A refusal is the relay's own.
[[nodiscard]] Result<std::optional<RelayRefusal>> put_snapshot(RelayConnection& relay, const ScopeId& scope, ByteView snapshot,
                                                               const std::stop_token& stop);
/// Nothing when the relay does not have it. network: what came is another one than was asked for.
[[nodiscard]] Result<std::optional<Bytes>> fetch_snapshot(RelayConnection& relay, const ScopeId& scope, const crypto::Hash& hash,
                                                          const std::stop_token& stop);

}  // namespace huisbord
