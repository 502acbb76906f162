// SPDX-License-Identifier: GPL-3.0-or-later
// A relay or a thief does one thing for ten days, to real stores; what is then said, and by whom.
#pragma once

namespace huisbord::sim {

/// True when each is caught as PROTOCOL.md 10 says, and an honest relay is not. Prints a line each.
[[nodiscard]] bool who_is_caught();

}  // namespace huisbord::sim
