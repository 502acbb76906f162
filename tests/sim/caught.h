// SPDX-License-Identifier: GPL-3.0-or-later
// A relay or a thief does one thing for some days, to real stores; what is then said, and by whom.
#pragma once

#include <string>

namespace huisbord::sim {

/// That case, or "all" of them. True when it is caught as PROTOCOL.md 10 says, and nothing is lost by it. Prints what was said.
[[nodiscard]] bool who_is_caught(const std::string& name);

}  // namespace huisbord::sim
