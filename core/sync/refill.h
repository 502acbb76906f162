// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a relay back what it lost: each replica its own chain, a desk everybody's.
#pragma once

#include "core/sync/relay_connection.h"

namespace huisbord {

/// Pushes what \p log holds beyond \p relay_heads, until the relay refuses something (it takes others' from a desk alone) or all is there.
/// How many segments it took. Errors as Pusher::push.
[[nodiscard]] Result<std::size_t> refill(const Log& log, RelayConnection& relay, const ScopeId& scope, const std::vector<Head>& relay_heads,
                                         const std::stop_token& stop);

}  // namespace huisbord
