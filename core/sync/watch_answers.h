// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay's answers show of the relay itself: an honest one never gives these (PROTOCOL.md 10.3).
#pragma once

#include <set>
#include <span>

#include "core/journal/finding.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

/// Kinds of which Finding::is_of_relay.
using SeenAtRelay = std::set<Finding::Kind>;

/// A page against the question that it answers, before anything of it is taken.
void look_at_page(const Log& log, const ScopeId& scope, const PullQuestion& question, const PullAnswer& answer, SeenAtRelay& seen);
/// A charter that was offered and not taken.
void look_at_refused_charter(const Log& log, const ScopeId& scope, ByteView charter, const Error& error, SeenAtRelay& seen);
/// What was not taken of a page.
void look_at_refused(std::span<const RefusedSegment> refused, SeenAtRelay& seen);
/// The relay's own vector, when a pull is complete: what it gave a receipt for stands in it. \p at_relay: its head of this device.
[[nodiscard]] Status look_at_own_head(const Log& log, const ScopeId& scope, DeviceNumber own, OperationNumber at_relay, SeenAtRelay& seen);

/// What stands of the relay: for seven days after it was last seen. In `number` the quarter hour when that was.
[[nodiscard]] std::vector<Finding> standing_of_relay(std::span<const Finding> kept, const SeenAtRelay& seen, std::int64_t quarter_now);

}  // namespace huisbord
