// SPDX-License-Identifier: GPL-3.0-or-later
// From events to appointments: repeats, exceptions, replaced instances, and the house's clock.
#include "app/ctl/calendar.h"

#include <algorithm>
#include <set>

#include "app/ctl/calendar_event.h"
#include "app/ctl/field.h"
#include "core/domain/stay.h"
#include "core/i18n/zone.h"

namespace huisbord {
namespace {

std::int64_t day_of(WallSeconds wall) { return wall >= 0 ? wall / seconds_a_day : -((seconds_a_day - 1 - wall) / seconds_a_day); }

/// One time at which a series falls.
struct Instance {
  EventTime start;
  std::int64_t seconds = 0;
};

/// All of one UID: the event that repeats, and those that replace one of its times.
struct Series {
  const CalendarEvent* master = nullptr;
  std::vector<const CalendarEvent*> replacing;
};

/// Names one time of a series whatever zone it is written in: "20270109" or "20270109T130000Z".
std::string instance_name(const EventTime& time) {
  const std::int64_t at = time.utc();
  std::string name = iso_day({static_cast<std::int32_t>(day_of(at))});
  std::erase(name, '-');
  if (time.date_only) return name;
  const std::int64_t seconds = at - day_of(at) * seconds_a_day;
  const auto two = [](std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return name + "T" + two(seconds / 3600) + two(seconds / 60 % 60) + two(seconds % 60) + "Z";
}

class Expander {
 public:
  Expander(Day today, const i18n::HouseZone& house, const Clock& clock) : house_(house), clock_(clock), began_(clock.running()) {
    reading_.first = today;
    reading_.last = longest_stay(today, calendar_months_ahead);
  }

  Result<CalendarReading> run(const CalendarText& text, const CalendarZones& zones) {
    std::vector<CalendarEvent> events;
    for (const CalendarPart& part : text.events) {
      TRY_STATUS(in_time());
      auto event = read_event(part, zones, text.cancels);
      if (event) {
        events.push_back(std::move(*event));
      } else {
        reading_.bad.push_back(event.error());
      }
    }
    for (const auto& [uid, series] : grouped(events)) {
      TRY_STATUS(in_time());
      add_series(uid, series);
      TRY_STATUS(in_budget());
    }
    if (text.events.empty()) reading_.remarks.push_back("the file holds no event");
    if (past_ > 0) reading_.remarks.push_back(std::to_string(past_) + " repeating events have no time from today to 18 months ahead");
    std::ranges::stable_sort(reading_.rows, {}, &CalendarRow::line);
    std::ranges::stable_sort(reading_.bad, {}, &BadLine::line);
    return std::move(reading_);
  }

 private:
  [[nodiscard]] Status in_time() const {
    if (clock_.running().value - began_.value <= calendar_seconds_at_most * 1000) return {};
    return fail(ErrorCode::too_large,
                "the file takes more than " + std::to_string(calendar_seconds_at_most) + " seconds to work out; split it");
  }

  [[nodiscard]] Status in_budget() const {
    if (budget_.instances == 0) {
      return fail(ErrorCode::too_large,
                  "the file makes more than " + std::to_string(max_file_instances) + " appointments, the most there may be; split it");
    }
    if (budget_.steps == 0) {
      return fail(ErrorCode::too_large, "the repeating events of the file need more than " + std::to_string(max_file_steps) +
                                            " times to be looked at; split it, or let them begin later");
    }
    return {};
  }

  // Of several with one name the highest sequence counts, then the latest written, then the last in the file.
  static std::map<std::string, Series> grouped(const std::vector<CalendarEvent>& events) {
    const auto newer = [](const CalendarEvent& a, const CalendarEvent& b) {
      return std::pair(a.sequence, a.written) >= std::pair(b.sequence, b.written);
    };
    std::map<std::string, Series> all;
    std::map<std::pair<std::string, std::string>, const CalendarEvent*> replacing;
    for (const CalendarEvent& event : events) {
      Series& series = all[event.uid];
      if (event.replaces) {
        const CalendarEvent*& place = replacing[{event.uid, instance_name(*event.replaces)}];
        if (place == nullptr || newer(event, *place)) place = &event;
      } else if (series.master == nullptr || newer(event, *series.master)) {
        series.master = &event;
      }
    }
    for (const auto& [name, event] : replacing) all[name.first].replacing.push_back(event);
    return all;
  }

  void add_series(const std::string& uid, const Series& series) {
    CalendarSeries& known = reading_.series[uid];
    if (series.master != nullptr) known.sequence = series.master->sequence;
    for (const CalendarEvent* event : series.replacing) known.sequence = std::max(known.sequence, event->sequence);
    if (series.master == nullptr) {
      for (const CalendarEvent* event : series.replacing)
        add(*event, {event->start, event->seconds}, uid + "/" + instance_name(*event->replaces));
      return;
    }
    const CalendarEvent& master = *series.master;
    if (!master.repeats()) {
      add(master, {master.start, master.seconds}, uid);
      for (const CalendarEvent* event : series.replacing)
        add(*event, {event->start, event->seconds}, uid + "/" + instance_name(*event->replaces));
      return;
    }
    add_repeats(uid, master, series.replacing);
  }

  void add_repeats(const std::string& uid, const CalendarEvent& master, const std::vector<const CalendarEvent*>& replacing) {
    auto instances = instances_of(master);
    if (!instances) {
      reading_.bad.push_back({master.line, "RRULE", master.rules.empty() ? "" : master.rules.front().text, instances.error()});
      return;
    }
    std::set<std::string> replaced;
    for (const CalendarEvent* event : replacing) {
      replaced.insert(instance_name(*event->replaces));
      if (in_window({event->start, event->seconds}))
        add(*event, {event->start, event->seconds}, uid + "/" + instance_name(*event->replaces));
    }
    std::set<std::string> excepted;
    for (const EventTime& time : master.exceptions) excepted.insert(instance_name(time));
    std::size_t added = 0;
    for (const Instance& instance : *instances) {
      const std::string name = instance_name(instance.start);
      EventTime whole_day = instance.start;
      whole_day.wall = day_of(instance.start.wall) * seconds_a_day;
      whole_day.date_only = true;
      const std::string day = instance_name(whole_day);  // a bare day in EXDATE or RECURRENCE-ID means the time on that day
      if (excepted.contains(name) || excepted.contains(day) || replaced.contains(name) || replaced.contains(day)) continue;
      if (!in_window(instance)) continue;
      add(master, instance, uid + "/" + name);
      ++added;
    }
    if (added == 0) ++past_;
  }

  std::expected<std::vector<Instance>, std::string> instances_of(const CalendarEvent& master) {
    // Two days around, because a zone's wall clock may be a day off from the house's.
    const WallSeconds from = (std::int64_t{reading_.first.value} - 2) * seconds_a_day - master.seconds;
    const WallSeconds to = (std::int64_t{reading_.last.value} + 3) * seconds_a_day;
    std::map<std::int64_t, Instance> found;
    found.emplace(master.start.utc(), Instance{master.start, master.seconds});
    for (const RepeatRule& rule : master.rules) {
      auto times = expand(rule, master.start.wall, master.start.date_only, master.start.zone, from, to, budget_);
      if (!times) return std::unexpected(times.error());
      for (const WallSeconds wall : *times) {
        EventTime start = master.start;
        start.wall = wall;
        found.emplace(start.utc(), Instance{start, master.seconds});
      }
    }
    for (const ExtraTime& extra : master.extra) {
      EventTime start = extra.time;
      if (master.start.date_only) start.wall = day_of(start.wall) * seconds_a_day;
      start.date_only = master.start.date_only;
      found.insert_or_assign(start.utc(), Instance{start, extra.seconds.value_or(master.seconds)});
    }
    std::vector<Instance> instances;
    for (const auto& [utc, instance] : found) instances.push_back(instance);
    return instances;
  }

  struct HouseSpan {
    Day day;
    MinuteOfDay start;
    Day end_day;
    MinuteOfDay end;
  };

  [[nodiscard]] HouseSpan in_house_time(const Instance& instance) const {
    if (instance.start.date_only) {
      const Day day{static_cast<std::int32_t>(day_of(instance.start.wall))};
      return {day, {0}, day + static_cast<int>(instance.seconds / seconds_a_day) - 1, {1439}};
    }
    const std::int64_t utc = instance.start.utc();
    const auto start = house_.house_time({utc * 1000});
    const auto end = house_.house_time({(utc + instance.seconds) * 1000});
    return {start.day, start.minute, end.day, end.minute};
  }

  [[nodiscard]] bool in_window(const Instance& instance) const {
    const HouseSpan span = in_house_time(instance);
    return span.end_day >= reading_.first && span.day <= reading_.last;
  }

  void add(const CalendarEvent& event, const Instance& instance, std::string source_uid) {
    CalendarRow row{event.line, event.about};
    const HouseSpan span = in_house_time(instance);
    row.appointment.day = span.day;
    row.appointment.start = span.start;
    row.appointment.end_day = span.end_day;
    row.appointment.end = span.end;
    row.appointment.span = instance.start.date_only ? Appointment::Span::all_day : Appointment::Span::timed;
    row.appointment.source_uid = std::move(source_uid);
    row.appointment.source_sequence = event.sequence;
    reading_.rows.push_back(std::move(row));
  }

  CalendarReading reading_;
  i18n::HouseZone house_;
  const Clock& clock_;
  Millis began_;
  ExpansionBudget budget_;
  std::size_t past_ = 0;
};

}  // namespace

std::string_view series_of(std::string_view source_uid) { return source_uid.substr(0, source_uid.find('/')); }

Result<CalendarReading> read_calendar(ByteView file, Day today, const Clock& clock) {
  TRY_ASSIGN(const CalendarText text, split_calendar(file));
  TRY_ASSIGN(CalendarZones zones, CalendarZones::open());
  for (const CalendarPart& zone : text.zones) zones.add(zone);
  TRY_ASSIGN(const i18n::HouseZone house, i18n::HouseZone::open());
  return Expander(today, house, clock).run(text, zones);
}

}  // namespace huisbord
