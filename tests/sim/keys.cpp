// SPDX-License-Identifier: GPL-3.0-or-later
// Keys in time, by the product's own office: sealing keys turn, epochs follow one another and end, and what they opened stays (KEYS.md 13).
#include <algorithm>

#include "tests/sim/simulation.h"

namespace huisbord::sim {

void Simulation::tend(Machine& machine) {
  if (!has(Adversity::keys) || machine.gone || !machine.on()) return;
  const Status tended = machine.vault().tend_keys();
  if (machine.noticed_dead_disk(draws_.of("torn").random())) return;
  const bool explained = tended || disk_says(machine, tended.error().code);
  require(explained, "keys are not tended: " + (tended ? std::string() : tended.error().sentence));
}

void Simulation::tend_office() {
  Machine* desk = any_desk();
  if (desk == nullptr || desk->line.cut || desk->disk.full()) return;
  // A desk that is a copy may lack what its other half has witnessed, and begins from no snapshot: the office takes it in again first.
  const auto is_copy = [](const auto& one) {
    return one->on() && !one->gone && one->device_class() == DeviceClass::desk && one->vault().must_become_new();
  };
  if (std::ranges::any_of(machines_, is_copy)) return;
  // Charters are written on one machine, and nobody goes on while it is being mended.
  desk->disk.die_at(0);
  desk->disk.fail_syncs(0);
  hand_to_desks();
  if (!desk->on()) return;
  // As the office's program: after a round in which everything was heard.
  const RoundReport heard = desk->round();
  const bool complete = std::ranges::all_of(heard.scopes, [](const ScopeReport& scope) { return scope.pulled.complete; });
  if (heard.failure || !complete || std::abs(desk->vault().trusted_now().value - now_.value) > week_ms / 7) return;
  huisbord::Office office = office_.at(desk->vault(), draws_.of("keys").random());
  const std::size_t written = must(huisbord::tend_keys(office, today(), options_.epochs));
  office_.adopt(desk->vault());
  if (written > 0) say(std::to_string(written) + " charters follow from keys");
}

void Simulation::tend_now_and_then(const Machine& desk) {
  if (!has(Adversity::keys) || !has_former_epoch() || &desk != any_desk() || !draws_.of("tend").chance(40)) return;
  for (const ScopeId& scope : office_.scopes()) make_snapshot(scope);
  tend_office();
}

bool Simulation::has_ended_epoch() const {
  return std::ranges::any_of(office_.scopes(), [&](const ScopeId& scope) {
    return std::ranges::count_if(office_.charter(scope).epochs, [](const Epoch& epoch) { return epoch.grants.empty(); }) > 0;
  });
}

bool Simulation::has_former_epoch() const {
  return std::ranges::any_of(office_.scopes(), [&](const ScopeId& scope) {
    return std::ranges::count_if(office_.charter(scope).epochs, [](const Epoch& epoch) { return !epoch.grants.empty(); }) > 1;
  });
}

void Simulation::pass_months(Stream& stream) {
  say("months go by");
  for (std::uint32_t left = stream.chance(50) ? 3 : 6; left > 0; --left) {
    now_.value += 3 * week_ms;
    for (const auto& one : machines_) {
      if (one->gone || !one->on()) continue;
      if (stream.chance(40)) act(*one);
      if (one->on()) sync(*one);
    }
    if (left % 3 == 1 && has_former_epoch())
      for (const ScopeId& scope : office_.scopes()) make_snapshot(scope);
    tend_office();
  }
}

void Simulation::everybody_calls() {
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone) continue;
    const GoodLine good(machine->line);
    const RoundReport report = machine->round();
    tell(*machine, report);
    require(!report.failure, "over a good line a round ends in: " + (report.failure ? report.failure->sentence : std::string()));
  }
}

/// What can end does: everybody holds everything by now and says so.
void Simulation::end_epochs() {
  if (!has_former_epoch()) return;
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone) continue;
    tend(*machine);
    for (const ScopeId& scope : office_.scopes()) (void)machine->vault().record_witness(scope);
  }
  for (int turn = 0; turn < 2; ++turn) everybody_calls();
  for (const ScopeId& scope : office_.scopes()) make_snapshot(scope);
  tend_office();
  for (int turn = 0; turn < 2; ++turn) everybody_calls();
}

/// A key that ended is in no store any more, and one that has not is in every store that it was granted to.
void Simulation::check_keys() {
  if (!has(Adversity::keys)) return;
  for (const auto& machine : machines_) {
    if (!machine->on() || machine->gone) continue;
    Vault& vault = machine->vault();
    bool listed = true;
    for (const ScopeId& scope : office_.scopes()) {
      const Charter& charter = office_.charter(scope);
      for (const Epoch& epoch : charter.epochs) {
        const auto key = vault.epoch_key(scope, epoch.id);
        const bool granted = std::ranges::find(epoch.grants, machine->number(), &EpochGrant::device) != epoch.grants.end();
        const bool ended = epoch.grants.empty();
        require(!key || !ended, name_of(*machine) + " holds the key of an epoch that has ended");
        require(key || !granted, name_of(*machine) + " lacks the key of an epoch that is granted to it");
      }
      const CharterDevice* own = charter.device(machine->number());
      listed = listed && own != nullptr && own->sealing_key == vault.sealing_key();
    }
    const bool as_founded = vault.founding().device == machine->id();
    require(!listed || !as_founded || vault.founding().sealing.public_key == vault.sealing_key(),
            name_of(*machine) + " holds a sealing key that nothing is sealed to any more");
  }
}

}  // namespace huisbord::sim
