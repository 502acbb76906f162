// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay does on a mailbox without a network or a thread: pages that it hands out, and what follows from a new charter.
#pragma once

#include "app/relay/mailbox.h"
#include "core/sync/wire/messages.h"

namespace huisbord::relay {

/// A device as the charter that the relay holds says.
enum class Asker : std::uint8_t { kiosk, desk, not_active };

/// PROTOCOL.md 3.3. Who is no longer active gets the charter that says so, and is told to ask again.
[[nodiscard]] Result<wire::PullReply> read_page(Mailbox& mailbox, const ScopeRow& scope, const wire::PullRequest& request, Asker asker);

/// Raised cuts, and a snapshot that takes the place of an older one and of what that one covered.
[[nodiscard]] Status apply_charter(Mailbox& mailbox, const ScopeRow& scope, const Charter& charter, const Charter* former);

}  // namespace huisbord::relay
