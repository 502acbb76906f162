// SPDX-License-Identifier: GPL-3.0-or-later
// What the office says to a kiosk that it invited, and admitting it so that a stop in between is made good (PROTOCOL.md 9.5).
#pragma once

#include "core/office/office.h"
#include "core/pairing/messages.h"

namespace huisbord {

/// Organisation, root key, this desk and what it holds of `org` and the house; the random number is drawn by DeskRun.
[[nodiscard]] Result<PairingOffer> make_offer(const Office& office, const HouseId& house, const std::optional<StaffId>& staff);

/// A person said that the words agree: lists the kiosk in both charters and hands out keys; with \p former, in the place of that kiosk,
/// which is cut (readmission.h). What is to be done is written down first, so finish_admission() ends it after a stop.
[[nodiscard]] Status admit_paired(Office& office, const HouseId& house, const PairingDevice& kiosk, const std::optional<DeviceId>& former,
                                  Day today);
/// True when an admission had been cut short and is done now.
[[nodiscard]] Result<bool> finish_admission(Office& office, Day today);

}  // namespace huisbord
