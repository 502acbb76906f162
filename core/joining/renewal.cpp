// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in the store already, in the words of pairing.
#include "core/joining/renewal.h"

#include "core/crypto/custody.h"
#include "core/store/pin_secret.h"

namespace huisbord {

Result<PairingDevice> renewed_device(Vault& kiosk) {
  TRY_ASSIGN(const CharterDevice next, kiosk.new_identity());
  PairingDevice device{
      .device = next.id, .signing = next.signing_key, .request = next.request_key, .sealing = next.sealing_key, .custody = {}};
  TRY_ASSIGN(const auto stored, kiosk.setting(custody_setting));
  if (stored) {
    TRY_ASSIGN(const auto custody, crypto::Custody::parse(*stored));
    device.custody = custody.public_key();
  }
  return device;
}

Result<Bytes> readmission_request(Vault& kiosk) {
  TRY_ASSIGN(const PairingDevice device, renewed_device(kiosk));
  return write_readmission({kiosk.organisation(), kiosk.founding().device, device}, kiosk.founding().signing);
}

Status check_same_office(const Vault& kiosk, const PairingOffer& offer) {
  if (offer.organisation != kiosk.organisation() || offer.root != kiosk.founding().root)
    return fail(ErrorCode::invalid, "That desk is of another organisation: this kiosk stays as it was.");
  if (kiosk.charter_number(offer.house.scope) == 0)
    return fail(ErrorCode::invalid, "That desk invited a kiosk of another house: this kiosk stays as it was.");
  return {};
}

}  // namespace huisbord
