// SPDX-License-Identifier: GPL-3.0-or-later
// What watching needs of a store: witnesses that were read, what was received, and a place for findings.
#pragma once

#include <span>
#include <vector>

#include "core/journal/finding.h"
#include "core/journal/log.h"
#include "core/journal/witness.h"

namespace huisbord {

/// A witness where it stands in its writer's chain.
struct HeldWitness {
  DeviceNumber device = 0;
  OperationNumber number = 0;
  Witness witness;
};

/// Safe from any thread.
class WitnessLog {
 public:
  virtual ~WitnessLog() = default;
  /// Of each device the newest ones that count, oldest first.
  [[nodiscard]] virtual Result<std::vector<HeldWitness>> witnesses(const ScopeId& scope) const = 0;
  /// The highest number of each device that ever arrived, whether it counts or not, or for which a snapshot stands.
  [[nodiscard]] virtual Result<std::vector<Head>> received(const ScopeId& scope) const = 0;
  /// True when a device's operations after `after` up to `to` are all held and all witnesses: they change no table.
  [[nodiscard]] virtual bool only_witnesses(const ScopeId& scope, DeviceNumber device, OperationNumber after, OperationNumber to) const = 0;
  /// Writes a witness when the last own one is 20 hours old and has, as everything of ours, its receipt. True when it did.
  [[nodiscard]] virtual Result<bool> write_when_due(const ScopeId& scope) = 0;
  /// Trusted time in quarter hours since 1970.
  [[nodiscard]] virtual std::int64_t quarter_now() const = 0;
  /// What stands until the next time.
  [[nodiscard]] virtual Status keep(const ScopeId& scope, std::span<const Finding> findings) = 0;
  [[nodiscard]] virtual Result<std::vector<Finding>> kept(const ScopeId& scope) const = 0;
};

}  // namespace huisbord
