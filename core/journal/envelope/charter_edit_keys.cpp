// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of the next charter: epochs, keyring, erased persons (FORMAT.md 8.5).
#include <algorithm>

#include "core/journal/envelope/charter_body.h"
#include "core/journal/envelope/charter_edit.h"

namespace huisbord {
namespace {

std::unexpected<Error> refuse(const char* sentence) { return fail(ErrorCode::charter, sentence); }

Epoch* find(Charter& charter, const crypto::KeyId& id) {
  const auto found = std::ranges::find(charter.epochs, id, &Epoch::id);
  return found == charter.epochs.end() ? nullptr : &*found;
}

Status check_grant(const Charter& charter, const EpochGrant& grant) {
  const CharterDevice* device = charter.device(grant.device);
  if (device == nullptr) return refuse("An epoch is granted to a device that the charter does not list.");
  if (device->state != DeviceState::active) return refuse("An epoch is granted to active devices alone.");
  if (grant.sealed.size() != sealed_key_size) return refuse("A grant is a sealed key of 80 bytes.");
  return {};
}

}  // namespace

Status begin_epoch(Charter& charter, const crypto::KeyId& id, std::span<const EpochGrant> grants) {
  if (find(charter, id) != nullptr) return refuse("That epoch was there before: each has a key of its own.");
  if (charter.epochs.size() >= max_charter_epochs) return fail(ErrorCode::limit, "A scope has at most 4,096 epochs.");
  const Epoch* highest = charter.highest_epoch();
  Epoch epoch{id, highest == nullptr ? 1 : highest->number + 1, {}};
  for (const EpochGrant& grant : grants) {
    TRY_STATUS(check_grant(charter, grant));
    if (std::ranges::find(epoch.grants, grant.device, &EpochGrant::device) != epoch.grants.end())
      return refuse("An epoch is granted to a device once.");
    epoch.grants.push_back(grant);
  }
  charter.epochs.push_back(std::move(epoch));
  return {};
}

Status grant_epoch(Charter& charter, const crypto::KeyId& id, EpochGrant grant) {
  Epoch* epoch = find(charter, id);
  if (epoch == nullptr) return refuse("The charter lists no such epoch.");
  TRY_STATUS(check_grant(charter, grant));
  const auto held = std::ranges::find(epoch->grants, grant.device, &EpochGrant::device);
  if (held == epoch->grants.end()) {
    epoch->grants.push_back(std::move(grant));
  } else {
    *held = std::move(grant);
  }
  return {};
}

Status drop_grants(Charter& charter, const crypto::KeyId& id) {
  Epoch* epoch = find(charter, id);
  if (epoch == nullptr) return refuse("The charter lists no such epoch.");
  if (epoch == charter.highest_epoch()) return refuse("The epoch in use keeps its grants until the next has begun.");
  epoch->grants.clear();
  return {};
}

Status put_keyring_entry(Charter& charter, KeyringEntry entry) {
  if (charter.scope_kind() == ScopeKind::org) return refuse("The organisation's scope has no residents and no keyring.");
  const CharterDevice* device = charter.device(entry.device);
  if (device == nullptr || device->state != DeviceState::active || device->device_class != DeviceClass::kiosk)
    return refuse("A keyring gives a person's key to active kiosks alone.");
  if (charter.is_erased(entry.person)) return refuse("That person was erased: no keyring holds their key again.");
  if (entry.sealed.size() != keyring_entry_size) return refuse("A keyring entry is a key sealed twice, 128 bytes.");
  drop_keyring_entry(charter, entry.person, entry.device);
  if (charter.keyring.size() >= max_charter_keyring) return fail(ErrorCode::limit, "A keyring holds at most 8,192 keys.");
  charter.keyring.push_back(std::move(entry));
  return {};
}

void drop_keyring_entries(Charter& charter, const PersonId& person) {
  std::erase_if(charter.keyring, [&](const KeyringEntry& entry) { return entry.person == person; });
}

void drop_keyring_entry(Charter& charter, const PersonId& person, DeviceNumber device) {
  std::erase_if(charter.keyring, [&](const KeyringEntry& entry) { return entry.person == person && entry.device == device; });
}

Status erase_person(Charter& charter, const PersonId& person) {
  drop_keyring_entries(charter, person);
  if (charter.is_erased(person)) return {};
  if (charter.erased.size() >= max_charter_erased) return fail(ErrorCode::limit, "A charter lists at most 32,768 erased persons.");
  charter.erased.push_back(person);
  return {};
}

}  // namespace huisbord
