// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong: lines, power, disks, clocks, cards, copies, thieves; and what the office then decides.
#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "tests/sim/foundation.h"
#include "tests/sim/simulation.h"

namespace huisbord::sim {

void Simulation::trouble() {
  Machine* machine = any_machine();
  switch (random_.below(14)) {
    case 0:
    case 1:
      if (machine == nullptr) return;
      machine->line.cut = !machine->line.cut;
      return say("device " + std::to_string(machine->number()) + (machine->line.cut ? " loses its line" : " has its line again"));
    case 2:
      if (machine == nullptr) return;
      machine->stop();
      start(*machine);
      return say("device " + std::to_string(machine->number()) + " starts again");
    case 3:
      if (machine != nullptr && weather_.crashes) power_cut(*machine);
      return;
    case 4:
      // Whatever is off begins again.
      for (const auto& one : machines_)
        if (!one->gone && !one->on()) start(*one);
      return;
    case 5:
      if (machine == nullptr || !weather_.full_disks) return;
      machine->disk.fill(chance(50));
      return;
    case 6:
      if (machine == nullptr || !weather_.wrong_clocks) return;
      machine->clock.setting = static_cast<MachineClock::Setting>(random_.below(3));
      return say("device " + std::to_string(machine->number()) + " has clock " + std::to_string(static_cast<int>(machine->clock.setting)));
    case 7:
      if (machine != nullptr && weather_.rollback) take_or_put_card(*machine);
      return;
    case 8:
      if (machine != nullptr && weather_.clone) clone(*machine);
      return;
    case 9:
    case 10:
      if (!weather_.rogue || cut_.contains(rogue_->number())) return;
      if (chance(12)) {
        say("the stolen keys fork");
        return rogue_->fork(now_);
      }
      say("the stolen keys write");
      return rogue_->write(now_, chance(15));
    case 11:
      return change_charters();
    case 12:
      if (!weather_.hostile) return;
      relay_->turn(static_cast<Hostility>(random_.below(8)), 1 + random_.below(5), random_.next());
      return say("the relay turns to " + std::to_string(static_cast<int>(relay_->hostility())));
    default:
      for (const auto& one : machines_) one->line.deliver_late();
  }
}

void Simulation::start(Machine& machine) {
  const Status opened = machine.start();
  if (machine.noticed_dead_disk(random_)) return;
  const bool explained = opened || opened.error().code == ErrorCode::disk_full;
  require(explained, "the store of device " + std::to_string(machine.number()) +
                         " does not open: " + (opened ? std::string() : opened.error().sentence));
}

void Simulation::power_cut(Machine& machine) {
  const std::string who = "device " + std::to_string(machine.number());
  switch (random_.below(3)) {
    case 0:
      say(who + " loses power");
      return machine.cut_power(random_);
    case 1:
      say(who + " will lose power in the middle of writing");
      return machine.disk.die_at(1 + random_.below(40));
    default:
      say(who + " will lose power between a put and its receipt");
      machine.line.power_goes_after_put = true;
  }
}

void Simulation::take_or_put_card(Machine& machine) {
  const auto known = images_.find(&machine);
  const bool put = known != images_.end();
  if (put) {
    say("device " + std::to_string(machine.number()) + " runs from an image of its card");
    doubtful_.insert(machine.number());
    std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == machine.number(); });
    machine.load_image(known->second);
    images_.erase(known);
  } else {
    images_[&machine] = folder_ / ("image-" + std::to_string(++folders_));
    machine.save_image(images_[&machine]);
  }
  start(machine);
}

void Simulation::clone(Machine& machine) {
  if (machines_.size() >= 7) return;
  say("device " + std::to_string(machine.number()) + " is copied");
  doubtful_.insert(machine.number());
  std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == machine.number(); });
  const auto folder = folder_ / ("copy-" + std::to_string(++folders_));
  std::filesystem::create_directories(folder);
  machine.save_image(folder / "vault.db");
  start(machine);
  Device same;
  same.id = machine.id();
  same.number = machine.number();
  same.device_class = machine.device_class();
  join(same, folder);
}

void Simulation::hand_to_desks() {
  // The office's own machine has what the office wrote.
  for (const auto& machine : machines_) {
    if (machine->gone || !machine->on() || machine->device_class() != DeviceClass::desk) continue;
    for (const ScopeId& scope : office_.scopes()) {
      const Status taken = machine->vault().take_charter(office_.charter_bytes(scope));
      if (machine->noticed_dead_disk(random_)) break;
      const bool explained = taken || taken.error().code == ErrorCode::disk_full;
      require(explained, "a desk refuses the office's charter: " + (taken ? std::string() : taken.error().sentence));
    }
    return;
  }
}

void Simulation::cut_device(DeviceNumber device, bool at_last) {
  cut_.insert(device);
  doubtful_.insert(device);
  std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == device; });
  for (const ScopeId& scope : office_.scopes()) {
    std::vector<const RelayDouble::Kept*> all;
    for (const RelayDouble::Kept& one : relay_->kept(scope))
      if (one.header.device == device) all.push_back(&one);
    Cut at;
    if (!all.empty() && (at_last || chance(85))) {
      const RelayDouble::Kept* chosen = at_last ? all.back() : all[pick(all.size())];
      at = {chosen->header.last(), chosen->hash};
    }
    office_.cut(scope, device, at);
    say("device " + std::to_string(device) + " is cut at " + std::to_string(at.number));
  }
  for (const auto& machine : machines_)
    if (machine->number() == device) machine->gone = true;
  if (chance(60))
    for (const ScopeId& scope : office_.scopes()) office_.new_epoch(scope);
}

void Simulation::replace(DeviceClass device_class) {
  const Device device = office_.add_device(device_class);
  for (const ScopeId& scope : office_.scopes()) office_.write(scope, now_);
  join(device, folder_ / ("joined-" + std::to_string(++folders_)));
  say("device " + std::to_string(device.number) + " joins");
}

void Simulation::change_charters() {
  switch (random_.below(7)) {
    case 0:
      for (const ScopeId& scope : office_.scopes()) office_.new_epoch(scope);
      say("a new epoch begins");
      break;
    case 1:
    case 5:
    case 6:
      if (!weather_.cuts) return;
      if (weather_.rogue && chance(60)) {
        if (cut_.contains(rogue_->number())) return;
        cut_device(rogue_->number(), false);
      } else if (chance(30) && machines_.size() < 7) {
        const Machine& kiosk = *machines_[Foundation::desks + pick(Foundation::kiosks)];
        if (kiosk.gone) return;
        cut_device(kiosk.number(), false);
        return replace(DeviceClass::kiosk);
      }
      break;
    case 2:
      if (!weather_.erasure || !office_.charter(office_.house()).erased.empty()) return;
      say("a resident is erased");
      office_.erase(office_.residents[2].id);
      break;
    case 3:
      if (machines_.size() >= 7 || !chance(30)) return;
      return replace(chance(30) ? DeviceClass::desk : DeviceClass::kiosk);
    default:
      if (!weather_.rulings) return;
      for (const ScopeId& scope : office_.scopes())
        for (const RelayDouble::Kept& one : relay_->kept(scope))
          if (waits(Stamp{one.header.last_stamp}, now_) && !office_.charter(scope).freed(one.header, one.hash) && chance(70))
            office_.rule_free(scope, one.header, one.hash);
  }
  for (const ScopeId& scope : office_.scopes()) office_.write(scope, now_);
  if (chance(70)) hand_to_desks();
}

}  // namespace huisbord::sim
