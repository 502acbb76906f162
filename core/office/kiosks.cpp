// SPDX-License-Identifier: GPL-3.0-or-later
// Admitting a kiosk.
#include "core/office/kiosks.h"

#include "core/office/person_keys.h"

namespace huisbord {

CharterDevice listed_kiosk(const PairingDevice& kiosk) {
  CharterDevice device;
  device.id = kiosk.device;
  device.device_class = DeviceClass::kiosk;
  device.signing_key = kiosk.signing;
  device.request_key = kiosk.request;
  device.sealing_key = kiosk.sealing;
  return device;
}

Status admit_kiosk(Office& office, const HouseId& house, const CharterDevice& device,
                   const std::optional<crypto::SealingPublicKey>& custody, Day today) {
  if (device.device_class != DeviceClass::kiosk) return fail(ErrorCode::invalid, "Only a kiosk is admitted to a house.");
  if (custody) TRY_STATUS(remember_custody(office, device.id, *custody));
  for (const ScopeId& scope : {office.org(), house.as<ScopeTag>()}) {
    if (auto admitted = office.admit(scope, device); !admitted) return std::unexpected(std::move(admitted.error()));
  }
  return hand_out_person_keys(office, house, today);
}

}  // namespace huisbord
