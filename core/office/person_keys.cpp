// SPDX-License-Identifier: GPL-3.0-or-later
// Who is in which kiosk's keyring.
#include "core/office/person_keys.h"

#include <algorithm>

#include "core/domain/stay.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/grant.h"

namespace huisbord {
namespace {

std::string custody_setting_of(const DeviceId& kiosk) { return "desk.custody." + kiosk.hex(); }

bool holds(const Charter& charter, const PersonId& person, DeviceNumber device, const crypto::KeyId& custody) {
  return std::ranges::any_of(charter.keyring, [&](const KeyringEntry& entry) {
    return entry.person == person && entry.device == device && entry.custody == custody;
  });
}

}  // namespace

Result<crypto::SecretBytes> make_person_key(Office& office, const PersonId& person) {
  crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
  office.random().fill(key.mutable_view());
  TRY_STATUS(office.vault().put_person_key(person, key));
  return key;
}

Status remember_custody(Office& office, const DeviceId& kiosk, const crypto::SealingPublicKey& custody) {
  return office.vault().set_setting(custody_setting_of(kiosk), custody.view());
}

Result<std::optional<crypto::SealingPublicKey>> custody_of(const Office& office, const DeviceId& kiosk) {
  TRY_ASSIGN(const auto stored, office.vault().setting(custody_setting_of(kiosk)));
  if (!stored || stored->size() != 32) return std::nullopt;
  crypto::SealingPublicKey custody;
  std::ranges::copy(*stored, custody.bytes.begin());
  return custody;
}

Status forget_custody(Office& office, const DeviceId& kiosk) { return office.vault().remove_setting(custody_setting_of(kiosk)); }

Result<bool> fill_keyring(Office& office, Charter& charter, Day today) {
  TRY_ASSIGN(const auto placings, office.vault().placings(charter.scope));
  const auto gone = [&](const KeyringEntry& entry) {
    const auto placing = std::ranges::find(placings, entry.person, &Placing::person);
    return placing != placings.end() && placing->until && *placing->until < today;
  };
  bool changed = std::erase_if(charter.keyring, gone) != 0;
  for (const CharterDevice& device : std::vector<CharterDevice>(charter.devices)) {
    if (device.device_class != DeviceClass::kiosk || device.state != DeviceState::active) continue;
    TRY_ASSIGN(const auto custody, custody_of(office, device.id));
    if (!custody) {
      changed = std::erase_if(charter.keyring, [&](const KeyringEntry& entry) { return entry.device == device.number; }) != 0 || changed;
      continue;
    }
    for (const Placing& placing : placings) {
      if (placing.until && *placing.until < today) continue;
      if (charter.is_erased(placing.person) || holds(charter, placing.person, device.number, custody_key_id(*custody))) continue;
      const auto key = office.vault().person_key(placing.person);
      // A stay whose key is in no backup stays closed: the kiosks that have it keep it.
      if (!key && key.error().code == ErrorCode::not_found) continue;
      if (!key) return std::unexpected(key.error());
      TRY_STATUS(put_keyring_entry(charter, seal_person_key(charter.scope, placing.person, *key, device, *custody, office.random())));
      changed = true;
    }
  }
  return changed;
}

Status hand_out_person_keys(Office& office, const HouseId& house, Day today) {
  const auto scope = house.as<ScopeTag>();
  TRY_ASSIGN(Charter draft, office.vault().held_charter(scope));
  TRY_ASSIGN(const bool missing, fill_keyring(office, draft, today));
  if (!missing) return {};
  return office.amend(scope, [&](Charter& charter) -> Status {
    charter.keyring = std::move(draft.keyring);
    return {};
  });
}

}  // namespace huisbord
