// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica noticed about the relay or a neighbour, as the rules of watching say (PROTOCOL.md 10).
#pragma once

#include <cstdint>
#include <string>

#include "core/journal/envelope/segment_header.h"

namespace huisbord {

/// Numbers stand in stores and are for ever.
struct Finding {
  enum class Kind : std::uint8_t {
    withheld = 1,         ///< the relay does not hand out what a witness names: `device`'s chain up to `number`
    device_forked,        ///< `device` signed two segments for one `number`; never the relay's fault
    shown_old_state,      ///< kiosk `device` lacks our `number`, which the relay had since `since`
    nothing_from_office,  ///< no desk's witness since `since`
    tables_differ,        ///< `device` made other tables of the same operations
  } kind = Kind::withheld;
  DeviceNumber device = 0;
  OperationNumber number = 0;
  std::int64_t since_quarter = 0;  ///< quarter hours since 1970; 0: not said
  auto operator<=>(const Finding&) const = default;
};

/// One plain English sentence without its time.
[[nodiscard]] std::string sentence_of(const Finding& finding);

}  // namespace huisbord
