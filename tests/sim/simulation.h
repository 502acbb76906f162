// SPDX-License-Identifier: GPL-3.0-or-later
// A whole organisation for some weeks on a virtual clock, with everything that goes wrong; and what must hold whenever it is quiet.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/machine.h"
#include "tests/sim/rogue.h"
#include "tests/sim/rules.h"

namespace huisbord::sim {

struct Options {
  const MergeRules* rules = nullptr;  ///< of every store; nothing: the product's
  bool stormy = false;                ///< every trouble that a rule of merging is about
  bool talk = false;                  ///< prints each step
};

/// What a seed draws once: which kinds of trouble it has at all, so that each is often met with few others.
struct Weather {
  bool loss, repeats, small_pages, wrong_clocks, crashes, full_disks, rollback, clone, rogue, cuts, erasure, hostile, long_times, rulings;
};

/// What people were told is stored: to be found again, to the cent.
struct Ledger {
  struct Line {
    PersonId person;
    Cents cents;
    DeviceNumber device = 0;
    bool sure = false;      ///< the call returned success; else the power went in the middle of it
    bool by_staff = false;  ///< counts only while a role holds
  };
  std::map<EntryId, Line> entries;
  std::map<std::pair<ScopeId, DeviceNumber>, OperationNumber> told;  ///< the last operation that a device said is stored
};

class Simulation {
 public:
  Simulation(std::uint64_t seed, const Options& options);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  /// Nothing, or the sentence that says what does not hold.
  [[nodiscard]] std::optional<std::string> run();

 private:
  struct Broken {
    std::string sentence;
  };
  /// What people make, to be answered, taken back and collided on.
  struct Things {
    std::vector<DutyId> duties;
    std::vector<OfferId> offers;
    std::map<OfferId, DutyId> duty_of_offer;
    std::vector<RecordId> swaps;
    std::vector<std::pair<EntryId, PersonId>> entries;
    std::vector<std::pair<AppointmentId, PersonId>> appointments;
    std::vector<NoticeId> notices;
    std::vector<ActivityId> activities;
  };

  // simulation.cpp
  void step();
  void require(bool holds, const std::string& sentence) const;
  void say(const std::string& sentence) const;
  [[nodiscard]] bool chance(std::uint32_t percent) { return random_.below(100) < percent; }
  [[nodiscard]] std::size_t pick(std::size_t size) { return random_.below(static_cast<std::uint32_t>(size)); }
  [[nodiscard]] Machine* any_machine();
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(now_.value / 86'400'000)}; }
  Machine& join(const Device& device, const std::filesystem::path& folder);
  void sync(Machine& machine);

  // acts.cpp
  void act(Machine& machine);
  void act_in_house(Machine& machine);
  void act_at_desk(Machine& machine);
  void act_about_person(Machine& machine);
  void record(Machine& machine, const ScopeId& scope, const Actor& actor, const OpenChange& change);
  void record(Machine& machine, const Actor& actor, std::size_t resident, const PersonalChange& change);
  void noted(Machine& machine, const ScopeId& scope, const Result<Recorded>& made, const EntryAdded* entry);
  [[nodiscard]] std::string text(const char* what);

  // troubles.cpp
  void trouble();
  void start(Machine& machine);
  void power_cut(Machine& machine);
  void take_or_put_card(Machine& machine);
  void clone(Machine& machine);
  void change_charters();
  void cut_device(DeviceNumber device, bool at_last);
  void replace(DeviceClass device_class);
  void hand_to_desks();

  // quiet.cpp
  void quiet();
  void settle();
  [[nodiscard]] bool retire_the_stuck();
  [[nodiscard]] std::set<DeviceNumber> waiting_authors() const;
  void check_tables();
  void check_money();
  void check_findings();
  void check_told();

  const std::uint64_t seed_;
  const Options options_;
  SeededRandom random_;
  Weather weather_{};
  Millis now_ = Office::founded;
  Office office_;
  std::filesystem::path folder_;
  std::unique_ptr<RelayDouble> relay_;
  std::vector<std::unique_ptr<Machine>> machines_;
  std::optional<Rogue> rogue_;
  std::map<const Machine*, std::filesystem::path> images_;
  std::set<DeviceNumber> doubtful_;  ///< rolled back or cloned: what they wrote counts as far as their chain does
  std::set<DeviceNumber> cut_;
  Ledger ledger_;
  Things things_;
  std::size_t folders_ = 0;
};

}  // namespace huisbord::sim
