// SPDX-License-Identifier: GPL-3.0-or-later
// What must be right at a quiet point.
#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/witness_log.h"
#include "tests/sim/simulation.h"

namespace huisbord::sim {

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
  // What only a relay held that lost its memory, and what came from devices that are gone, is nowhere.
  Rules::Held desks;
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone || machine->device_class() != DeviceClass::desk) continue;
    for (const ScopeId& scope : office_.scopes())
      for (const Head& head : must(machine->vault().heads(scope))) {
        auto& number = desks[{scope, head.device}];
        number = std::max(number, head.number);
      }
  }
  Rules rules(office_, *relay_, now_, desks);
  const auto waiting = waiting_authors();
  for (const auto& machine : machines_) {
    if (!machine->on()) continue;
    for (const ScopeId& scope : office_.scopes()) {
      Vault& vault = machine->vault();
      if (machine->gone) {
        const auto cut = office_.charter(scope).device(machine->number())->cut;
        for (const Head& head : must(vault.heads(scope)))
          require(
              head.device != machine->number() || vault.charter_number(scope) < office_.charter(scope).number || head.number <= cut->number,
              name_of(*machine) + " counts what lies beyond its own cut");
      } else if (!waiting.contains(machine->number())) {
        check_tables_of(*machine, scope, rules);
      }
    }
  }
}

void Simulation::check_tables_of(Machine& machine, const ScopeId& scope, Rules& rules) {
  Vault& vault = machine.vault();
  const std::string who = name_of(machine) + " in scope " + (scope == office_.org() ? "org" : "house");
  require(vault.charter_number(scope) == office_.charter(scope).number, who + " has an old charter");
  const std::int64_t off = vault.trusted_now().value - now_.value;
  require(std::abs(off) < std::int64_t{24} * 3'600'000, who + " is wrong about the time by hours: " + std::to_string(off / 3'600'000));
  const auto right_heads = rules.heads(scope);
  std::map<DeviceNumber, OperationNumber> held;
  for (const Head& head : must(vault.heads(scope))) held[head.device] = head.number;
  if (held != right_heads) {
    std::string sentence = who + " holds another set (device:held/right):";
    // Of a device that is gone, a kiosk may hold more than a desk and a relay that lost its memory: it is not its to give.
    bool of_the_gone_alone = relay_->forgot() && machine.device_class() == DeviceClass::kiosk;
    for (const auto& [device, number] : right_heads) held.try_emplace(device, 0);
    for (const auto& [device, number] : held) {
      const auto right = right_heads.contains(device) ? right_heads.at(device) : 0;
      sentence += " " + std::to_string(device) + ":" + std::to_string(number) + "/" + std::to_string(right);
      of_the_gone_alone = of_the_gone_alone && (number == right || (number > right && cut_.contains(device)));
    }
    if (of_the_gone_alone) return;
    require(false, sentence);
  }
  const Week week = week_of(Day{static_cast<std::int32_t>(vault.trusted_now().value / 86'400'000)});
  const auto& right = rules.digests(scope, machine.device_class(), week, machine.newest_kind());
  const auto digests = must(vault.digests(scope));
  if (digests == right) return;
  std::string sentence = who + " has other tables:";
  for (const TableDigest& one : digests)
    if (std::ranges::find(right, one) == right.end()) sentence += " +" + std::to_string(one.table) + "/" + std::to_string(one.week);
  for (const TableDigest& one : right)
    if (std::ranges::find(digests, one) == digests.end()) sentence += " -" + std::to_string(one.table) + "/" + std::to_string(one.week);
  for (const std::string& fault : must(vault.verify()).faults) sentence += "; " + fault;
  require(false, sentence);
}

void Simulation::check_stores() {
  Stream& stream = draws_.of("verify");
  Machine* machine = any_machine(stream);
  if (!stream.chance(5) || machine == nullptr) return;
  const VerifyReport report = must(machine->vault().verify());
  require(report.sound(), "a store does not verify: " + (report.faults.empty() ? std::string() : report.faults.front()));
}

/// Nobody is accused who did nothing.
void Simulation::check_findings() {
  for (const Adversity what : {Adversity::hostile, Adversity::rogue, Adversity::rollback, Adversity::clone, Adversity::wrong_clocks})
    if (has(what)) return;
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone) continue;
    for (const ScopeId& scope : office_.scopes())
      for (const Finding& finding : must(machine->vault().witness_log()->kept(scope))) {
        if (finding.kind == Finding::Kind::nothing_from_office) continue;
        // An answer of long ago is a relay's that gives old answers; one that lost its memory did lose it.
        if (finding.is_of_relay() && (has(Adversity::repeats) || relay_->forgot())) continue;
        if (relay_->forgot() && (finding.kind == Finding::Kind::withheld || finding.kind == Finding::Kind::shown_old_state)) continue;
        require(false, name_of(*machine) + " accuses: " + sentence_of(finding));
      }
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
  Machine* desk = any_desk();
  if (desk == nullptr) return;
  // What still waits for its time is told, and not yet in the sums.
  const std::set<DeviceNumber> waiting = waiting_authors();
  for (const Office::Resident& resident : office_.residents) {
    const bool erased = office_.charter(office_.house()).is_erased(resident.id);
    auto opened = desk->vault().open_person(office_.house(), resident.id, resident.key);
    // With nothing in it but boxes of the thief's, a record looks like another person's.
    if (!opened && opened.error().code == ErrorCode::seal) opened = PersonRecord();
    const PersonRecord record = must(std::move(opened));
    std::map<EntryId, Cents> found;
    Cents sum;
    std::vector<Entry> entries;
    for (const StoredEntry& one : record.entries) {
      found[one.entry.id] = one.entry.amount;
      sum += one.entry.amount;
      entries.push_back(one.entry);
    }
    require(balance(entries) == sum, "a balance is not the sum of its entries");
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
      if (line.person != resident.id || !line.sure || line.by_staff) continue;
      if (waiting.contains(line.device) || waiting.contains(line.by->number())) continue;
      require(found.contains(id), "an entry of device " + std::to_string(line.device) + " that was told as stored is not there");
    }
  }
}

}  // namespace huisbord::sim
