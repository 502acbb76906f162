// SPDX-License-Identifier: GPL-3.0-or-later
// Founding a paired kiosk's store.
#include "core/joining/paired_store.h"

#include "core/crypto/custody.h"
#include "core/joining/joining.h"
#include "core/store/pin_secret.h"
#include "core/store/vault_file.h"

namespace huisbord {
namespace {

void remove_making(const std::filesystem::path& making) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(making.string() + ending, ignored);
}

}  // namespace

Result<std::unique_ptr<Vault>> make_paired_store(const std::filesystem::path& vault, const crypto::SecretBytes& store_key,
                                                 const NewDeviceKeys& keys, const PairingOffer& offer,
                                                 const crypto::SecretBytes* staff_passphrase, Random& random, const VaultOptions& options) {
  if (std::filesystem::exists(vault))
    return fail(ErrorCode::already_exists, "There is a vault named " + vault.filename().string() + " already; it was left as it is.");
  const Founding founding{.organisation = offer.organisation,
                          .root = offer.root,
                          .device = keys.device,
                          .signing = keys.signing.clone(),
                          .request = keys.request.clone(),
                          .sealing = keys.sealing.clone()};
  // Beside its place until all is in it: a store that pins a root key and waits for no admission would be nobody's.
  std::filesystem::path making = vault;
  making += ".pairing";
  remove_making(making);
  const Status filled = [&]() -> Status {
    TRY_ASSIGN(const auto made, Vault::create(making, store_key, founding, options));
    if (staff_passphrase != nullptr && offer.staff) {
      TRY_ASSIGN(const auto custody,
                 crypto::Custody::of(keys.custody, *offer.staff, *staff_passphrase, crypto::Argon2Parameters::staff_passphrase(), random));
      TRY_STATUS(made->set_setting(custody_setting, custody.serialise()));
    }
    TRY_STATUS(made->set_setting(awaited_setting, write_offer(offer)));
    return made->fold_log();
  }();
  const Status put = filled ? put_vault_file(making, vault) : filled;
  remove_making(making);
  if (!put) return std::unexpected(put.error());
  return Vault::open(vault, store_key, options);
}

Result<std::optional<PairingOffer>> awaited_admission(const Vault& kiosk) {
  TRY_ASSIGN(const auto stored, kiosk.setting(awaited_setting));
  if (!stored) return std::nullopt;
  TRY_ASSIGN(PairingOffer offer, read_offer(*stored));
  return offer;
}

}  // namespace huisbord
