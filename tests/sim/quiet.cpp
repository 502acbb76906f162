// SPDX-License-Identifier: GPL-3.0-or-later
// The quiet points: every fault ends, everybody synchronises until nothing moves, and then everything must be right.
#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/witness_log.h"
#include "tests/sim/simulation.h"

namespace huisbord::sim {

void Simulation::quiet() {
  say("it becomes quiet");
  relay_->turn(Hostility::none, 0, 0);
  for (const auto& machine : machines_) {
    machine->line.cut = machine->line.power_goes_after_put = false;
    machine->disk.fill(false);
    machine->disk.die_at(0);
    machine->line.deliver_late();
    if (machine->gone) continue;
    // The office notices when its own machine shows a wrong day; the kiosks' clocks stay as they are.
    if (machine->device_class() == DeviceClass::desk) machine->clock.setting = MachineClock::Setting::right;
    if (machine->noticed_dead_disk(random_) || !machine->on()) start(*machine);
  }
  // Signed desk time for kiosks that have no right clock.
  for (const ScopeId& scope : office_.scopes()) office_.write(scope, now_);
  hand_to_desks();
  settle();
  if (retire_the_stuck()) settle();
  check_tables();
  check_told();
  check_money();
  require(!relay_->saw_plaintext(), "the relay saw something in the clear");
}

/// Everybody synchronises over good lines until all hold what the relay holds.
void Simulation::settle() {
  struct Kept {
    std::uint32_t loss, again;
  };
  std::vector<Kept> kept;
  for (const auto& machine : machines_) kept.push_back({machine->line.loss_percent, machine->line.again_percent});
  constexpr int turns = 6;
  for (int turn = 0; turn < turns; ++turn) {
    // In the last ones no time passes, so that nobody has a new day's witness to write.
    if (turn < 4) now_.value += std::int64_t{70} * 60'000;
    for (const auto& machine : machines_) {
      if (!machine->on()) continue;
      machine->line.loss_percent = machine->line.again_percent = 0;
      // The desk's signed time reaches machines that have no right clock.
      if (turn == 1 && machine->device_class() == DeviceClass::desk && !machine->gone)
        for (const ScopeId& scope : office_.scopes()) (void)machine->vault().record_witness(scope);
      if (turn < 4) (void)machine->round();
      const RoundReport report = machine->round();
      require(!report.failure, "over a good line a round ends in: " + (report.failure ? report.failure->sentence : std::string()));
    }
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    machines_[i]->line.loss_percent = kept[i].loss;
    machines_[i]->line.again_percent = kept[i].again;
    if (machines_[i]->on()) require(machines_[i]->vault().pass_time().has_value(), "the passing of time fails");
  }
}

/// A device that was copied or rolled back and cannot go on is cut where the relay knows it, and another takes its place.
bool Simulation::retire_the_stuck() {
  std::set<DeviceNumber> stuck;
  for (const auto& machine : machines_) {
    if (machine->gone || !doubtful_.contains(machine->number())) continue;
    const RoundReport report = machine->round();
    if (machine->vault().must_become_new() || !report.clean() || relay_->saw_fork(machine->number())) stuck.insert(machine->number());
  }
  for (const DeviceNumber device : stuck) {
    const auto one = std::ranges::find_if(machines_, [&](const auto& machine) { return machine->number() == device; });
    const DeviceClass device_class = (*one)->device_class();
    cut_device(device, true);
    replace(device_class);
  }
  if (stuck.empty()) return false;
  hand_to_desks();
  return true;
}

/// Who wrote by a clock that runs ahead: its own screens show what waits everywhere else.
std::set<DeviceNumber> Simulation::waiting_authors() const {
  std::set<DeviceNumber> authors;
  for (const ScopeId& scope : office_.scopes())
    for (const RelayDouble::Kept& one : relay_->kept(scope))
      if (waits(Stamp{one.header.last_stamp}, now_) && !office_.charter(scope).freed(one.header, one.hash))
        authors.insert(one.header.device);
  return authors;
}

void Simulation::check_tables() {
  Rules rules(office_, *relay_, now_);
  for (const ScopeId& scope : office_.scopes()) {
    const auto heads = rules.heads(scope);
    std::map<std::pair<DeviceClass, Week>, std::vector<TableDigest>> expected;
    for (const auto& machine : machines_) {
      if (!machine->on()) continue;
      Vault& vault = machine->vault();
      const std::string who = "device " + std::to_string(machine->number()) + " in scope " + (scope == office_.org() ? "org" : "house");
      if (machine->gone) {
        const auto cut = office_.charter(scope).device(machine->number())->cut;
        for (const Head& head : must(vault.heads(scope)))
          require(
              head.device != machine->number() || vault.charter_number(scope) < office_.charter(scope).number || head.number <= cut->number,
              who + " counts what lies beyond its own cut");
        continue;
      }
      if (waiting_authors().contains(machine->number())) continue;
      require(vault.charter_number(scope) == office_.charter(scope).number, who + " has an old charter");
      const std::int64_t off = vault.trusted_now().value - now_.value;
      require(std::abs(off) < std::int64_t{24} * 3'600'000, who + " is wrong about the time by hours: " + std::to_string(off / 3'600'000));
      std::map<DeviceNumber, OperationNumber> held;
      for (const Head& head : must(vault.heads(scope))) held[head.device] = head.number;
      if (held != heads) {
        std::string sentence = who + " holds another set (device:held/right):";
        for (const auto& [device, number] : heads) held.try_emplace(device, 0);
        for (const auto& [device, number] : held) {
          const auto right = heads.contains(device) ? heads.at(device) : 0;
          sentence += " " + std::to_string(device) + ":" + std::to_string(number) + "/" + std::to_string(right);
        }
        require(false, sentence);
      }
      const Week week = week_of(Day{static_cast<std::int32_t>(vault.trusted_now().value / 86'400'000)});
      auto& right = expected[{machine->device_class(), week}];
      if (right.empty()) right = rules.digests(scope, machine->device_class(), week);
      const auto digests = must(vault.digests(scope));
      if (digests != right) {
        std::string sentence = who + " has other tables:";
        for (const TableDigest& one : digests)
          if (std::ranges::find(right, one) == right.end()) sentence += " +" + std::to_string(one.table) + "/" + std::to_string(one.week);
        for (const TableDigest& one : right)
          if (std::ranges::find(digests, one) == digests.end())
            sentence += " -" + std::to_string(one.table) + "/" + std::to_string(one.week);
        require(false, sentence);
      }
    }
  }
  check_findings();
  Machine* machine = any_machine();
  if (machine != nullptr && chance(5)) {
    const VerifyReport report = must(machine->vault().verify());
    require(report.sound(), "a store does not verify: " + (report.faults.empty() ? std::string() : report.faults.front()));
  }
}

/// Where everybody was honest nobody is accused.
void Simulation::check_findings() {
  if (weather_.hostile || weather_.rogue || weather_.rollback || weather_.clone || weather_.wrong_clocks) return;
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone) continue;
    for (const ScopeId& scope : office_.scopes())
      for (const Finding& finding : must(machine->vault().witness_log()->kept(scope)))
        require(finding.kind == Finding::Kind::nothing_from_office,
                "device " + std::to_string(machine->number()) + " accuses: " + sentence_of(finding));
  }
}

