// SPDX-License-Identifier: GPL-3.0-or-later
// Events of a calendar as a resident's appointments or a house's activities.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "app/ctl/applied.h"

namespace huisbord {
namespace {

// What the office may change; the answer is the resident's.
auto office_part(const Appointment& a) {
  return std::tie(a.kind, a.title, a.day, a.start, a.end_day, a.end, a.span, a.place, a.with_whom, a.standing, a.source_sequence);
}

auto content(const Activity& a) { return std::tie(a.kind, a.title, a.place, a.day, a.start, a.end, a.cancelled); }

ActivityKind activity_kind(const Appointment& event) {
  switch (event.kind) {
    case AppointmentKind::school:
      return ActivityKind::language_lesson;
    case AppointmentKind::plan:
      return ActivityKind::meeting;
    default:
      return ActivityKind::other;
  }
}

// A record is of one week (core/journal/FORMAT.md 6): what moves to another is a new one, and the old one is called off.
Week week_of_appointment(const Appointment& a) { return week_of(std::max(a.day, a.end_day)); }

bool falls_in(const CalendarReading& reading, Day day) { return reading.first <= day && day <= reading.last; }

}  // namespace

Result<Applied> apply_appointments(Desk& desk, const HouseId& house, const PersonId& person, const CalendarReading& reading) {
  const auto scope = house.as<ScopeTag>();
  TRY_ASSIGN(const crypto::SecretBytes key, desk.vault().person_key(person));
  TRY_ASSIGN(const PersonRecord record, desk.vault().open_person(scope, person, key));
  // An event that was moved to another week stands here once a week that it was in.
  std::multimap<std::string, const Appointment*> held;
  for (const StoredAppointment& stored : record.appointments) {
    if (!stored.appointment.source_uid.empty()) held.emplace(stored.appointment.source_uid, &stored.appointment);
  }
  Applied applied;
  std::vector<ChangeToRecord> changes;
  const auto put = [&](Appointment appointment) {
    changes.push_back({scope, Actor::none(), SealedChanges{person, &key, {std::move(appointment)}}});
  };
  const auto withdraw = [&](const Appointment& before, std::uint32_t sequence) {
    Appointment gone = before;
    gone.standing = Standing::cancelled;
    gone.source_sequence = sequence;
    put(std::move(gone));
  };
  std::size_t older = 0;
  for (const CalendarRow& row : reading.rows) {
    Appointment appointment = row.appointment;
    const Week week = week_of_appointment(appointment);
    appointment.id = desk.derive<AppointmentTag>("appointment", person.hex() + appointment.source_uid + "@" + std::to_string(week.value));
    std::vector<const Appointment*> before;
    for (auto [at, end] = held.equal_range(appointment.source_uid); at != end; ++at) before.push_back(at->second);
    held.erase(appointment.source_uid);
    if (before.empty()) {
      put(std::move(appointment));
      ++applied.added;
      continue;
    }
    if (appointment.source_sequence < (*std::ranges::max_element(before, {}, &Appointment::source_sequence))->source_sequence) {
      ++older;
      continue;
    }
    bool changed = false;
    for (const Appointment* other : before) {
      if (week_of_appointment(*other) == week || other->standing == Standing::cancelled) continue;
      withdraw(*other, appointment.source_sequence);
      changed = true;
    }
    const auto here = std::ranges::find(before, week, [](const Appointment* one) { return week_of_appointment(*one); });
    if (here != before.end()) appointment.id = (*here)->id;
    if (here == before.end() || office_part(**here) != office_part(appointment)) {
      put(std::move(appointment));
      changed = true;
    }
    ++(changed ? applied.changed : applied.same);
  }
  for (const auto& [uid, before] : held) {
    const auto series = reading.series.find(std::string(series_of(uid)));
    if (series == reading.series.end() || series->second.sequence < before->source_sequence || !falls_in(reading, before->day)) continue;
    if (before->standing == Standing::cancelled) continue;
    withdraw(*before, before->source_sequence);
    ++applied.changed;
  }
  if (older > 0)
    applied.remarks.push_back(std::to_string(older) + " events are older than what is stored (lower SEQUENCE) and change nothing");
  TRY_STATUS(desk.vault().record_all(changes));
  return applied;
}

Result<Applied> apply_activities(Desk& desk, const HouseId& house, const CalendarReading& reading) {
  const auto scope = house.as<ScopeTag>();
  Applied applied;
  std::vector<ChangeToRecord> changes;
  TRY_ASSIGN(const auto all, desk.vault().activities(scope, Day{-40000}, Day{100000}));
  std::map<ActivityId, const Activity*> held;
  std::set<Week> weeks;
  for (const Activity& activity : all) {
    held.emplace(activity.id, &activity);
    weeks.insert(week_of(activity.day));
  }
  const auto named = [&](const std::string& uid, Week week) {
    return desk.derive<ActivityTag>("activity", house.hex() + uid + "@" + std::to_string(week.value));
  };
  for (const CalendarRow& row : reading.rows) {
    const Appointment& event = row.appointment;
    Activity activity;
    activity.id = named(event.source_uid, week_of(event.day));
    activity.kind = activity_kind(event);
    activity.title = event.title;
    activity.place = event.place;
    activity.day = event.day;
    activity.start = event.start;
    activity.end = event.end_day == event.day ? event.end : MinuteOfDay{1439};
    activity.cancelled = event.standing == Standing::cancelled;
    bool moved = false;
    for (const Week week : weeks) {
      if (week == week_of(event.day)) continue;
      const auto other = held.find(named(event.source_uid, week));
      if (other == held.end() || other->second->cancelled) continue;
      Activity gone = *other->second;
      gone.cancelled = true;
      changes.push_back({scope, Actor::none(), OpenChange{std::move(gone)}});
      moved = true;
    }
    const auto known = held.find(activity.id);
    if (known != held.end() && content(*known->second) == content(activity)) {
      ++(moved ? applied.changed : applied.same);
      continue;
    }
    ++(known == held.end() && !moved ? applied.added : applied.changed);
    changes.push_back({scope, Actor::none(), OpenChange{std::move(activity)}});
  }
  TRY_STATUS(desk.vault().record_all(changes));
  return applied;
}

}  // namespace huisbord
