// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong with lines, power, disks, clocks, cards and copies, and what thieves and hostile relays do.
#include <algorithm>
#include <array>

#include "tests/sim/foundation.h"
#include "tests/sim/simulation.h"

namespace huisbord::sim {

namespace {

/// What a relay takes back to no harm when it is honest again.
constexpr std::array hostilities = {Hostility::freeze,  Hostility::freeze_one, Hostility::withhold,   Hostility::replay,
                                    Hostility::reorder, Hostility::alter,      Hostility::swap_scope, Hostility::swap_organisation,
                                    Hostility::delay,   Hostility::other_epoch};

}  // namespace

void Simulation::trouble(Adversity what, Stream& stream) {
  switch (what) {
    case Adversity::repeats:
      say("what was late arrives");
      for (const auto& one : machines_) one->line.deliver_late();
      return;
    case Adversity::long_times:
      now_.value += week_ms + stream.below(40) * (week_ms / 7);
      return say("weeks go by");
    case Adversity::rogue:
      if (cut_.contains(rogue_->number())) return;
      if (stream.chance(12)) {
        say("the stolen keys fork");
        return rogue_->fork(now_);
      }
      say("the stolen keys write");
      return rogue_->write(now_, stream.chance(15));
    case Adversity::hostile:
      relay_->turn(hostilities[stream.pick(hostilities.size())], 1 + stream.below(5), stream.next());
      return say("the relay turns to " + std::to_string(static_cast<int>(relay_->hostility())));
    case Adversity::lapse:
      return lapse(stream);
    case Adversity::keys:
      return pass_months(stream);
    case Adversity::wipe: {
      const bool all = stream.chance(60);
      const Millis moment{now_.value - static_cast<std::int64_t>(1 + stream.below(60)) * 60 * minute_ms};
      relay_->forget_since(all ? Millis{0} : moment);
      rogue_->give_again();
      return say(all ? "the relay loses its memory" : "the relay is put back some hours");
    }
    case Adversity::epochs:
    case Adversity::cuts:
    case Adversity::erasure:
    case Adversity::joins:
    case Adversity::rulings:
    case Adversity::snapshots:
      return decide(what, stream);
    default:
      break;
  }
  if (what == Adversity::restarts && stream.chance(50)) {
    // Whatever is off begins again.
    for (const auto& one : machines_)
      if (!one->gone && !one->on()) start(*one);
    return;
  }
  Machine* machine = what == Adversity::releases || what == Adversity::roles_last ? any_kiosk(stream) : any_machine(stream);
  if (machine == nullptr) return;
  const std::string who = name_of(*machine);
  switch (what) {
    case Adversity::partition:
      machine->line.cut = !machine->line.cut;
      return say(who + (machine->line.cut ? " loses its line" : " has its line again"));
    case Adversity::restarts:
      machine->stop();
      return start(*machine);
    case Adversity::crashes:
      return cut_power(*machine, stream);
    case Adversity::full_disks:
      machine->disk.fill(!machine->disk.full());
      return say(who + (machine->disk.full() ? " has a full disk" : " has room again"));
    case Adversity::failing_syncs:
      machine->disk.fail_syncs(1 + stream.below(6));
      return say(who + " has a disk that fails to sync");
    case Adversity::wrong_clocks:
      machine->clock.setting = static_cast<MachineClock::Setting>(stream.below(3));
      return say(who + " has clock " + std::to_string(static_cast<int>(machine->clock.setting)));
    case Adversity::rollback:
      return take_or_put_card(*machine);
    case Adversity::clone:
      return clone(*machine);
    case Adversity::releases:
      if (machine->newest_kind() == the_merge_rules().newest_kind) return;
      machine->update();
      say(who + " gets the new release");
      return start(*machine);
    case Adversity::roles_last:
      if (machine->line.silent)
        machine->line.silent.reset();
      else
        machine->line.silent = stream.chance(75) ? office_.org() : office_.house();
      return say(who + (machine->line.silent ? " hears nothing of one scope" : " hears of both scopes again"));
    default:
      return;
  }
}

void Simulation::start(Machine& machine) {
  const Status opened = machine.start();
  if (machine.noticed_dead_disk(draws_.of("torn").random())) return;
  const bool explained = opened || disk_says(machine, opened.error().code);
  require(explained, "the store of " + name_of(machine) + " does not open: " + (opened ? std::string() : opened.error().sentence));
}

void Simulation::cut_power(Machine& machine, Stream& stream) {
  const std::string who = name_of(machine);
  switch (stream.below(3)) {
    case 0:
      say(who + " loses power");
      return machine.cut_power(draws_.of("torn").random());
    case 1:
      say(who + " will lose power in the middle of writing");
      return machine.disk.die_at(1 + stream.below(40));
    default:
      say(who + " will lose power between a put and its receipt");
      machine.line.power_goes_after_put = true;
  }
}

void Simulation::take_or_put_card(Machine& machine) {
  const auto known = images_.find(&machine);
  if (known != images_.end()) {
    say(name_of(machine) + " runs from an image of its card");
    doubtful_.insert(machine.number());
    desk_went_back_ = desk_went_back_ || machine.device_class() == DeviceClass::desk;
    std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == machine.number(); });
    // What it wrote since then went with the card, but for what had left it.
    for (auto& [id, line] : ledger_.entries)
      if (line.by == &machine && line.order > known->second.order) line.sure = false;
    machine.load_image(known->second.path);
    if (known->second.number != machine.number()) become_former(machine, known->second, stream(Adversity::rollback));
    images_.erase(known);
  } else {
    images_[&machine] = {fresh_subfolder("image-"), ledger_.entries.size(), machine.number(), machine.id()};
    machine.save_image(images_[&machine].path);
  }
  start(machine);
}

