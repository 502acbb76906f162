// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk's store, made by files instead of pairing: keys, charters, the house's history, and first PINs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/ctl/desk.h"
#include "core/crypto/pin.h"

namespace huisbord {

struct KioskPlan {
  std::filesystem::path directory;
  HouseId house;
  const crypto::SecretBytes* phrase = nullptr;            ///< opens the kiosk's store
  const crypto::SecretBytes* staff_passphrase = nullptr;  ///< opens its custody key; null: no PIN can be set yet
  StaffId staff;                                          ///< whose passphrase that is
  std::string relay;                                      ///< URL; empty: none yet
  std::string authorities{};                              ///< file of certificates to trust; empty: the system's
};

/// Store, device keys, custody key; a new device in the charters of `org` and of the house; the person keys of everybody who stays there;
/// everything that the desk holds of both scopes. Everything is written at the desk before the kiosk's store is complete: a run cut short
/// leaves a device that nobody uses, and a folder to throw away.
[[nodiscard]] Result<DeviceId> make_kiosk(Desk& desk, const KioskPlan& plan, Day today);

/// kiosk.toml of a new kiosk; an empty address: it never synchronises.
[[nodiscard]] Status write_kiosk_settings(const std::filesystem::path& directory, const std::string& relay, const std::string& authorities);

/// What keeps a kiosk's PINs here (KEYS.md 11.5): nothing for a store that leans on no TPM, unless the kiosk's own is named (`told`). One
/// that leans on a TPM, by a way in or another's PIN, gets no PIN without it. refused: that TPM is not here.
[[nodiscard]] Result<std::unique_ptr<crypto::PinKeeper>> kiosk_pin_keeper(const Vault& kiosk, const std::filesystem::path& directory,
                                                                          const std::string& told);

/// A first PIN, with a staff passphrase at hand. The six digits.
[[nodiscard]] Result<crypto::SecretBytes> set_first_pin(Vault& kiosk, const HouseId& house, const PersonId& person,
                                                        const crypto::SecretBytes& staff_passphrase, crypto::PinKeeper* keeper);

}  // namespace huisbord
