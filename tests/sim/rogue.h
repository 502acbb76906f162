// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody who has a kiosk's keys and no store: seals whatever a chain can carry.
#pragma once

#include "tests/sim/office.h"
#include "tests/sim/relay_double.h"

namespace huisbord::sim {

class Rogue {
 public:
  Rogue(const Device& device, Office& office, RelayDouble& relay, std::uint64_t seed);

  [[nodiscard]] DeviceNumber number() const { return number_; }
  /// The next segment of its chain in one of the scopes; now and then stamped days ahead.
  void write(Millis now, bool ahead);
  /// A second segment after the same head, which a relay hands out beside the first.
  void fork(Millis now);
  /// The same two at the relay itself, which keeps one and has evidence of both.
  void write_twice(Millis now);
  /// All that it ever put, to a relay that lost it.
  void give_again();

 private:
  [[nodiscard]] Bytes seal(const ScopeId& scope, const ChainHead& after, Millis now, bool ahead);
  [[nodiscard]] Bytes operation(const ScopeId& scope, std::uint64_t stamp, Millis now);
  [[nodiscard]] std::string some_record();

  Office& office_;
  RelayDouble& relay_;
  SeededRandom random_;
  DeviceNumber number_;
  crypto::SigningKeyPair signing_;
  std::map<ScopeId, ChainHead> heads_;
  std::map<ScopeId, ChainHead> before_;
  std::vector<std::pair<ScopeId, Bytes>> sent_;
};

}  // namespace huisbord::sim
