// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk whose store became a copy is taken in again as another device, in the place of the one that it was.
#pragma once

#include "core/office/cutting.h"
#include "core/pairing/readmission.h"

namespace huisbord {

/// The kiosk that asks, as it is listed until now.
struct FormerKiosk {
  DeviceId id;
  HouseId house;
  DeviceNumber number = 0;  ///< in the house
};
enum class FormerEnd : std::uint8_t {
  cut,   ///< at what counts of it here now; a cut that it has already stays
  kept,  ///< its store goes on somewhere else, as the device that it was
};

/// not_found: no house lists it; forbidden: it is a desk, or was closed or wiped.
[[nodiscard]] Result<FormerKiosk> find_former(const Office& office, const DeviceId& former);
/// The same for a request by file. invalid: of another organisation, or not signed by the kiosk that it names.
[[nodiscard]] Result<FormerKiosk> find_former(const Office& office, ByteView request);
/// Lists the new device where the former stood, with the keys of everybody who stays there, then ends the former; where it was cut. Cut
/// short, it is finished by doing it again.
[[nodiscard]] Result<std::vector<MadeCut>> readmit_kiosk(Office& office, const FormerKiosk& former, const PairingDevice& kiosk,
                                                         FormerEnd end, Day today);

/// The first half of a desk's own store becoming another device: listed in every scope. The store is to be opened anew after it.
/// forbidden when it is no copy as far as it knows.
[[nodiscard]] Status renew_own_device(Office& office);
/// There was a first half, and the second has not been.
[[nodiscard]] Result<bool> was_renewed(const Office& office);
/// The second, after a pull: the device that this desk was is cut where its chain is held. Nothing is done when there was no first half.
[[nodiscard]] Status end_former_self(Office& office);

}  // namespace huisbord
