// SPDX-License-Identifier: GPL-3.0-or-later
// Founding a paired kiosk's store.
#include "core/joining/paired_store.h"

#include "core/crypto/custody.h"
#include "core/joining/joining.h"
#include "core/store/pin_secret.h"

namespace huisbord {
Result<std::unique_ptr<Vault>> make_paired_store(const std::filesystem::path& vault, const crypto::SecretBytes& store_key,
                                                 const NewDeviceKeys& keys, const PairingOffer& offer,
                                                 const crypto::SecretBytes* staff_passphrase, Random& random, const VaultOptions& options) {
  const Founding founding{.organisation = offer.organisation,
                          .root = offer.root,
                          .device = keys.device,
                          .signing = keys.signing.clone(),
                          .request = keys.request.clone(),
                          .sealing = keys.sealing.clone()};
  TRY_ASSIGN(auto made, Vault::create(vault, store_key, founding, options));
  if (staff_passphrase != nullptr && offer.staff) {
    TRY_ASSIGN(const auto custody,
               crypto::Custody::of(keys.custody, *offer.staff, *staff_passphrase, crypto::Argon2Parameters::staff_passphrase(), random));
    TRY_STATUS(made->set_setting(custody_setting, custody.serialise()));
  }
  TRY_STATUS(made->set_setting(awaited_setting, write_offer(offer)));
  return made;
}

Result<std::optional<PairingOffer>> awaited_admission(const Vault& kiosk) {
  TRY_ASSIGN(const auto stored, kiosk.setting(awaited_setting));
  if (!stored) return std::nullopt;
  TRY_ASSIGN(PairingOffer offer, read_offer(*stored));
  return offer;
}

}  // namespace huisbord
