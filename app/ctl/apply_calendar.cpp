// SPDX-License-Identifier: GPL-3.0-or-later
// Events of a calendar as a resident's appointments or a house's activities.
#include <algorithm>
#include <map>
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

bool falls_in(const CalendarReading& reading, Day day) { return reading.first <= day && day <= reading.last; }

}  // namespace

Result<Applied> apply_appointments(Desk& desk, const HouseId& house, const PersonId& person, const CalendarReading& reading) {
  const auto scope = house.as<ScopeTag>();
  TRY_ASSIGN(const crypto::SecretBytes key, desk.vault().person_key(person));
  TRY_ASSIGN(const PersonRecord record, desk.vault().open_person(scope, person, key));
  std::map<std::string, const Appointment*> held;
  for (const StoredAppointment& stored : record.appointments) {
    if (!stored.appointment.source_uid.empty()) held.emplace(stored.appointment.source_uid, &stored.appointment);
  }
  Applied applied;
  std::vector<ChangeToRecord> changes;
  const auto put = [&](Appointment appointment) {
    changes.push_back({scope, Actor::none(), SealedChanges{person, &key, {std::move(appointment)}}});
  };
  std::size_t older = 0;
  for (const CalendarRow& row : reading.rows) {
    Appointment appointment = row.appointment;
    appointment.id = desk.derive<AppointmentTag>("appointment", person.hex() + appointment.source_uid);
    const auto known = held.find(appointment.source_uid);
    if (known == held.end()) {
      put(std::move(appointment));
      ++applied.added;
      continue;
    }
    const Appointment& before = *known->second;
    held.erase(known);
    if (office_part(before) == office_part(appointment)) {
      ++applied.same;
    } else if (appointment.source_sequence < before.source_sequence) {
      ++older;
    } else {
      put(std::move(appointment));
      ++applied.changed;
    }
  }
  for (const auto& [uid, before] : held) {
    const auto series = reading.series.find(std::string(series_of(uid)));
    if (series == reading.series.end() || series->second.sequence < before->source_sequence || !falls_in(reading, before->day)) continue;
    if (before->standing == Standing::cancelled) continue;
    Appointment gone = *before;
    gone.standing = Standing::cancelled;
    put(std::move(gone));
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
  TRY_ASSIGN(const auto held, desk.vault().activities(scope, Day{-40000}, Day{100000}));
  for (const CalendarRow& row : reading.rows) {
    const Appointment& event = row.appointment;
    Activity activity;
    activity.id = desk.derive<ActivityTag>("activity", house.hex() + event.source_uid);
    activity.kind = activity_kind(event);
    activity.title = event.title;
    activity.place = event.place;
    activity.day = event.day;
    activity.start = event.start;
    activity.end = event.end_day == event.day ? event.end : MinuteOfDay{1439};
    activity.cancelled = event.standing == Standing::cancelled;
    const auto known = std::ranges::find(held, activity.id, &Activity::id);
    if (known != held.end() && content(*known) == content(activity)) {
      ++applied.same;
      continue;
    }
    ++(known == held.end() ? applied.added : applied.changed);
    changes.push_back({scope, Actor::none(), OpenChange{std::move(activity)}});
  }
  TRY_STATUS(desk.vault().record_all(changes));
  return applied;
}

}  // namespace huisbord
