// SPDX-License-Identifier: GPL-3.0-or-later
// A calendar file that somebody hands in: read within its bounds, whatever its rules repeat.
#include "app/ctl/calendar.h"

#include <fstream>
#include <iterator>

#include "app/ctl/recurrence.h"
#include "core/base/check.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {
namespace {

/// Stands still: the bounds on steps and instances must be enough.
class StandingClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return {}; }
  [[nodiscard]] Millis running() const override { return {}; }
};

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const char* name : {"cancelled.ics", "own-zone.ics", "series.ics", "sloppy.ics", "unknown-zone.ics", "zones.ics"}) {
    std::ifstream in(std::string(HUISBORD_SOURCE_DIR "/tests/app/ctl/fixtures/") + name, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    CHECK(!all.back().empty());
  }
  const auto event = [](const char* rule) {
    return to_bytes(view(std::string("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260101T090000\nDTEND:20260101T100000\n") + rule +
                         "\nEND:VEVENT\nEND:VCALENDAR\n"));
  };
  for (const char* rule :
       {"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=9", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270101T000000Z", "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", "RDATE;VALUE=PERIOD:20260301T090000/PT1H", "EXDATE:20260101T090000",
        "RRULE:FREQ=YEARLY;BYWEEKNO=53;BYSETPOS=-1", "RRULE:FREQ=YEARLY;BYYEARDAY=366;BYHOUR=1,2"})
    all.push_back(event(rule));
  return all;
}

void run(ByteView input) {
  constexpr Day today{20'600};
  const StandingClock clock;
  const auto reading = read_calendar(input, today, clock);
  if (!reading) return;
  CHECK(reading->rows.size() <= max_file_instances && reading->first == today && reading->first < reading->last);
  for (const CalendarRow& row : reading->rows) {
    const Appointment& appointment = row.appointment;
    CHECK(appointment.day <= appointment.end_day && appointment.start.value >= 0 && appointment.start.value < 1440);
    CHECK(reading->series.contains(std::string(series_of(appointment.source_uid))));
  }
}

}  // namespace huisbord::fuzz
