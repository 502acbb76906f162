// SPDX-License-Identifier: GPL-3.0-or-later
// Making a kiosk's store from the desk's.
#include "app/ctl/kiosk_store.h"

#include <algorithm>

#include "core/crypto/custody.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/keyslot.h"
#include "core/office/device.h"
#include "core/office/kiosks.h"
#include "core/store/pin_secret.h"
#include "core/tpm/pin_keeper.h"
#include "core/tpm/tpm.h"

namespace huisbord {
namespace {

constexpr std::size_t bytes_at_once = std::size_t{4} * 1024 * 1024;

Status copy_scope(Desk& desk, Vault& kiosk, const ScopeId& scope) {
  TRY_ASSIGN(const auto charter, desk.vault().charter(scope));
  if (!charter) return fail(ErrorCode::charter, "the desk holds no charter of scope " + scope.hex());
  TRY_STATUS(kiosk.take_charter(*charter));
  for (;;) {
    TRY_ASSIGN(const auto held, kiosk.heads(scope));
    TRY_ASSIGN(const auto segments, desk.vault().segments_after(scope, held, bytes_at_once));
    if (segments.empty()) return {};
    TRY_ASSIGN(const TakeReport report, kiosk.take_segments(scope, segments));
    if (!report.refused.empty()) return std::unexpected(report.refused.front().error);
    if (report.segments + report.waiting + report.quarantined == 0) return {};
  }
}

std::string quoted(const std::string& text) {
  std::string escaped = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped + "\"";
}

/// Of the ways into this store and of its residents' PINs.
Result<std::vector<Bytes>> sealed_by_a_tpm(const Vault& kiosk, const std::filesystem::path& directory) {
  std::vector<Bytes> objects;
  TRY_ASSIGN(const auto file, crypto::KeyslotFile::load(keyslots_path(directory)));
  for (const crypto::Keyslot& slot : file.slots())
    for (const crypto::Factor& factor : slot.factors)
      if (factor.kind == crypto::FactorKind::tpm) objects.push_back(factor.parameters);
  TRY_ASSIGN(const auto pins, kiosk.settings("pin."));
  for (const auto& [name, bytes] : pins)
    if (auto wrap = crypto::PinWrap::parse(bytes); wrap && !wrap->object.empty()) objects.push_back(std::move(wrap->object));
  return objects;
}

}  // namespace

Status write_kiosk_settings(const std::filesystem::path& directory, const std::string& relay, const std::string& authorities) {
  std::string text = "# The kiosk's own settings. Nothing here is secret.\nrelay = " + quoted(relay) + "\n";
  if (!authorities.empty()) text += "authorities = " + quoted(authorities) + "\n";
  text +=
      "tick_seconds = 30\n"
      "scale = 0.0  # 0: from the panel's size\n"
      "languages = [\"nl\", \"en\", \"ar\", \"ti\"]\n";
  return crypto::replace_file(directory / "kiosk.toml", view(text));
}

Result<DeviceId> make_kiosk(Desk& desk, const KioskPlan& plan, Day today) {
  Random& random = crypto::system_random();
  TRY_ASSIGN(const crypto::SecretBytes store_key, make_store_key(plan.directory, *plan.phrase));
  const Founding founding = make_founding(desk.vault().organisation(), desk.vault().founding().root, random);
  TRY_ASSIGN(const auto kiosk, Vault::create(vault_path(plan.directory), store_key, founding));
  const auto house = plan.house.as<ScopeTag>();
  std::optional<crypto::SealingPublicKey> custody_key;
  if (plan.staff_passphrase != nullptr) {
    TRY_ASSIGN(const auto custody,
               crypto::Custody::make(plan.staff, *plan.staff_passphrase, crypto::Argon2Parameters::staff_passphrase(), random));
    TRY_STATUS(kiosk->set_setting(custody_setting, custody.serialise()));
    custody_key = custody.public_key();
  }
  TRY_STATUS(admit_kiosk(desk.office(), plan.house, listed(founding, DeviceClass::kiosk), custody_key, today));
  for (const ScopeId& scope : {desk.org(), house}) TRY_STATUS(copy_scope(desk, *kiosk, scope));
  TRY_STATUS(write_kiosk_settings(plan.directory, plan.relay, plan.authorities));
  return founding.device;
}

Result<std::unique_ptr<crypto::PinKeeper>> kiosk_pin_keeper(const Vault& kiosk, const std::filesystem::path& directory,
                                                            const std::string& told) {
  TRY_ASSIGN(const std::vector<Bytes> objects, sealed_by_a_tpm(kiosk, directory));
  if (told.empty() && objects.empty()) return nullptr;
  const std::string where = told.empty() ? usual_tpm() : told;
  const std::string advice =
      ": set the code on the kiosk's own glass, or run this on that machine. A code that leans on no TPM can be guessed by whoever reads "
      "the open store";
  if (told.empty()) {
    auto tpm = Tpm::open(where);
    if (!tpm) return fail(ErrorCode::refused, "this kiosk's store leans on its machine's TPM, and there is none at " + where + advice);
    // One that was cleared leaves what opens nowhere: any that opens is enough.
    if (std::ranges::none_of(objects, [&](const Bytes& object) { return tpm->check_sealed_here(object).has_value(); }))
      return fail(ErrorCode::refused, "this kiosk's store leans on a TPM, and the one at " + where + " is not that" + advice);
  }
  auto keeper = pin_keeper(where);
  if (!keeper) return fail(ErrorCode::refused, "the TPM at " + where + " keeps no codes" + advice);
  return keeper;
}

Result<crypto::SecretBytes> set_first_pin(Vault& kiosk, const HouseId& house, const PersonId& person,
                                          const crypto::SecretBytes& staff_passphrase, crypto::PinKeeper* keeper) {
  TRY_ASSIGN(const auto stored, kiosk.setting(custody_setting));
  if (!stored) return fail(ErrorCode::not_found, "this kiosk has no custody key; make it again with a staff passphrase");
  TRY_ASSIGN(const auto custody, crypto::Custody::parse(*stored));
  Result<crypto::SealingKeyPair> opened = fail(ErrorCode::wrong_key, "nobody of the staff is enrolled at this kiosk");
  for (const crypto::CustodyWrap& wrap : custody.wraps()) {
    opened = custody.open(wrap.staff, staff_passphrase);
    if (opened) break;
  }
  if (!opened) return std::unexpected(opened.error());
  TRY_ASSIGN(const auto key, kiosk.keyring_key(house.as<ScopeTag>(), person, *opened));
  crypto::SecretBytes pin = crypto::propose_pin(crypto::system_random());
  TRY_ASSIGN(const crypto::SecretBytes mixed_with, pin_secret(kiosk, crypto::system_random()));
  TRY_ASSIGN(const auto wrap, crypto::make_pin_wrap(key, pin, mixed_with, person.view(), crypto::Argon2Parameters::interactive_pin(),
                                                    crypto::system_random(), keeper));
  TRY_STATUS(kiosk.set_setting(pin_setting(person), wrap.serialise()));
  TRY_STATUS(kiosk.remove_setting(tries_setting(person)));
  return pin;
}

}  // namespace huisbord