void Simulation::check_told() {
  for (const auto& [where, number] : ledger_.told) {
    const RelayDouble::Kept* last = relay_->last_of(where.first, where.second);
    const OperationNumber arrived = last == nullptr ? 0 : last->header.last();
    require(arrived >= number, "device " + std::to_string(where.second) + " told people that its change " + std::to_string(number) +
                                   " is stored; what arrived ends at " + std::to_string(arrived));
  }
}

void Simulation::check_money() {
  const auto desk = std::ranges::find_if(
      machines_, [](const auto& machine) { return machine->on() && !machine->gone && machine->device_class() == DeviceClass::desk; });
  if (desk == machines_.end()) return;
  // What still waits for its time is told, and not yet in the sums.
  const std::set<DeviceNumber> waiting = waiting_authors();
  for (const Office::Resident& resident : office_.residents) {
    const bool erased = office_.charter(office_.house()).is_erased(resident.id);
    auto opened = (*desk)->vault().open_person(office_.house(), resident.id, resident.key);
    // With nothing in it but boxes of the thief's, a record looks like another person's.
    if (!opened && opened.error().code == ErrorCode::seal) opened = PersonRecord();
    const PersonRecord record = must(std::move(opened));
    std::map<EntryId, Cents> found;
    Cents sum;
    for (const StoredEntry& one : record.entries) {
      found[one.entry.id] = one.entry.amount;
      sum += one.entry.amount;
    }
    require(balance([&] {
              std::vector<Entry> entries;
              for (const StoredEntry& one : record.entries) entries.push_back(one.entry);
              return entries;
            }()) == sum,
            "a balance is not the sum of its entries");
    if (erased) {
      require(found.empty(), "an erased person still has entries");
      continue;
    }
    for (const auto& [id, cents] : found) {
      const auto line = ledger_.entries.find(id);
      require(line != ledger_.entries.end() && line->second.cents == cents && line->second.person == resident.id,
              "an entry that nobody wrote");
    }
    for (const auto& [id, line] : ledger_.entries) {
      if (line.person != resident.id || !line.sure || line.by_staff || doubtful_.contains(line.device) || waiting.contains(line.device))
        continue;
      require(found.contains(id), "an entry of device " + std::to_string(line.device) + " that was told as stored is not there");
    }
  }
}

}  // namespace huisbord::sim
