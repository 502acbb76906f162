// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of the next charter: devices, delegation, rulings, snapshot (FORMAT.md 8.5).
#include "core/journal/envelope/charter_edit.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/journal/envelope/charter_body.h"

namespace huisbord {
namespace {

constexpr std::int64_t quarter_millis = 15 * 60 * 1000;

std::unexpected<Error> refuse(const char* sentence) { return fail(ErrorCode::charter, sentence); }

CharterDevice* find(Charter& charter, DeviceNumber number) {
  const auto found = std::ranges::find(charter.devices, number, &CharterDevice::number);
  return found == charter.devices.end() ? nullptr : &*found;
}

bool exceeds(const ChainHead& head, const Cut& cut) {
  return head.number > cut.number || (head.number == cut.number && head.hash != cut.header_hash);
}

void take_keys_away(Charter& charter, DeviceNumber device) {
  for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [&](const EpochGrant& grant) { return grant.device == device; });
  std::erase_if(charter.keyring, [&](const KeyringEntry& entry) { return entry.device == device; });
}

/// A snapshot that holds more of the device than counts is none of that device any more.
void forget_snapshot_past(Charter& charter, DeviceNumber device, const Cut& cut) {
  if (!charter.snapshot) return;
  std::erase_if(charter.snapshot->heads, [&](const SnapshotHead& held) { return held.device == device && exceeds(held.head, cut); });
}

Status check_cut(const CharterDevice& device, const Cut& cut) {
  if ((cut.number == 0) != (cut.header_hash == HeaderHash{}))
    return refuse("A cut names a number and the header that ends there, or neither when nothing of the device counts.");
  if (!device.cut) return {};
  if (cut.number < device.cut->number) return refuse("What of that device counts already counts for ever: its cut is never lowered.");
  if (cut.number == device.cut->number && cut.header_hash != device.cut->header_hash)
    return refuse("That device's cut stands at this number with another header, and is not moved.");
  return {};
}

}  // namespace

void forget_in_snapshot(Charter& charter, DeviceNumber device) {
  if (charter.snapshot) std::erase_if(charter.snapshot->heads, [&](const SnapshotHead& held) { return held.device == device; });
}

Charter first_charter(const OrganisationId& organisation, const ScopeId& scope, const Delegation& delegation, Millis now) {
  Charter charter;
  charter.organisation = organisation;
  charter.scope = scope;
  charter.number = 1;
  charter.written_quarter = now.value / quarter_millis;
  charter.delegation = delegation;
  return charter;
}

Charter next_charter(const Charter& held, Millis now) {
  CHECK(held.number != 0);
  Charter charter = held;
  charter.previous = held.hash;
  charter.hash = {};
  ++charter.number;
  charter.written_quarter = std::max<std::int64_t>(held.written_quarter, now.value / quarter_millis);
  return charter;
}

Result<DeviceNumber> add_device(Charter& charter, CharterDevice device) {
  if (charter.devices.size() >= max_charter_devices)
    return fail(ErrorCode::limit, "A scope lists at most 4,096 devices, and this one does already.");
  DeviceNumber highest = 0;
  for (const CharterDevice& known : charter.devices) {
    highest = std::max(highest, known.number);
    if (known.id == device.id) return refuse("That device is listed already: a device that was cut comes back as a new one.");
    if (known.signing_key == device.signing_key) return refuse("A device with that signing key is listed already.");
  }
  device.number = highest + 1;
  device.state = DeviceState::active;
  device.cut.reset();
  charter.devices.push_back(device);
  return highest + 1;
}

Status end_device(Charter& charter, DeviceNumber number, DeviceState state, const Cut& cut) {
  CharterDevice* device = find(charter, number);
  if (device == nullptr) return refuse("The charter lists no such device.");
  if (state == DeviceState::active) return refuse("A device that was cut never becomes active again: it comes back as a new one.");
  if (state < device->state) return refuse("A device that was closed or wiped stays so.");
  TRY_STATUS(check_cut(*device, cut));
  device->state = state;
  device->cut = cut;
  take_keys_away(charter, number);
  forget_snapshot_past(charter, number, cut);
  return {};
}

