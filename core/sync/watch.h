// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay or a neighbour can be caught at, as pure rules over witnesses (PROTOCOL.md 10).
#pragma once

#include <functional>
#include <map>
#include <span>

#include "core/journal/witness_log.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

/// What one scope's watch knows when a complete pull has ended.
struct Watched {
  DeviceNumber own = 0;
  std::span<const CharterDevice> devices;         ///< of the charter held
  std::span<const HeldWitness> read_before;       ///< read before the pull began
  std::span<const HeldWitness> witnesses;         ///< read by now; of each device oldest first
  std::span<const Head> received;                 ///< highest number that ever arrived of each device
  std::map<DeviceNumber, OperationNumber> floor;  ///< what the relay says that it has no more: up to and with this number
  std::span<const ForkReport> forks;              ///< as the relay reports them: believed when both signatures verify
  std::function<bool(DeviceNumber, OperationNumber after, OperationNumber to)> only_witnesses;
};

/// Ascending, each once. Empty on an honest day.
[[nodiscard]] std::vector<Finding> judge(const Watched& watched);

/// The rules one by one.
[[nodiscard]] std::vector<Finding> withheld(const Watched& watched);
[[nodiscard]] std::vector<Finding> forked(const Watched& watched);
[[nodiscard]] std::vector<Finding> shown_old_state(const Watched& watched);      ///< a desk's
[[nodiscard]] std::vector<Finding> nothing_from_office(const Watched& watched);  ///< a kiosk's
[[nodiscard]] std::vector<Finding> tables_differ(const Watched& watched);

}  // namespace huisbord
