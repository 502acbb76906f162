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
    // What the relay itself was seen doing since `since`; in `number` the quarter hour when it was last seen. No device is named.
    relay_emptied,              ///< it has nothing of us any more, and had given receipts
    relay_put_back,             ///< it has less of us than it had given receipts for
    relay_replays,              ///< it gave what was asked for no more: held segments, former charters
    relay_reorders,             ///< of one device later segments before earlier ones
    relay_alters,               ///< segments that are not as they were signed
    relay_mixes_scopes,         ///< what belongs to another scope that is held here
    relay_mixes_organisations,  ///< what belongs to an organisation or scope that is not ours
    relay_forges_charter,       ///< a charter that the office did not sign: another epoch key, another device
  } kind = Kind::withheld;
  DeviceNumber device = 0;
  OperationNumber number = 0;
  std::int64_t since_quarter = 0;  ///< quarter hours since 1970; 0: not said
  [[nodiscard]] bool is_of_relay() const { return kind >= Kind::relay_emptied && kind <= Kind::relay_forges_charter; }
  auto operator<=>(const Finding&) const = default;
};

/// One plain English sentence without its time.
[[nodiscard]] std::string sentence_of(const Finding& finding);

}  // namespace huisbord
