// SPDX-License-Identifier: GPL-3.0-or-later
// Erasing a person, and who is waited for.
#include "core/office/erase_person.h"

#include <algorithm>

#include "core/journal/envelope/charter_edit.h"
#include "core/office/epochs_tending.h"
#include "core/office/moving.h"

namespace huisbord {
namespace {

std::string erasure_setting(const PersonId& person) { return "office.erasure." + person.hex(); }

bool stays_in(const Charter& charter, const std::vector<Placing>& placings, const PersonId& person) {
  return std::ranges::find(placings, person, &Placing::person) != placings.end() ||
         std::ranges::find(charter.keyring, person, &KeyringEntry::person) != charter.keyring.end();
}

/// What was asked, and of whom: every device that was active then.
struct Asked {
  CharterNumber charter = 0;
  std::vector<DeviceNumber> devices;
};

Status keep_asked(Office& office, const PersonId& person, const Charter& charter) {
  Bytes value;
  ByteWriter writer(value);
  writer.u32(charter.number);
  for (const CharterDevice& device : charter.devices)
    if (device.state == DeviceState::active) writer.u32(device.number);
  return office.vault().set_setting(erasure_setting(person), value);
}

/// Of an erasure that this desk does not remember (it was restored) everybody is asked again, up to the charter it holds.
Result<Asked> asked_for(const Vault& vault, const PersonId& person, const Charter& charter) {
  TRY_ASSIGN(const auto stored, vault.setting(erasure_setting(person)));
  Asked asked;
  if (!stored) {
    asked.charter = charter.number;
    for (const CharterDevice& device : charter.devices) asked.devices.push_back(device.number);
    return asked;
  }
  ByteReader reader(*stored);
  asked.charter = reader.u32();
  while (reader.ok() && !reader.rest().empty()) asked.devices.push_back(reader.u32());
  return asked;
}

}  // namespace

Status erase_person(Office& office, const PersonId& person, Day today) {
  Vault& vault = office.vault();
  // Whoever moved has a stay in each house, and they go together.
  TRY_ASSIGN(const std::vector<PersonId> stays, stays_of(vault, person));
  bool found = false;
  bool before = false;
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter held, vault.held_charter(scope));
    if (held.scope_kind() != ScopeKind::house) continue;
    TRY_ASSIGN(const auto placings, vault.placings(scope));
    std::vector<PersonId> here;
    std::ranges::copy_if(stays, std::back_inserter(here),
                         [&](const PersonId& stay) { return !held.is_erased(stay) && stays_in(held, placings, stay); });
    before = before || std::ranges::any_of(stays, [&](const PersonId& stay) { return held.is_erased(stay); });
    if (here.empty()) continue;
    found = true;
    const auto erase_them = [&](Charter& charter) -> Status {
      for (const PersonId& stay : here) TRY_STATUS(huisbord::erase_person(charter, stay));
      return {};
    };
    TRY_STATUS(office.amend(scope, erase_them));
    TRY_ASSIGN(const Charter after, vault.held_charter(scope));
    for (const PersonId& stay : here) TRY_STATUS(keep_asked(office, stay, after));
    // What stands about them outside of boxes (room, days) is under the epoch, which ends next.
    TRY_STATUS(begin_next_epoch(office, scope));
  }
  if (!found && before) return fail(ErrorCode::already_exists, "This person was erased before; status tells who is waited for.");
  if (!found) return fail(ErrorCode::not_found, "Nobody stays or stayed in a house of this organisation under that identifier.");
  TRY_STATUS(forget_stays(vault, stays));
  TRY_ASSIGN([[maybe_unused]] const std::size_t written, tend_keys(office, today));
  return {};
}

Result<std::vector<Erasure>> erasures(const Office& office) {
  const Vault& vault = office.vault();
  std::vector<Erasure> all;
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
    if (charter.erased.empty()) continue;
    TRY_ASSIGN(const auto said, vault.device_keys(scope));
    for (const PersonId& person : charter.erased) {
      TRY_ASSIGN(const Asked asked, asked_for(vault, person, charter));
      Erasure erasure{person, scope, asked.charter, {}, {}};
      for (const DeviceNumber number : asked.devices) {
        const auto keys = std::ranges::find(said, number, &DeviceKeys::device);
        if (keys != said.end() && keys->settled >= asked.charter) continue;
        const CharterDevice* device = charter.device(number);
        const bool active = device != nullptr && device->state == DeviceState::active;
        (active ? erasure.waiting : erasure.lost).push_back(number);
      }
      all.push_back(std::move(erasure));
    }
  }
  return all;
}

}  // namespace huisbord
