// SPDX-License-Identifier: GPL-3.0-or-later
// What systemd and a service say to each other: sd_notify(3) and sd_listen_fds(3), by their plain protocol.
#pragma once

#include <optional>
#include <string_view>

namespace huisbord::relay {

/// "READY=1", "STOPPING=1", "RELOADING=1" ...: heard when the environment names a socket for it, and otherwise by nobody.
void notify_service_manager(std::string_view state);
/// The listening socket that was handed over; the first when there are several.
[[nodiscard]] std::optional<int> inherited_socket();

}  // namespace huisbord::relay
