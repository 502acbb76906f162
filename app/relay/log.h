// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay writes down: random identifiers, sizes and outcomes; never an address of a caller.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace huisbord::relay {

/// To stderr, from where the service manager takes it. "trace" to "off"; false for another word.
[[nodiscard]] bool set_log_level(const std::string& level);
void log_request(std::string_view method, std::string_view target, unsigned status, std::size_t bytes_in, std::size_t bytes_out,
                 std::int64_t millis);
void log_failure(const Error& error);
void log_event(std::string_view sentence);

}  // namespace huisbord::relay
