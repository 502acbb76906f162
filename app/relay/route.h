// SPDX-License-Identifier: GPL-3.0-or-later
// What a path names (PROTOCOL.md 3).
#pragma once

#include <optional>
#include <string_view>

#include "app/relay/mailbox.h"

namespace huisbord::relay {

struct Route {
  enum class What : std::uint8_t { segments, charter, pull, wait, snapshot_piece, other } what = What::pull;
  ScopeName name;  ///< without a scope for `wait`
  PieceName piece;
  std::string_view word;  ///< for `other`: the last part, in small letters; views the target
};

/// Identifiers and hashes in lower-case hexadecimal, numbers in decimal without a zero in front; nothing for every other path.
[[nodiscard]] std::optional<Route> route_of(std::string_view target);

}  // namespace huisbord::relay
