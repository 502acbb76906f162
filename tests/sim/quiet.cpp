// SPDX-License-Identifier: GPL-3.0-or-later
// The quiet points: every fault ends, everybody synchronises until nothing moves, and then everything must be right.
#include "tests/sim/simulation.h"

namespace huisbord::sim {

void Simulation::quiet() {
  say("it becomes quiet");
  relay_->turn(Hostility::none, 0, 0);
  Stream& stream = draws_.of("quiet");
  const bool updates = stream.chance(50);
  for (const auto& machine : machines_) {
    machine->line.cut = machine->line.power_goes_after_put = false;
    machine->line.silent.reset();
    machine->disk.fill(false);
    machine->disk.die_at(0);
    machine->disk.fail_syncs(0);
    machine->line.deliver_late();
    if (machine->gone) continue;
    if (updates && machine->newest_kind() != the_merge_rules().newest_kind) machine->update();
    // The office notices when its own machine shows a wrong day; the kiosks' clocks stay as they are.
    if (machine->device_class() == DeviceClass::desk) machine->clock.setting = MachineClock::Setting::right;
    if (machine->noticed_dead_disk(draws_.of("torn").random()) || !machine->on()) start(*machine);
  }
  // Signed desk time for kiosks that have no right clock.
  publish_charters();
  hand_to_desks();
  settle();
  share_history();
  if (renew_snapshots()) settle();
  if (has(Adversity::keys)) end_epochs();
  // A store may learn that it is a copy only from one that went over before it.
  for (int i = 0; i < 4 && renew_copies(); ++i) {
    settle();
    share_history();
  }
  check_copies();
  check_tables();
  check_keys();
  check_told();
  check_money();
  check_findings();
  check_stores();
  require(!relay_->saw_plaintext(), "the relay saw something in the clear");
}

/// Everybody synchronises over good lines until all hold what the relay holds.
void Simulation::settle() {
  constexpr int turns = 6;
  for (int turn = 0; turn < turns; ++turn) {
    // On the second a day begins: the desks' witnesses fall due, whose signed time reaches machines that have no right clock. In the last
    // ones no time passes, so that nobody has another to write.
    if (turn < 4) now_.value += std::int64_t{turn == 1 ? 21 * 60 : 70} * 60'000;
    // A relay that lost its memory has the charters again by now, without which it takes no snapshot.
    if (turn == 1) give_snapshots_again();
    for (const auto& machine : machines_) {
      if (!machine->on()) continue;
      const GoodLine good(machine->line);
      if (turn < 4) (void)machine->round();
      const RoundReport report = machine->round();
      if (turn == turns - 1) tell(*machine, report);
      require(!report.failure, "over a good line a round ends in: " + (report.failure ? report.failure->sentence : std::string()));
    }
  }
  for (const auto& machine : machines_)
    if (machine->on()) require(machine->vault().pass_time().has_value(), "the passing of time fails");
}

/// Nobody is refused for ever without knowing why: who cannot go on as the device that it was is a copy, and became another one.
void Simulation::check_copies() {
  for (const auto& machine : machines_) {
    if (machine->gone || !machine->on()) continue;
    require(!machine->vault().must_become_new(), name_of(*machine) + " is still a copy");
    for (const ScopeId& scope : office_.scopes()) {
      const DeviceNumber own = must(machine->vault().identity(scope)).device;
      require(own == machine->number(), name_of(*machine) + " goes by another number: " + std::to_string(own));
    }
    const GoodLine good(machine->line);
    const RoundReport report = machine->round();
    std::string why = report.failure ? report.failure->sentence : std::string();
    for (const ScopeReport& scope : report.scopes)
      for (const auto& refusal : {scope.pushed.refusal, scope.pulled.refusal})
        if (refusal) why = huisbord::name(refusal->reason);
    require(report.clean(), name_of(*machine) + " is refused for ever: " + why);
  }
}

}  // namespace huisbord::sim