Status cut_device(Charter& charter, DeviceNumber device, const Cut& cut) { return end_device(charter, device, DeviceState::cut, cut); }
Status close_device(Charter& charter, DeviceNumber device, const Cut& cut) { return end_device(charter, device, DeviceState::closed, cut); }
Status wipe_device(Charter& charter, DeviceNumber device, const Cut& cut) { return end_device(charter, device, DeviceState::wiped, cut); }

Status raise_cut(Charter& charter, DeviceNumber number, const Cut& cut) {
  CharterDevice* device = find(charter, number);
  if (device == nullptr) return refuse("The charter lists no such device.");
  if (!device->cut) return refuse("That device is active: all of it counts.");
  TRY_STATUS(check_cut(*device, cut));
  device->cut = cut;
  return {};
}

Status set_sealing_key(Charter& charter, DeviceNumber number, const crypto::SealingPublicKey& key) {
  CharterDevice* device = find(charter, number);
  if (device == nullptr) return refuse("The charter lists no such device.");
  if (device->state != DeviceState::active) return refuse("Nothing is sealed any more to a device that is not active.");
  if (device->sealing_key == key) return {};
  device->sealing_key = key;
  std::erase_if(charter.keyring, [&](const KeyringEntry& entry) { return entry.device == number; });
  return {};
}

Status add_ruling(Charter& charter, const Ruling& ruling) {
  if (charter.device(ruling.device) == nullptr) return refuse("A ruling is about a device that the charter lists.");
  if (std::ranges::find(charter.rulings, ruling) != charter.rulings.end()) return {};
  if (charter.rulings.size() >= max_charter_rulings) return fail(ErrorCode::limit, "A charter holds at most 4,096 rulings.");
  charter.rulings.push_back(ruling);
  return {};
}

Status name_snapshot(Charter& charter, SnapshotReference snapshot) {
  for (const SnapshotHead& head : snapshot.heads) {
    const CharterDevice* device = charter.device(head.device);
    if (device == nullptr) return refuse("A snapshot holds a device that the charter does not list.");
    if (device->cut && exceeds(head.head, *device->cut)) return refuse("A snapshot holds more of a device than counts.");
    if (std::ranges::count(snapshot.heads, head.device, &SnapshotHead::device) > 1) return refuse("A snapshot names a device twice.");
  }
  if (charter.snapshot) {
    for (const SnapshotHead& held : charter.snapshot->heads) {
      const auto next = std::ranges::find(snapshot.heads, held.device, &SnapshotHead::device);
      if (next == snapshot.heads.end() || next->head.number < held.head.number)
        return refuse("A snapshot holds less of a device than the one before it.");
    }
  }
  charter.snapshot = std::move(snapshot);
  return {};
}

Status set_delegation(Charter& charter, const Delegation& delegation) {
  const Delegation& held = charter.delegation;
  if (delegation.number < held.number) return refuse("That delegation was replaced by a later one.");
  if (delegation.number == held.number && delegation.key != held.key) return refuse("There are two delegations of that number.");
  if (delegation.expires_quarter < charter.written_quarter)
    return refuse("That delegation has ended: the organisation must make a new one.");
  charter.delegation = delegation;
  return {};
}

Status raise_lowest_suite(Charter& charter, std::uint8_t suite) {
  if (suite < charter.lowest_suite) return refuse("The lowest suite that is accepted never falls.");
  if (suite > suite_1) return fail(ErrorCode::version, "This release does not know that suite.");
  charter.lowest_suite = suite;
  return {};
}

Status raise_rule_number(Charter& charter, std::uint32_t rule_number) {
  if (rule_number < charter.rule_number) return refuse("The number of the merge rules never falls.");
  charter.rule_number = rule_number;
  return {};
}

}  // namespace huisbord
