// SPDX-License-Identifier: GPL-3.0-or-later
// Gives the relay the charter held here, when it holds an older one or none.
#pragma once

#include "core/sync/relay_connection.h"

namespace huisbord {

/// A charter proves itself, so any replica may bring it: a relay that lost its memory gets it back from the first that comes.
/// False when there is nothing to give, or the relay did not take it.
[[nodiscard]] Result<bool> put_charter_held(const Log& log, RelayConnection& relay, const ScopeId& scope, CharterNumber relay_holds,
                                            const std::stop_token& stop);

}  // namespace huisbord
