// SPDX-License-Identifier: GPL-3.0-or-later
// Asking a relay for the newest charter of a scope before one is in any: a restored desk's first question (PROTOCOL.md 3.3).
#pragma once

#include <optional>

#include "core/journal/envelope/charter.h"
#include "core/sync/meeting_connection.h"

namespace huisbord {

/// With the delegation under which the next charter would be written. Nothing when the relay has none of that scope. charter: the
/// delegation has ended, or a later one has taken its place at the relay; refused, network. What comes is to be verified like any other.
[[nodiscard]] Result<std::optional<Bytes>> ask_newest_charter(const RelayAtUrl& relay, const OrganisationId& organisation,
                                                              const ScopeId& scope, const Delegation& delegation,
                                                              const crypto::SigningKeyPair& delegated, const Clock& clock);

}  // namespace huisbord
