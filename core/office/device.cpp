// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of a new device.
#include "core/office/device.h"

namespace huisbord {

Founding make_founding(const OrganisationId& organisation, const crypto::SigningPublicKey& root, Random& random) {
  return {organisation,
          root,
          random.id<DeviceTag>(),
          crypto::make_signing_key(random),
          crypto::make_signing_key(random),
          crypto::make_sealing_key(random)};
}

CharterDevice listed(const Founding& founding, DeviceClass device_class) {
  CharterDevice device;
  device.id = founding.device;
  device.device_class = device_class;
  device.signing_key = founding.signing.public_key;
  device.request_key = founding.request.public_key;
  device.sealing_key = founding.sealing.public_key;
  return device;
}

}  // namespace huisbord