void Simulation::become_former(Machine& machine, const Image& image, Stream& stream) {
  const DeviceNumber meanwhile = machine.number();
  machine.renumber(image.number, image.id);
  say("device " + std::to_string(meanwhile) + " is device " + std::to_string(image.number) + " again");
  doubtful_.insert(image.number);
  std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == image.number; });
  machine.gone = cut_.contains(image.number);
  for (auto& [id, line] : ledger_.entries)
    if (machine.gone && line.by == &machine) line.sure = false;
  const bool goes_on = std::ranges::any_of(machines_, [&](const auto& one) { return !one->gone && one->number() == meanwhile; });
  if (goes_on || cut_.contains(meanwhile)) return;
  cut_device(meanwhile, true, stream);
  publish_charters();
  hand_to_desks();
}

void Simulation::clone(Machine& machine) {
  if (machines_.size() >= most_machines) return;
  say(name_of(machine) + " is copied");
  doubtful_.insert(machine.number());
  std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == machine.number(); });
  const auto folder = fresh_subfolder("copy-");
  std::filesystem::create_directories(folder);
  machine.save_image(folder / "vault.db");
  start(machine);
  Device same;
  same.id = machine.id();
  same.number = machine.number();
  same.device_class = machine.device_class();
  join(same, folder, machine.newest_kind());
}

/// Nine weeks and more without a line, in which the others go on and the office makes snapshots; then it hands in what it wrote.
void Simulation::lapse(Stream& stream) {
  Machine* kiosk = any_kiosk(stream);
  if (kiosk == nullptr) return;
  say(name_of(*kiosk) + " lapses");
  for (int i = 0; i < 3 && kiosk->on(); ++i) act(*kiosk);
  for (std::uint32_t weeks = 9 + stream.below(3); weeks > 0; --weeks) {
    now_.value += week_ms;
    for (const auto& one : machines_) {
      if (one.get() == kiosk || one->gone || !one->on() || one->line.cut) continue;
      if (stream.chance(40)) act(*one);
      if (one->on()) sync(*one);
    }
    if (weeks == 3 || weeks == 6)
      for (const ScopeId& scope : office_.scopes()) make_snapshot(scope);
  }
  if (kiosk->on()) act(*kiosk);
  if (kiosk->on()) sync(*kiosk);
}

}  // namespace huisbord::sim
