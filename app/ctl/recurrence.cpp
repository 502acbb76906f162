// SPDX-License-Identifier: GPL-3.0-or-later
// libical's recurrence iterator on wall time, counted at every step.
#include "app/ctl/recurrence.h"

#include <libical/ical.h>

#include <memory>
#include <optional>

namespace huisbord {
namespace {

struct IteratorFree {
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
};

std::size_t filled(const short* list, std::size_t size) {
  std::size_t count = 0;
  while (count < size && list[count] != ICAL_RECURRENCE_ARRAY_MAX) ++count;
  return count;
}

// What would make libical work for hours inside one step, and no office means.
std::optional<std::string> unreasonable(const icalrecurrencetype& rule) {
  switch (rule.freq) {
    case ICAL_DAILY_RECURRENCE:
    case ICAL_WEEKLY_RECURRENCE:
    case ICAL_MONTHLY_RECURRENCE:
    case ICAL_YEARLY_RECURRENCE:
      break;
    case ICAL_HOURLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE:
    case ICAL_SECONDLY_RECURRENCE:
      return "repeats more often than daily; an appointment repeats daily at most";
    case ICAL_NO_RECURRENCE:
      return "is no rule for repeating; it must begin with FREQ=";
  }
  if (rule.rscale != nullptr) return "counts in another calendar (RSCALE); only the usual one is known";
  const std::size_t hours = std::max<std::size_t>(filled(rule.by_hour, ICAL_BY_HOUR_SIZE), 1);
  const std::size_t minutes = std::max<std::size_t>(filled(rule.by_minute, ICAL_BY_MINUTE_SIZE), 1);
  const std::size_t seconds = std::max<std::size_t>(filled(rule.by_second, ICAL_BY_SECOND_SIZE), 1);
  if (hours * minutes * seconds > 8) return "falls more than 8 times a day, the most there may be";
  return std::nullopt;
}

WallSeconds wall_of(icaltimetype time) { return static_cast<WallSeconds>(icaltime_as_timet(time)); }

}  // namespace

std::expected<std::vector<WallSeconds>, std::string> expand(const RepeatRule& rule, WallSeconds start, bool date_only,
                                                            const CalendarZone& zone, WallSeconds from, WallSeconds to,
                                                            ExpansionBudget& budget) {
  icalrecurrencetype parsed = icalrecurrencetype_from_string(rule.text.c_str());
  if (auto why = unreasonable(parsed)) return std::unexpected(*why);
  // libical compares an UNTIL in UTC with wall time as if they were the same; it is compared here.
  const icaltimetype until = parsed.until;
  parsed.until = icaltime_null_time();
  const bool ends = icaltime_is_null_time(until) == 0;
  const bool ends_in_utc = ends && icaltime_is_utc(until) != 0;
  const WallSeconds last = ends ? wall_of(until) + (icaltime_is_date(until) != 0 ? 86399 : 0) : 0;

  icaltimetype first = icaltime_from_timet_with_zone(static_cast<time_t>(start), date_only ? 1 : 0, nullptr);
  const std::unique_ptr<icalrecur_iterator, IteratorFree> iterator(icalrecur_iterator_new(parsed, first));
  if (!iterator) return std::unexpected("is a rule that cannot be followed; look at its parts");
  std::vector<WallSeconds> times;
  for (std::size_t steps = 0;; ++steps) {
    if (budget.spent()) return times;  // the caller says so for the whole file
    if (steps == max_event_steps) {
      return std::unexpected("repeats so often that more than " + std::to_string(max_event_steps) +
                             " times had to be looked at; give it a later DTSTART or an UNTIL");
    }
    --budget.steps;
    const icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) != 0) return times;
    const WallSeconds wall = wall_of(next);
    if (wall > to) return times;
    if (ends && (ends_in_utc && !date_only ? zone.to_utc(wall) : wall) > last) return times;
    if (wall < from) continue;
    if (times.size() == max_event_instances) {
      return std::unexpected("falls more than " + std::to_string(max_event_instances) +
                             " times in the coming 18 months, the most there may be");
    }
    --budget.instances;
    times.push_back(wall);
  }
}

}  // namespace huisbord
