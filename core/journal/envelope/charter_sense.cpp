// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold inside a charter, and between one and the next: FORMAT.md 8.5.
#include <algorithm>
#include <map>
#include <set>

#include "core/journal/envelope/charter_body.h"

namespace huisbord {
namespace {

std::unexpected<Error> refuse(const char* sentence) { return fail(ErrorCode::charter, sentence); }

/// False when something is there twice.
template <class Range, class Projection>
bool each_once(const Range& range, Projection projection) {
  std::set<std::decay_t<std::invoke_result_t<Projection, decltype(*range.begin())>>> seen;
  return std::ranges::all_of(range, [&](const auto& item) { return seen.insert(std::invoke(projection, item)).second; });
}

Status check_devices(const Charter& charter) {
  if (!each_once(charter.devices, &CharterDevice::number) || !each_once(charter.devices, &CharterDevice::id) ||
      !each_once(charter.devices, &CharterDevice::signing_key)) {
    return refuse("A charter lists a device, its number or its key twice.");
  }
  for (const CharterDevice& device : charter.devices) {
    if ((device.state == DeviceState::active) == device.cut.has_value()) {
      return refuse("A charter has a device without a cut that is not active, or an active one with a cut.");
    }
    if (device.cut && (device.cut->number == 0) != (device.cut->header_hash == HeaderHash{})) {
      return refuse("A charter cuts a device at a number without a header.");
    }
  }
  return {};
}

Status check_keys(const Charter& charter) {
  std::map<DeviceNumber, const CharterDevice*> active;
  for (const CharterDevice& device : charter.devices) {
    if (device.state == DeviceState::active) active.emplace(device.number, &device);
  }
  if (!each_once(charter.epochs, &Epoch::id) || !each_once(charter.epochs, &Epoch::number))
    return refuse("A charter lists an epoch twice.");
  for (const Epoch& epoch : charter.epochs) {
    if (!each_once(epoch.grants, &EpochGrant::device)) return refuse("A charter grants an epoch to a device twice.");
    for (const EpochGrant& grant : epoch.grants) {
      if (!active.contains(grant.device)) return refuse("A charter grants an epoch to a device that is not active.");
    }
  }
  const std::set<PersonId> erased(charter.erased.begin(), charter.erased.end());
  if (erased.size() != charter.erased.size()) return refuse("A charter lists an erased person twice.");
  for (const KeyringEntry& entry : charter.keyring) {
    const auto found = active.find(entry.device);
    if (found == active.end() || found->second->device_class != DeviceClass::kiosk) {
      return refuse("A charter's keyring gives a person's key to a device that is no active kiosk.");
    }
    if (erased.contains(entry.person)) return refuse("A charter's keyring holds the key of an erased person.");
  }
  if (charter.scope_kind() == ScopeKind::org && !charter.keyring.empty()) return refuse("A keyring stands in the organisation's scope.");
  return {};
}

Status check_device_follows(const CharterDevice& held, const CharterDevice* next) {
  if (next == nullptr || next->id != held.id || next->device_class != held.device_class || next->signing_key != held.signing_key) {
    return refuse("A charter drops a device or gives its number, class or key away.");
  }
  if (held.state != DeviceState::active && next->state == DeviceState::active) return refuse("A charter takes a device back that was cut.");
  if (next->state < held.state) return refuse("A charter takes back that a device was closed or wiped.");
  if (held.cut && next->cut) {
    const bool lower = next->cut->number < held.cut->number;
    const bool moved = next->cut->number == held.cut->number && next->cut->header_hash != held.cut->header_hash;
    if (lower || moved) return refuse("A charter cuts a device before where it counted for ever.");
  }
  return {};
}

}  // namespace

Status check_charter_sense(const Charter& charter) {
  TRY_STATUS(check_devices(charter));
  TRY_STATUS(check_keys(charter));
  if (!std::ranges::all_of(charter.rulings, [&](const Ruling& ruling) { return charter.device(ruling.device) != nullptr; })) {
    return refuse("A charter rules on a device that it does not list.");
  }
  if (charter.snapshot) {
    if (!each_once(charter.snapshot->heads, &SnapshotHead::device)) return refuse("A charter's snapshot names a device twice.");
    for (const SnapshotHead& head : charter.snapshot->heads) {
      const CharterDevice* device = charter.device(head.device);
      if (device == nullptr) return refuse("A charter's snapshot names a device that is not listed.");
      if (device->cut && (head.head.number > device->cut->number ||
                          (head.head.number == device->cut->number && head.head.hash != device->cut->header_hash)))
        return refuse("A charter's snapshot holds more of a device than counts.");
    }
  }
  if (charter.written_quarter > charter.delegation.expires_quarter) return refuse("A charter was written after its delegation ended.");
  return {};
}

Status check_charter_follows(const Charter& held, const Charter& next) {
  if (next.organisation != held.organisation) return refuse("A charter is of another organisation.");
  if (next.scope != held.scope) return refuse("A charter is of another scope.");
  if (next.number < held.number) return refuse("A charter has a lower number than the one held.");
  if (next.number == held.number) {
    if (next.hash == held.hash) return {};
    return refuse("There are two charters of one number.");
  }
  // A later delegation ends what an earlier hand wrote, which need not have reached the new one.
  if (next.number == held.number + 1 && next.delegation.number <= held.delegation.number && next.previous != held.hash)
    return refuse("A charter does not follow the one held.");
  if (next.delegation.number < held.delegation.number) return refuse("A charter is written under a delegation that was replaced.");
  if (next.delegation.number == held.delegation.number && next.delegation.key != held.delegation.key) {
    return refuse("There are two delegations of one number.");
  }
  if (next.lowest_suite < held.lowest_suite) return refuse("A charter accepts an older suite again.");
  if (next.rule_number < held.rule_number) return refuse("A charter goes back to older rules of merging.");
  std::map<DeviceNumber, const CharterDevice*> devices;
  for (const CharterDevice& device : next.devices) devices.emplace(device.number, &device);
  for (const CharterDevice& device : held.devices) {
    const auto found = devices.find(device.number);
    TRY_STATUS(check_device_follows(device, found == devices.end() ? nullptr : found->second));
  }
  for (const Epoch& epoch : held.epochs) {
    const Epoch* found = next.epoch(epoch.id);
    if (found == nullptr || found->number != epoch.number) return refuse("A charter forgets an epoch.");
  }
  const std::set<PersonId> erased(next.erased.begin(), next.erased.end());
  for (const PersonId& person : held.erased) {
    if (!erased.contains(person)) return refuse("A charter takes an erasure back.");
  }
  for (const Ruling& ruling : held.rulings) {
    if (std::ranges::find(next.rulings, ruling) == next.rulings.end()) return refuse("A charter takes a ruling back.");
  }
  return {};
}

}  // namespace huisbord
