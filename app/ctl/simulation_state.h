// SPDX-License-Identifier: GPL-3.0-or-later
// What a simulation knows of its houses and people while it writes their weeks.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/ctl/simulated_kiosk.h"
#include "app/ctl/simulation.h"

namespace huisbord {

struct SimulatedPerson {
  PersonId id;
  std::string called;
  std::string_view language;
  RoomId room;
  Day from;
  Day until;  ///< last day; far ahead for somebody who stays
  crypto::SecretBytes key;
  Cents balance;  ///< not paid out yet
  Cents sum;      ///< of every entry
  bool placed = false;
  bool ended = false;

  [[nodiscard]] bool here(Day day) const { return from <= day && day <= until; }
};

struct SimulatedHouse {
  HouseId id;
  ScopeId scope;
  std::vector<Woongroep> woongroepen;
  std::vector<Room> rooms;
  std::vector<Task> tasks;
  std::deque<SimulatedPerson> people;  ///< everybody who ever stays here
  std::optional<SimulatedKiosk> kiosk;
  OperationNumber desk_written = 0;  ///< the desk's last operation in this scope
  StaffId woonbegeleider;
};

/// One thing that happens at a kiosk.
struct KioskEvent {
  Millis at;
  RecordId actor;
  std::variant<OpenChange, std::pair<const SimulatedPerson*, PersonalChange>> change;
};

class Simulation {
 public:
  Simulation(Desk& desk, SimulatedClock& clock, const SimulationPlan& plan);
  [[nodiscard]] Result<SimulationReport> run();

 private:
  // simulation.cpp: who and where
  [[nodiscard]] Status found();
  [[nodiscard]] Status found_house(unsigned number);
  void invent_stays(SimulatedHouse& house, unsigned beds_taken);
  SimulatedPerson invent_person(const RoomId& room, Day from, Day until);
  [[nodiscard]] Status found_staff();
  // simulation_week.cpp: one week of one house
  [[nodiscard]] Status live(SimulatedHouse& house, Week week);
  [[nodiscard]] Status come_and_go(SimulatedHouse& house, Week week);
  void make_appointments(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events);
  void make_board(SimulatedHouse& house, Week week);
  [[nodiscard]] Status pay(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events);
  void carry(SimulatedHouse& house, Day day);
  void live_rota(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events);
  /// Who does it in the end.
  const SimulatedPerson* give_away(SimulatedHouse& house, const DutyPlanned& planned, const SimulatedPerson& who,
                                   std::vector<KioskEvent>& events);
  void swap(SimulatedHouse& house, const std::vector<DutyPlanned>& rota, const DutyPlanned& mine, const SimulatedPerson& who,
            std::vector<KioskEvent>& events);
  [[nodiscard]] Status write_events(SimulatedHouse& house, std::vector<KioskEvent> events);

  [[nodiscard]] Millis at(Day day, int minute) const { return desk_.zone().instant(day, {minute}); }
  [[nodiscard]] bool happened(Day day, int minute) const { return at(day, minute) < end_; }
  [[nodiscard]] bool chance(unsigned in_a_thousand) { return random_.below(1000) < in_a_thousand; }
  template <class List>
  [[nodiscard]] const auto& one_of(const List& list) {
    return list[random_.below(static_cast<std::uint32_t>(list.size()))];
  }
  void desk_writes(SimulatedHouse& house, OpenChange change);
  void desk_writes(SimulatedHouse& house, const SimulatedPerson& person, std::vector<PersonalChange> changes);
  /// In one transaction, at that time.
  [[nodiscard]] Status flush(SimulatedHouse& house, Millis when);
  const SimulatedPerson* somebody_in(const SimulatedHouse& house, const RoomId& room, Day day) const;

  Desk& desk_;
  SimulatedClock& clock_;
  SimulationPlan plan_;
  SeededRandom random_;
  Day start_;
  Millis end_;
  std::deque<SimulatedHouse> houses_;
  std::vector<ChangeToRecord> waiting_;
  SimulationReport report_;
};

}  // namespace huisbord
