// SPDX-License-Identifier: GPL-3.0-or-later
// One round of a desk with its relay, for commands that need the newest before they decide and send what they decided.
#pragma once

#include "app/ctl/desk.h"
#include "core/sync/https_relay.h"

namespace huisbord {

/// Sends what waits, charters with it, and takes what has come. refused: the relay refused something of this desk.
[[nodiscard]] Status synchronise(Desk& desk, const HttpsRelay::Settings& settings);

/// What a desk whose own store is a copy is told; nothing when it is none.
[[nodiscard]] Status check_no_copy(const Desk& desk, const std::filesystem::path& folder, const std::string& relay);

}  // namespace huisbord
