// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay did with shares of store keys, fetched and kept at the desk, and shown.
#pragma once

#include "app/ctl/desk.h"
#include "core/unlock/relay_share.h"

namespace huisbord {

/// \p allow: this device gets its share once.
[[nodiscard]] Status fetch_share_events(Desk& desk, const ScopeId& scope, const RelayAtUrl& relay, const std::optional<DeviceId>& allow);
/// As last fetched, one line each.
[[nodiscard]] Status show_share_events(Desk& desk, const ScopeId& scope);

}  // namespace huisbord
