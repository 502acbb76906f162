// SPDX-License-Identifier: GPL-3.0-or-later
// A house's kiosk as a simulation needs it: a device that writes real operations into its own chain, without a store.
#pragma once

#include <unordered_map>
#include <vector>

#include "app/ctl/desk.h"
#include "core/journal/hybrid_clock.h"
#include "core/journal/segment.h"
#include "core/store/change_encoding.h"

namespace huisbord {

class SimulatedKiosk {
 public:
  /// Admitted to the house's scope as an active kiosk.
  [[nodiscard]] static Result<SimulatedKiosk> admit(Desk& desk, const HouseId& house);

  /// Times never go back. Personal changes are sealed under `key`.
  [[nodiscard]] Status write(Millis at, const RecordId& actor, const OpenChange& change);
  [[nodiscard]] Status write(Millis at, const RecordId& actor, const PersonId& person, const crypto::SecretBytes& key,
                             const PersonalChange& change);
  /// What somebody else wrote about: operations about it carry its week.
  void knows(const RecordId& record, Week week) { weeks_[record] = week; }

  /// Hands everything written to the desk.
  [[nodiscard]] Status send(Desk& desk);
  /// The device is replaced: everything up to here counts for ever, nothing more will come.
  [[nodiscard]] Status close(Desk& desk);

  [[nodiscard]] DeviceNumber device() const { return device_; }
  [[nodiscard]] OperationNumber written() const { return head_.number + waiting_.size(); }

 private:
  SimulatedKiosk(ScopeId scope, DeviceNumber device, Founding founding, crypto::SecretBytes epoch_key)
      : scope_(scope), device_(device), founding_(std::move(founding)), epoch_key_(std::move(epoch_key)) {}
  [[nodiscard]] FindWeek find_week() const;
  [[nodiscard]] Status append(Millis at, const RecordId& actor);

  ScopeId scope_;
  DeviceNumber device_ = 0;
  Founding founding_;
  crypto::SecretBytes epoch_key_;
  HybridClock clock_;
  ChainHead head_;
  std::vector<Bytes> waiting_;
  std::unordered_map<RecordId, Week> weeks_;
  journal::Operation operation_;
};

}  // namespace huisbord
