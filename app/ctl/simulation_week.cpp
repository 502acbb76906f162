// SPDX-License-Identifier: GPL-3.0-or-later
// One week of one simulated house: who comes and goes, appointments, the board, leefgeld, and the rota as it was lived.
#include <algorithm>
#include <map>

#include "app/ctl/simulated_words.h"
#include "app/ctl/simulation_state.h"
#include "core/domain/rota.h"
#include "core/domain/stay.h"
#include "core/journal/operation.h"
#include "core/office/person_keys.h"

namespace huisbord {
namespace {

constexpr int office_opens = 8 * 60;
constexpr int payday_hour = 10 * 60;
constexpr int weeks_between_carried = 8;
constexpr int thursday = 3;
constexpr int days_a_week = 7;

}  // namespace

const SimulatedPerson* Simulation::somebody_in(const SimulatedHouse& house, const RoomId& room, Day day) const {
  for (const SimulatedPerson& person : house.people) {
    if (person.placed && person.room == room && person.here(day)) return &person;
  }
  return nullptr;
}

Status Simulation::live(SimulatedHouse& house, Week week) {
  const Day monday = week.monday();
  if (!happened(monday, office_opens)) return {};
  std::vector<KioskEvent> events;
  TRY_STATUS(come_and_go(house, week));
  make_appointments(house, week, events);
  make_board(house, week);
  TRY_STATUS(flush(house, at(monday, office_opens)));
  live_rota(house, week, events);
  TRY_STATUS(pay(house, week, events));
  TRY_STATUS(write_events(house, std::move(events)));
  clock_.stand_at(std::min(at(monday + 6, 23 * 60), end_));
  return house.kiosk->send(desk_);
}

Status Simulation::come_and_go(SimulatedHouse& house, Week week) {
  const Day sunday = week.monday() + days_a_week - 1;
  for (SimulatedPerson& person : house.people) {
    if (!person.placed && person.from <= sunday && person.from <= plan_.today) {
      TRY_ASSIGN(person.key, make_person_key(desk_.office(), person.id));
      Placing placing{
          person.id,   person.room, static_cast<Symbol>(1 + random_.below(symbol_count)), static_cast<Pastel>(1 + random_.below(7)),
          person.from, std::nullopt};
      desk_writes(house, placing);
      Preferences preferences;
      preferences.language = person.language;
      preferences.text_size = chance(120) ? TextSize::large : TextSize::normal;
      CaseManagers managers;
      if (chance(800)) managers.legal = chance(500) ? "J. de Wit" : "M. Bakker";
      if (chance(700)) managers.social = chance(500) ? "T. Visser" : "P. Okafor";
      if (!managers.legal) managers.asked_for = person.from + 2;
      desk_writes(house, person,
                  {IdentitySet{person.id, {person.called, person.from}}, PreferencesSet{person.id, preferences},
                   CaseManagersSet{person.id, managers}, PlanStep{person.id, static_cast<std::uint8_t>(random_.below(5)), 4}});
      person.placed = true;
    }
    if (person.placed && !person.ended && person.until <= sunday) {
      desk_writes(house, PlacingEnded{person.id, person.until});
      person.ended = true;
    }
  }
  return {};
}

void Simulation::make_appointments(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events) {
  for (const SimulatedPerson& person : house.people) {
    if (!person.placed || !person.here(week.monday()) || !chance(320)) continue;
    const SimulatedVisit& visit = one_of(simulated_visits());
    Appointment appointment;
    appointment.id = random_.id<AppointmentTag>();
    appointment.kind = visit.kind;
    appointment.title = visit.title;
    appointment.place = visit.place;
    appointment.with_whom = visit.with_whom;
    appointment.travel_minutes = 5 * random_.below(9);
    appointment.day = week.monday() + 3 + static_cast<int>(random_.below(25));
    while (weekday_of(appointment.day) > 4) appointment.day = appointment.day + 1;
    const int start = 9 * 60 + static_cast<int>(random_.below(28)) * 15;
    appointment.start = {start};
    appointment.end_day = appointment.day;
    appointment.end = {start + static_cast<int>(visit.minutes)};
    if (chance(300)) appointment.bring = {Bring::letter};
    house.kiosk->knows(appointment.id.as<RecordTag>(), week_of(appointment.end_day));
    desk_writes(house, person, {appointment});
    const Day read = week.monday() + 1 + static_cast<int>(random_.below(2));
    const int minute = 9 * 60 + static_cast<int>(random_.below(600));
    if (chance(720) && happened(read, minute)) {
      const Answer answer = chance(850) ? Answer::coming : chance(500) ? Answer::cannot : Answer::please_move;
      events.push_back(
          {at(read, minute), person.id.as<RecordTag>(), std::pair(&person, PersonalChange{AppointmentAnswered{appointment.id, answer}})});
    }
    if (chance(40)) {
      appointment.standing = Standing::cancelled;
      desk_writes(house, person, {appointment});
    }
  }
}

void Simulation::make_board(SimulatedHouse& house, Week week) {
  for (const SimulatedActivity& plan : simulated_activities()) {
    if (!chance(850)) continue;
    Activity activity;
    activity.id = random_.id<ActivityTag>();
    activity.kind = plan.kind;
    activity.place = plan.place;
    activity.day = week.monday() + plan.weekday;
    activity.start = {plan.start};
    activity.end = {plan.end};
    desk_writes(house, activity);
  }
  if (!chance(500)) return;
  const SimulatedNotice& words = one_of(simulated_notices());
  Notice notice;
  notice.id = random_.id<NoticeTag>();
  notice.icon = words.icon;
  notice.from = week.monday();
  notice.until = week.monday() + 6 + static_cast<int>(random_.below(7));
  notice.texts = {{"nl", {std::string(words.dutch), ""}},
                  {"en", {std::string(words.english), ""}},
                  {"ar", {std::string(words.arabic), ""}},
                  {"ti", {std::string(words.tigrinya), ""}}};
  desk_writes(house, notice);
}

void Simulation::carry(SimulatedHouse& house, Day day) {
  const std::vector<Covered> covered{{1, house.desk_written}, {house.kiosk->device(), house.kiosk->written()}};
  for (const SimulatedPerson& person : house.people) {
    if (!person.placed || person.ended || person.from >= day) continue;
    Entry entry;
    entry.id = random_.id<EntryTag>();
    entry.day = day;
    entry.kind = EntryKind::carried;
    entry.amount = person.sum;
    entry.covers = covered;
    desk_writes(house, person, {EntryAdded{std::move(entry)}});
  }
}

Status Simulation::pay(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events) {
  const Day payday = week.monday() + thursday;
  if (!happened(payday, payday_hour)) return {};
  // Before this week's events are written, so that what it covers is what the desk holds.
  if (week.value % weeks_between_carried == 0) carry(house, payday);
  const auto entry_of = [&](EntryKind kind, Cents amount, const char* reason) {
    Entry entry;
    entry.id = random_.id<EntryTag>();
    entry.day = payday;
    entry.kind = kind;
    entry.amount = amount;
    entry.reason = reason;
    return entry;
  };
  int place_in_line = 0;
  for (SimulatedPerson& person : house.people) {
    if (!person.placed || !person.here(payday)) continue;
    const auto add = [&](Entry entry) {
      person.sum += entry.amount;
      desk_writes(house, person, {EntryAdded{std::move(entry)}});
    };
    const Cents week_money{5000};
    add(entry_of(EntryKind::week_money, week_money, "weekbedrag"));
    person.balance += week_money;
    if (chance(6)) {
      add(entry_of(EntryKind::correction, Cents{-750}, "sleutel kwijt, nieuwe sleutel betaald"));
      person.balance += Cents{-750};
    }
    if (chance(10)) {
      add(entry_of(EntryKind::reimbursement, Cents{1240}, "reiskosten naar de rechtbank"));
      person.balance += Cents{1240};
    }
    const int minute = 13 * 60 + place_in_line++;
    if (!chance(930) || !happened(payday, minute)) continue;  // who is not there is paid the week after
    Entry paid = entry_of(chance(900) ? EntryKind::paid_cash : EntryKind::paid_card, -person.balance, "uitbetaald");
    const EntryId id = paid.id;
    person.balance = {};
    person.sum += paid.amount;
    events.push_back(
        {at(payday, minute), house.woonbegeleider.as<RecordTag>(), std::pair(&person, PersonalChange{EntryAdded{std::move(paid)}})});
    if (chance(5) && happened(payday + 1, minute)) {
      events.push_back({at(payday + 1, minute), person.id.as<RecordTag>(),
                        std::pair(&person, PersonalChange{EntryQuestioned{id, QuestionState::asked, payday + 8}})});
    }
  }
  return flush(house, at(payday, payday_hour));
}

const SimulatedPerson* Simulation::give_away(SimulatedHouse& house, const DutyPlanned& planned, const SimulatedPerson& who,
                                             std::vector<KioskEvent>& events) {
  const OfferId offer = random_.id<OfferTag>();
  const DutyId duty = duty_of(planned.task, planned.day);
  events.push_back({at(planned.day, office_opens), who.id.as<RecordTag>(), OpenChange{DutyOffered{offer, duty, false}}});
  const Room& room = *std::ranges::find(house.rooms, planned.room, &Room::id);
  const Room& other = one_of(house.rooms);
  const SimulatedPerson* taker = somebody_in(house, other.id, planned.day);
  if (taker == nullptr || other.id == room.id || other.woongroep != room.woongroep) return &who;
  events.push_back({at(planned.day, 12 * 60), taker->id.as<RecordTag>(), OpenChange{DutyClaimed{offer, duty, other.id}}});
  return taker;
}

void Simulation::swap(SimulatedHouse& house, const std::vector<DutyPlanned>& rota, const DutyPlanned& mine, const SimulatedPerson& who,
                      std::vector<KioskEvent>& events) {
  const auto theirs = std::ranges::find_if(
      rota, [&](const DutyPlanned& duty) { return duty.task == mine.task && duty.day > mine.day && duty.room != mine.room; });
  const SimulatedPerson* asked = theirs == rota.end() ? nullptr : somebody_in(house, theirs->room, mine.day);
  if (asked == nullptr) return;
  const auto id = random_.id<RecordTag>();
  const SwapProposed proposed{id, duty_of(mine.task, mine.day), duty_of(theirs->task, theirs->day), false};
  events.push_back({at(mine.day, office_opens), who.id.as<RecordTag>(), OpenChange{proposed}});
  events.push_back({at(mine.day, 11 * 60), asked->id.as<RecordTag>(), OpenChange{SwapAnswered{id, chance(750)}}});
}

void Simulation::live_rota(SimulatedHouse& house, Week week, std::vector<KioskEvent>& events) {
  std::map<TaskId, int> before;
  for (const Task& task : house.tasks) before.emplace(task.id, task.before.value);
  const std::vector<DutyPlanned> rota = plan_week(week, house.tasks, house.rooms);
  for (const DutyPlanned& duty : rota) events.push_back({at(week.monday(), 15), {}, OpenChange{duty}});
  for (const DutyPlanned& duty : rota) {
    const SimulatedPerson* who = somebody_in(house, duty.room, duty.day);
    const int minute = before.at(duty.task) - static_cast<int>(10 + random_.below(140));
    if (who == nullptr || !happened(duty.day, minute)) continue;
    if (chance(30)) {
      who = give_away(house, duty, *who, events);
    } else if (chance(8)) {
      swap(house, rota, duty, *who, events);
    }
    if (chance(880))
      events.push_back({at(duty.day, minute), who->id.as<RecordTag>(), OpenChange{DutyDone{duty_of(duty.task, duty.day), true}}});
  }
}

Status Simulation::write_events(SimulatedHouse& house, std::vector<KioskEvent> events) {
  std::ranges::stable_sort(events, {}, &KioskEvent::at);
  for (const KioskEvent& event : events) {
    if (const auto* open = std::get_if<OpenChange>(&event.change)) {
      TRY_STATUS(house.kiosk->write(event.at, event.actor, *open));
    } else {
      const auto& [person, change] = std::get<1>(event.change);
      TRY_STATUS(house.kiosk->write(event.at, event.actor, person->id, person->key, change));
    }
  }
  report_.operations += events.size();
  return {};
}

}  // namespace huisbord
