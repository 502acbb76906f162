// SPDX-License-Identifier: GPL-3.0-or-later
// A relay's address as a URL, taken apart the same way by who calls and by who is called: both sign and check its parts.
#pragma once

#include <string>

#include "core/base/error.h"

namespace huisbord::wire {

struct RelayAddress {
  bool tls = false;
  std::string authority;  ///< host and port, lower case; without the port that the scheme has anyway
  std::string path;       ///< before "/v1/"; empty, or begins with "/" and does not end with one
  [[nodiscard]] std::string url() const { return (tls ? "https://" : "http://") + authority + path; }
};

/// invalid for another scheme, and for an address with a name, password, query or fragment in it.
[[nodiscard]] Result<RelayAddress> parse_address(std::string_view url);

}  // namespace huisbord::wire
