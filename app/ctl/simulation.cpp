// SPDX-License-Identifier: GPL-3.0-or-later
// Founding a simulated organisation: houses, rooms, tasks, staff, and who stays where and when.
#include "app/ctl/simulation.h"

#include <algorithm>
#include <array>

#include "app/ctl/simulated_words.h"
#include "app/ctl/simulation_state.h"
#include "core/domain/stay.h"

namespace huisbord {
namespace {

constexpr unsigned beds_a_room = 2;
constexpr unsigned rooms_a_woongroep = 8;  // about fifteen people
constexpr unsigned longest_stay_months = 18;
constexpr int stays_on_days = 4000;
constexpr int morning = 6 * 60;

struct SimulatedTask {
  TaskPlace place;
  int before;
  std::uint8_t weekdays;
};
constexpr std::array<SimulatedTask, 4> week_tasks{{{TaskPlace::kitchen, 21 * 60, 0b1111111},
                                                   {TaskPlace::shower, 20 * 60, 0b1111111},
                                                   {TaskPlace::stairs, 18 * 60, 0b0100101},
                                                   {TaskPlace::bins, 20 * 60, 0b0010010}}};

}  // namespace

Day simulation_start(const SimulationPlan& plan) {
  using namespace std::chrono;
  const year_month_day today = plan.today.ymd();
  const year_month month = today.year() / today.month() - months{plan.months};
  return week_of(Day::from(month / std::min(today.day(), (month / last).day()))).monday();
}

Simulation::Simulation(Desk& desk, SimulatedClock& clock, const SimulationPlan& plan)
    : desk_(desk), clock_(clock), plan_(plan), random_(plan.seed), start_(simulation_start(plan)), end_(at(plan.today, morning)) {}

void Simulation::desk_writes(SimulatedHouse& house, OpenChange change) {
  waiting_.push_back({house.scope, Actor::none(), std::move(change)});
}

void Simulation::desk_writes(SimulatedHouse& house, const SimulatedPerson& person, std::vector<PersonalChange> changes) {
  waiting_.push_back({house.scope, Actor::none(), SealedChanges{person.id, &person.key, std::move(changes)}});
}

Status Simulation::flush(SimulatedHouse& house, Millis when) {
  clock_.stand_at(when);
  TRY_ASSIGN(const auto recorded, desk_.vault().record_all(waiting_));
  for (const Recorded& each : recorded) {
    house.desk_written = std::max(house.desk_written, each.last);
    report_.operations += each.last - each.first + 1;
  }
  waiting_.clear();
  return {};
}

Status Simulation::found() {
  for (unsigned number = 0; number < plan_.houses; ++number) TRY_STATUS(found_house(number));
  TRY_STATUS(found_staff());
  // 40 euros and 10 for work in the house first; one amount of 50 from half way on (both amounts are public).
  const Day half_way = week_of(start_ + (plan_.today - start_) / 2).monday();
  const Rate first{random_.id<RecordTag>(), start_ - 365, 3, {{RatePart::For::food, {4000}}, {RatePart::For::clothing, {1000}}}};
  const Rate second{random_.id<RecordTag>(),
                    half_way,
                    3,
                    {{RatePart::For::food, {3750}}, {RatePart::For::clothing, {750}}, {RatePart::For::travel, {500}}}};
  for (const Rate& rate : {first, second}) {
    if (auto recorded = desk_.vault().record(desk_.org(), Actor::none(), rate); !recorded) return std::unexpected(recorded.error());
  }
  return {};
}

Status Simulation::found_house(unsigned number) {
  const auto names = simulated_houses();
  std::string name(names[number % names.size()]);
  if (number >= names.size()) name += " " + std::to_string(number / names.size() + 1);
  SimulatedHouse& house = houses_.emplace_back();
  TRY_ASSIGN(house.id, desk_.found_house(name));
  house.scope = house.id.as<ScopeTag>();
  TRY_ASSIGN(house.kiosk, SimulatedKiosk::admit(desk_, house.id));
  const unsigned beds = plan_.people / plan_.houses + (number < plan_.people % plan_.houses ? 1 : 0);
  const unsigned rooms = (beds + beds_a_room - 1) / beds_a_room;
  const unsigned groups = std::max((rooms + rooms_a_woongroep - 1) / rooms_a_woongroep, 1u);
  for (unsigned group = 0; group < groups; ++group) {
    const std::string letter(1, static_cast<char>('A' + group % 26));
    house.woongroepen.push_back({random_.id<WoongroepTag>(), "Woongroep " + letter, group + 1});
    desk_writes(house, house.woongroepen.back());
    for (const SimulatedTask& task : week_tasks) {
      house.tasks.push_back({random_.id<TaskTag>(), house.woongroepen.back().id, task.place, {task.before}, task.weekdays});
      desk_writes(house, house.tasks.back());
    }
  }
  for (unsigned room = 0; room < rooms; ++room) {
    house.rooms.push_back({random_.id<RoomTag>(), house.woongroepen[room * groups / rooms].id, std::to_string(room + 1)});
    desk_writes(house, house.rooms.back());
  }
  invent_stays(house, beds);
  return flush(house, at(start_, morning));
}

// Each bed has one stay after another, with some days between, and somebody in it at the end.
void Simulation::invent_stays(SimulatedHouse& house, unsigned beds_taken) {
  for (unsigned bed = 0; bed < beds_taken; ++bed) {
    const RoomId room = house.rooms[bed / beds_a_room].id;
    Day from = start_ - static_cast<int>(random_.below(300));
    for (;;) {
      const Day most = longest_stay(from, longest_stay_months);
      const Day planned = from + 120 + static_cast<int>(random_.below(430));
      const Day until = std::min(planned, most);
      if (until >= plan_.today) {
        house.people.push_back(invent_person(room, from, from + stays_on_days));
        break;
      }
      if (until >= start_) house.people.push_back(invent_person(room, from, until));
      from = std::min(until + 1 + static_cast<int>(random_.below(12)), plan_.today - 1);
    }
  }
}

SimulatedPerson Simulation::invent_person(const RoomId& room, Day from, Day until) {
  unsigned share = random_.below(100);
  const auto languages = simulated_languages();
  std::size_t at_language = 0;
  while (at_language + 1 < languages.size() && share >= languages[at_language].share) share -= languages[at_language++].share;
  SimulatedPerson person;
  person.id = random_.id<PersonTag>();
  person.called = one_of(languages[at_language].names);
  person.language = languages[at_language].code;
  person.room = room;
  person.from = from;
  person.until = until;
  return person;
}

Status Simulation::found_staff() {
  clock_.stand_at(at(start_, morning));
  std::vector<ChangeToRecord> changes;
  const auto names = simulated_staff();
  for (std::size_t i = 0; i < houses_.size(); ++i) {
    std::string name(names[i % names.size()]);
    if (i >= names.size()) name += " " + std::to_string(i / names.size() + 1);
    houses_[i].woonbegeleider = random_.id<StaffTag>();
    changes.push_back({desk_.org(), Actor::none(), OpenChange{Staff{houses_[i].woonbegeleider, name}}});
    changes.push_back({desk_.org(), Actor::none(),
                       OpenChange{RoleGranted{random_.id<RecordTag>(), houses_[i].woonbegeleider, Role::woonbegeleider, houses_[i].id}}});
  }
  const auto recorded = desk_.vault().record_all(changes);
  if (!recorded) return std::unexpected(recorded.error());
  return {};
}

Result<SimulationReport> Simulation::run() {
  TRY_STATUS(found());
  for (Week week = week_of(start_); week <= week_of(plan_.today); ++week.value) {
    for (SimulatedHouse& house : houses_) TRY_STATUS(live(house, week));
  }
  clock_.stand_at(end_);
  std::vector<PersonId> order;
  for (SimulatedHouse& house : houses_) {
    TRY_STATUS(house.kiosk->close(desk_));
    for (const SimulatedPerson& person : house.people) {
      order.push_back(person.id);
      ++(person.until < plan_.today ? report_.left : report_.people);
    }
  }
  TRY_STATUS(desk_.append_to_order(order));
  return report_;
}

Result<SimulationReport> simulate(Desk& desk, SimulatedClock& clock, const SimulationPlan& plan) {
  return Simulation(desk, clock, plan).run();
}

}  // namespace huisbord
