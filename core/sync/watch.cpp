// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of PROTOCOL.md 10, in its order.
#include "core/sync/watch.h"

#include <algorithm>

namespace huisbord {
namespace {

constexpr std::int64_t day_quarters = 96;

const CharterDevice* listed(const Watched& watched, DeviceNumber device) {
  const auto found = std::ranges::find(watched.devices, device, &CharterDevice::number);
  return found == watched.devices.end() ? nullptr : &*found;
}

bool is_active(const Watched& watched, DeviceNumber device) {
  const CharterDevice* entry = listed(watched, device);
  return entry != nullptr && entry->state == DeviceState::active;
}

OperationNumber received_of(const Watched& watched, DeviceNumber device) {
  const auto found = std::ranges::find(watched.received, device, &Head::device);
  return found == watched.received.end() ? 0 : found->number;
}

OperationNumber named(const Witness& witness, DeviceNumber device) {
  const auto found = std::ranges::find(witness.heads, device, &WitnessHead::device);
  return found == witness.heads.end() ? 0 : found->number;
}

std::vector<const HeldWitness*> of_device(std::span<const HeldWitness> witnesses, DeviceNumber device) {
  std::vector<const HeldWitness*> all;
  for (const HeldWitness& one : witnesses)
    if (one.device == device) all.push_back(&one);
  return all;
}

/// Same charter, release, roles, class and week, and the same operations but for witnesses.
bool comparable(const Watched& watched, const HeldWitness& a, const HeldWitness& b) {
  if (a.witness.charter != b.witness.charter || a.witness.kinds != b.witness.kinds || a.witness.roles != b.witness.roles) return false;
  const auto week = [](const HeldWitness& one) {
    return week_of(Day{static_cast<std::int32_t>(one.witness.trusted_quarter / day_quarters)}).value;
  };
  if (week(a) != week(b)) return false;
  return std::ranges::all_of(watched.devices, [&](const CharterDevice& device) {
    const OperationNumber one = named(a.witness, device.number);
    const OperationNumber two = named(b.witness, device.number);
    const OperationNumber low = std::min(one, two);
    const OperationNumber high = std::max(one, two);
    return low == high || (watched.only_witnesses && watched.only_witnesses(device.number, low, high));
  });
}

}  // namespace

std::vector<Finding> withheld(const Watched& watched) {
  std::map<DeviceNumber, OperationNumber> missing;
  for (const HeldWitness& one : watched.read_before) {
    if (one.device == watched.own || !is_active(watched, one.device)) continue;
    for (const WitnessHead& head : one.witness.heads) {
      const CharterDevice* device = listed(watched, head.device);
      // Our own numbers come from no relay; what lies past a cut is handed out to nobody.
      if (device == nullptr || head.device == watched.own) continue;
      if (device->cut && head.number > device->cut->number) continue;
      const auto floor = watched.floor.find(head.device);
      if (floor != watched.floor.end() && head.number <= floor->second) continue;
      if (received_of(watched, head.device) < head.number) missing[head.device] = std::max(missing[head.device], head.number);
    }
  }
  std::vector<Finding> findings;
  for (const auto& [device, number] : missing) findings.push_back({Finding::Kind::withheld, device, number, 0});
  return findings;
}

std::vector<Finding> forked(const Watched& watched) {
  std::vector<Finding> findings;
  for (const ForkReport& report : watched.forks) {
    const auto first = parse_evidence(report.first);
    const auto second = parse_evidence(report.second);
    const CharterDevice* device = listed(watched, report.device);
    if (!first || !second || device == nullptr || first->header.device != report.device) continue;
    // Whoever is cut is dealt with.
    if (device->state != DeviceState::active || !is_fork(*first, *second, device->signing_key)) continue;
    findings.push_back({Finding::Kind::device_forked, report.device, std::max(first->header.first, second->header.first), 0});
  }
  return findings;
}

std::vector<Finding> shown_old_state(const Watched& watched) {
  std::vector<Finding> findings;
  const auto own = of_device(watched.witnesses, watched.own);
  for (const CharterDevice& device : watched.devices) {
    if (device.device_class != DeviceClass::kiosk || device.state != DeviceState::active) continue;
    const auto theirs = of_device(watched.witnesses, device.number);
    // A witness of ours has its receipt when the next one is written, so it was at the relay by then.
    for (std::size_t i = own.size(); i-- > 1;) {
      const OperationNumber number = own[i - 1]->number;
      const std::int64_t there_since = own[i]->witness.trusted_quarter;
      const auto lacks = [&](const HeldWitness* one) {
        return one->witness.trusted_quarter > there_since && named(one->witness, watched.own) < number;
      };
      const auto first = std::ranges::find_if(theirs, lacks);
      if (first == theirs.end() || !lacks(theirs.back())) continue;
      if (theirs.back()->witness.trusted_quarter - (*first)->witness.trusted_quarter < day_quarters) continue;
      findings.push_back({Finding::Kind::shown_old_state, device.number, number, there_since});
      break;
    }
  }
  return findings;
}

std::vector<Finding> nothing_from_office(const Watched& watched) {
  const auto own = of_device(watched.witnesses, watched.own);
  if (own.empty()) return {};
  std::optional<std::int64_t> heard;
  for (const HeldWitness& one : watched.witnesses) {
    const CharterDevice* device = listed(watched, one.device);
    if (device != nullptr && device->device_class == DeviceClass::desk) heard = std::max(heard.value_or(0), one.witness.trusted_quarter);
  }
  // No desk ever: since the first day that this kiosk knows of.
  const std::int64_t newest = heard.value_or(own.front()->witness.trusted_quarter);
  // Each own witness since then is a day on which the relay answered to the end.
  const auto days = std::ranges::count_if(own, [&](const HeldWitness* one) { return one->witness.trusted_quarter > newest; });
  if (days < 3 || own.back()->witness.trusted_quarter - newest < 3 * day_quarters) return {};
  return {{Finding::Kind::nothing_from_office, 0, 0, newest}};
}

std::vector<Finding> tables_differ(const Watched& watched) {
  std::vector<Finding> findings;
  const auto own = of_device(watched.witnesses, watched.own);
  const CharterDevice* self = listed(watched, watched.own);
  if (own.size() < 2 || self == nullptr) return findings;
  for (const CharterDevice& device : watched.devices) {
    if (device.number == watched.own || device.device_class != self->device_class || device.state != DeviceState::active) continue;
    const auto theirs = of_device(watched.witnesses, device.number);
    if (theirs.size() < 2) continue;
    // Twice in a row: once may be a change at the moment in which a witness was made.
    const auto differ = [&](const HeldWitness& a, const HeldWitness& b) {
      return comparable(watched, a, b) && a.witness.digest != b.witness.digest;
    };
    if (differ(*own.back(), *theirs.back()) && differ(*own[own.size() - 2], *theirs[theirs.size() - 2]))
      findings.push_back({Finding::Kind::tables_differ, device.number, 0, 0});
  }
  return findings;
}

std::vector<Finding> judge(const Watched& watched) {
  std::vector<Finding> all;
  const CharterDevice* self = listed(watched, watched.own);
  const bool desk = self != nullptr && self->device_class == DeviceClass::desk;
  for (const auto& part :
       {withheld(watched), forked(watched), desk ? shown_old_state(watched) : nothing_from_office(watched), tables_differ(watched)})
    all.insert(all.end(), part.begin(), part.end());
  std::ranges::sort(all);
  const auto twice = std::ranges::unique(all);
  all.erase(twice.begin(), twice.end());
  return all;
}

}  // namespace huisbord
