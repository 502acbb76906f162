// SPDX-License-Identifier: GPL-3.0-or-later
// The desk as the writer of charters: new devices, epoch grants, person keys for kiosks.
#include <algorithm>

#include "app/ctl/desk.h"
#include "core/domain/stay.h"
#include "core/journal/grant.h"
#include "core/journal/hybrid_clock.h"

namespace huisbord {
namespace {

std::string custody_setting_of(const DeviceId& kiosk) { return "desk.custody." + kiosk.hex(); }

}  // namespace

Status Desk::amend(const ScopeId& scope, const std::function<Status(Charter&)>& edit) {
  TRY_ASSIGN(Charter charter, vault_->held_charter(scope));
  charter.previous = charter.hash;
  ++charter.number;
  charter.written_quarter = std::max<std::int64_t>(charter.written_quarter, quarter_of(vault_->trusted_now()));
  TRY_STATUS(edit(charter));
  TRY_ASSIGN(const Bytes bytes, charter.sign(delegated_));
  return vault_->take_charter(bytes);
}

Result<crypto::SecretBytes> Desk::epoch_key(const ScopeId& scope) {
  TRY_ASSIGN(const Charter charter, vault_->held_charter(scope));
  const Epoch* epoch = charter.highest_epoch();
  if (epoch == nullptr) return fail(ErrorCode::epoch, "the charter of scope " + scope.hex() + " has no epoch");
  TRY_ASSIGN(const ScopeIdentity me, vault_->identity(scope));
  return open_grant(charter, epoch->id, me.device, vault_->founding().sealing);
}

Result<DeviceNumber> Desk::admit(const ScopeId& scope, const Founding& device, DeviceClass device_class) {
  TRY_ASSIGN(const crypto::SecretBytes key, epoch_key(scope));
  DeviceNumber number = 0;
  TRY_STATUS(amend(scope, [&](Charter& charter) -> Status {
    for (const CharterDevice& known : charter.devices) number = std::max(number, known.number);
    const CharterDevice entry = listed(device, ++number, device_class);
    const auto highest = std::ranges::max_element(charter.epochs, {}, &Epoch::number);
    highest->grants.push_back(seal_grant(scope, key, entry, crypto::system_random()));
    charter.devices.push_back(entry);
    return {};
  }));
  return number;
}

Result<crypto::SecretBytes> Desk::make_person_key(const PersonId& person) {
  crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
  crypto::system_random().fill(key.mutable_view());
  TRY_STATUS(vault_->put_person_key(person, key));
  return key;
}

Status Desk::remember_custody(const DeviceId& kiosk, const crypto::SealingPublicKey& custody) {
  return vault_->set_setting(custody_setting_of(kiosk), custody.view());
}

Status Desk::hand_out_person_keys(const HouseId& house, Day today) {
  const auto scope = house.as<ScopeTag>();
  TRY_ASSIGN(const Charter held, vault_->held_charter(scope));
  TRY_ASSIGN(const auto placings, vault_->placings(scope));
  std::vector<KeyringEntry> missing;
  for (const CharterDevice& device : held.devices) {
    if (device.device_class != DeviceClass::kiosk || device.state != DeviceState::active) continue;
    TRY_ASSIGN(const auto stored, vault_->setting(custody_setting_of(device.id)));
    if (!stored || stored->size() != 32) continue;
    crypto::SealingPublicKey custody;
    std::ranges::copy(*stored, custody.bytes.begin());
    const crypto::KeyId custody_id = custody_key_id(custody);
    for (const Placing& placing : placings) {
      if (placing.until && *placing.until < today) continue;
      const bool there = std::ranges::any_of(held.keyring, [&](const KeyringEntry& entry) {
        return entry.person == placing.person && entry.device == device.number && entry.custody == custody_id;
      });
      if (there) continue;
      TRY_ASSIGN(const auto key, vault_->person_key(placing.person));
      missing.push_back(seal_person_key(scope, placing.person, key, device.number, custody, crypto::system_random()));
    }
  }
  if (missing.empty()) return {};
  return amend(scope, [&](Charter& charter) -> Status {
    for (KeyringEntry& entry : missing) charter.keyring.push_back(std::move(entry));
    return {};
  });
}

}  // namespace huisbord
