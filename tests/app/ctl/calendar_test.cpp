// SPDX-License-Identifier: GPL-3.0-or-later
// Calendars: zones, repeats with exceptions, sloppy files, and files that want to do harm.
#include "app/ctl/calendar.h"

#include <gtest/gtest.h>

#include <map>

#include "app/ctl/calendar_text.h"
#include "app/ctl/field.h"
#include "app/ctl/recurrence.h"
#include "tests/app/ctl/fixture.h"

namespace huisbord {
namespace {

using namespace std::chrono;
const Day today = Day::from(2026y / November / 21d);
const StoppedClock stopped;

std::string when(const Appointment& a) {
  return iso_day(a.day) + " " + clock_time(a.start) + " - " + iso_day(a.end_day) + " " + clock_time(a.end);
}

CalendarReading read(const std::string& name) {
  auto reading = read_calendar(fixture(name), today, stopped);
  EXPECT_TRUE(reading) << name << (reading ? "" : reading.error().sentence);
  return reading ? std::move(*reading) : CalendarReading{};
}

std::map<std::string, Appointment> by_uid(const CalendarReading& reading) {
  std::map<std::string, Appointment> found;
  for (const CalendarRow& row : reading.rows) found.emplace(row.appointment.source_uid, row.appointment);
  EXPECT_EQ(found.size(), reading.rows.size());
  return found;
}

std::string calendar_of(const std::string& event) {
  return "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:x\n" + event + "END:VEVENT\nEND:VCALENDAR\n";
}

Result<CalendarReading> read_event_text(const std::string& event) { return read_calendar(view(calendar_of(event)), today, stopped); }

TEST(Calendar, TurnsEveryKindOfTimeIntoTheHousesOwn) {
  const auto found = by_uid(read("zones.ics"));
  ASSERT_EQ(found.size(), 7u);
  EXPECT_EQ(when(found.at("utc")), "2027-01-10 10:00 - 2027-01-10 11:00");
  EXPECT_EQ(when(found.at("floating")), "2027-01-10 09:00 - 2027-01-10 10:30");
  EXPECT_EQ(when(found.at("iana")), "2027-01-10 15:00 - 2027-01-10 15:30");
  EXPECT_EQ(when(found.at("windows")), "2027-07-10 09:00 - 2027-07-10 10:00");
  EXPECT_EQ(when(found.at("mozilla")), "2027-01-10 10:00 - 2027-01-10 10:00");
  EXPECT_EQ(when(found.at("night")), "2027-01-10 23:00 - 2027-01-11 01:30");
  EXPECT_EQ(found.at("day").span, Appointment::Span::all_day);
  EXPECT_EQ(found.at("day").day, Day::from(2027y / January / 10d));
  EXPECT_EQ(found.at("day").end_day, Day::from(2027y / January / 11d));
}

TEST(Calendar, ReadsWhatAndWhereAndWithWhom) {
  const auto found = by_uid(read("zones.ics"));
  EXPECT_EQ(found.at("utc").kind, AppointmentKind::doctor);
  EXPECT_EQ(found.at("utc").title, "Huisarts");
  EXPECT_EQ(found.at("utc").place, "Plein 1");
  EXPECT_EQ(found.at("windows").kind, AppointmentKind::school);
  EXPECT_EQ(found.at("mozilla").with_whom, "A. Jansen");
}

TEST(Calendar, UsesTheFilesOwnZoneForANameNobodyElseKnows) {
  EXPECT_EQ(when(by_uid(read("own-zone.ics")).at("own")), "2027-01-10 06:30 - 2027-01-10 06:30");
}

TEST(Calendar, RefusesAZoneThatNeitherMachineNorFileKnowsAndKeepsTheOthers) {
  const auto reading = read("unknown-zone.ics");
  ASSERT_EQ(reading.bad.size(), 1u);
  EXPECT_EQ(reading.bad[0].line, 4u);
  EXPECT_EQ(reading.bad[0].column, "DTSTART");
  EXPECT_EQ(reading.bad[0].value, "Middle/Earth");
  EXPECT_EQ(reading.rows.size(), 1u);
}

TEST(Calendar, ExpandsARepeatWithExceptionsExtraAndReplacedTimes) {
  const auto reading = read("series.ics");
  const auto found = by_uid(reading);
  // Mondays at ten from 23 November to 1 February 10:00 = 09:00Z: eleven, less two exceptions; a moved one, a cancelled one, one extra.
  ASSERT_EQ(found.size(), 10u);
  EXPECT_EQ(when(found.at("weekly/20261123T090000Z")), "2026-11-23 10:00 - 2026-11-23 11:00");
  EXPECT_EQ(when(found.at("weekly/20270201T090000Z")), "2027-02-01 10:00 - 2027-02-01 11:00");
  EXPECT_EQ(when(found.at("weekly/20261221T090000Z")), "2026-12-22 14:00 - 2026-12-22 15:00");
  EXPECT_EQ(found.at("weekly/20261221T090000Z").source_sequence, 3u);
  EXPECT_EQ(found.at("weekly/20261228T090000Z").standing, Standing::cancelled);
  EXPECT_EQ(when(found.at("weekly/20261225T110000Z")), "2026-12-25 12:00 - 2026-12-25 13:00");
  EXPECT_FALSE(found.contains("weekly/20261207T090000Z"));
  EXPECT_FALSE(found.contains("weekly/20261214T090000Z"));
  EXPECT_EQ(reading.series.at("weekly").sequence, 3u);
  EXPECT_EQ(series_of("weekly/20261221T090000Z"), "weekly");
}

TEST(Calendar, KeepsTheWallClockOfARepeatAcrossSummerTime) {
  const auto reading = read_event_text("DTSTART;TZID=Europe/Amsterdam:20261101T090000\nRRULE:FREQ=MONTHLY;COUNT=8\n");
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->rows.size(), 7u);
  for (const CalendarRow& row : reading->rows) EXPECT_EQ(row.appointment.start.value, 9 * 60);
}

TEST(Calendar, ReadsAMinuteThatSpringSkipsWithTheOffsetBeforeIt) {
  const auto reading = read_event_text("DTSTART;TZID=Europe/Amsterdam:20270328T023000\n");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows.at(0).appointment.start.value, 3 * 60 + 30);
}

TEST(Calendar, ExpandsForEighteenMonthsAndNoFurther) {
  const auto reading = read_event_text("DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY\n");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows.front().appointment.day, today);
  EXPECT_EQ(reading->rows.back().appointment.day, Day::from(2028y / May / 21d));
  EXPECT_EQ(reading->rows.size(), static_cast<std::size_t>(reading->last - reading->first + 1));
}

TEST(Calendar, TakesASingleEventOfLongAgo) {
  const auto reading = read_event_text("DTSTART:20120630T130000Z\n");
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->rows.size(), 1u);
}

TEST(Calendar, MendsSloppyFiles) {
  const auto found = by_uid(read("sloppy.ics"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(when(found.at("sloppy")), "2027-01-10 10:00 - 2027-01-10 10:00");
  EXPECT_EQ(found.at("sloppy").title, "Afspraak bij Café");
}

TEST(Calendar, CallsOffWhatACancellingFileNames) {
  const auto reading = read("cancelled.ics");
  EXPECT_EQ(by_uid(reading).at("utc").standing, Standing::cancelled);
}

TEST(Calendar, TakesTheHighestSequenceOfOneEvent) {
  const std::string newer = "BEGIN:VEVENT\nUID:a\nSEQUENCE:5\nDTSTART:20270110T120000Z\nEND:VEVENT\n";
  const std::string older = "BEGIN:VEVENT\nUID:a\nSEQUENCE:4\nDTSTART:20270110T090000Z\nEND:VEVENT\n";
  for (const std::string& both : {newer + older, older + newer}) {
    const auto reading = read_calendar(view("BEGIN:VCALENDAR\n" + both + "END:VCALENDAR\n"), today, stopped);
    ASSERT_TRUE(reading);
    ASSERT_EQ(reading->rows.size(), 1u);
    EXPECT_EQ(reading->rows[0].appointment.start.value, 13 * 60);
  }
}

TEST(Calendar, GivesAnEventWithoutUidTheSameOneEachTime) {
  const std::string text =
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270110T120000Z\nSUMMARY:A\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20270110T120000Z\nSUMMARY:"
      "B\nEND:VEVENT\nEND:VCALENDAR\n";
  const auto once = read_calendar(view(text), today, stopped);
  const auto again = read_calendar(view(text), today, stopped);
  ASSERT_EQ(once->rows.size(), 2u);
  EXPECT_NE(once->rows[0].appointment.source_uid, once->rows[1].appointment.source_uid);
  EXPECT_EQ(once->rows[0].appointment.source_uid, again->rows[0].appointment.source_uid);
}

TEST(Calendar, NamesTheEventAndPropertyThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"SUMMARY:when?\n", "DTSTART"},
      {"DTSTART:yesterday\n", "DTSTART"},
      {"DTSTART:16010101T000000Z\n", "DTSTART"},
      {"DTSTART:20270110T090000Z\nDTEND:20270110T080000Z\n", "DTEND"},
      {"DTSTART:20270110T090000Z\nDTEND;VALUE=DATE:20270111\n", "DTEND"},
      {"DTSTART:20270110T090000Z\nDURATION:-PT1H\n", "DURATION"},
      {"DTSTART:20270110T090000Z\nRRULE:FREQ=SOMETIMES\n", "RRULE"},
      {"DTSTART:20270110T090000Z\nRRULE:FREQ=SECONDLY\n", "RRULE"},
      {"DTSTART:20270110T090000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270110T090000Z\n", "RECURRENCE-ID"},
  };
  for (const auto& [event, property] : wrong) {
    const auto reading = read_event_text(event);
    ASSERT_TRUE(reading) << event;
    ASSERT_EQ(reading->bad.size(), 1u) << event;
    EXPECT_EQ(reading->bad[0].line, 3u);
    EXPECT_EQ(reading->bad[0].column, property) << event;
    EXPECT_TRUE(reading->rows.empty()) << event;
  }
}

TEST(Calendar, RefusesWhatIsNoCalendarOrCutShort) {
  for (const char* text :
       {"", "huis;kamer\n", "BEGIN:VEVENT\nEND:VEVENT\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n", "BEGIN:VCALENDAR\nEND:VEVENT\n"}) {
    const auto reading = read_calendar(view(text), today, stopped);
    ASSERT_FALSE(reading) << text;
    EXPECT_EQ(reading.error().code, ErrorCode::invalid);
  }
}

TEST(HostileCalendar, OfAHundredMegabytesIsNotRead) {
  const auto reading = read_calendar(Bytes(std::size_t{100} * 1024 * 1024, 'x'), today, stopped);
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, ErrorCode::too_large);
}

TEST(HostileCalendar, ThatRepeatsWithoutEndIsBoundedAndNamesTheBound) {
  const auto dense = read_event_text("DTSTART:20261121T000000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7\n");
  ASSERT_TRUE(dense);
  ASSERT_EQ(dense->bad.size(), 1u);
  EXPECT_NE(dense->bad[0].reason.find(std::to_string(max_event_instances)), std::string::npos);
  const auto many = read_event_text("DTSTART:20261121T000000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6\n");
  EXPECT_EQ(many->bad.size(), 1u);
  const auto never = read_event_text("DTSTART:20261121T000000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n");
  ASSERT_TRUE(never);
  EXPECT_TRUE(never->rows.empty());
  EXPECT_EQ(never->bad.size(), 1u);
  const auto long_ago = read_event_text("DTSTART:19030101T000000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4\n");
  ASSERT_TRUE(long_ago);
  ASSERT_EQ(long_ago->bad.size(), 1u);
  EXPECT_NE(long_ago->bad[0].reason.find(std::to_string(max_event_steps)), std::string::npos);
}

TEST(HostileCalendar, OfEndlessRepeatsTogetherIsBounded) {
  const auto sentence = [](const std::string& rule) {
    std::string text = "BEGIN:VCALENDAR\n";
    for (int i = 0; i < 2000; ++i) text += "BEGIN:VEVENT\nUID:" + std::to_string(i) + "\n" + rule + "END:VEVENT\n";
    const auto reading = read_calendar(view(text + "END:VCALENDAR\n"), today, stopped);
    EXPECT_FALSE(reading);
    return reading ? std::string() : reading.error().sentence;
  };
  EXPECT_NE(sentence("DTSTART:20261101T000000Z\nRRULE:FREQ=DAILY\n").find(std::to_string(max_file_instances)), std::string::npos);
  EXPECT_NE(sentence("DTSTART:19100101T000000Z\nRRULE:FREQ=DAILY;COUNT=40000\n").find(std::to_string(max_file_steps)), std::string::npos);
}

TEST(HostileCalendar, WithTenThousandExceptionsIsRead) {
  std::string one = "DTSTART;VALUE=DATE:20261121\nRRULE:FREQ=DAILY\nEXDATE;VALUE=DATE:";
  for (int i = 0; i < 10000; ++i) {
    std::string day = iso_day(today + i);
    std::erase(day, '-');
    one += (i == 0 ? "" : ",") + day;
  }
  const auto on_one_line = read_event_text(one + "\n");
  ASSERT_TRUE(on_one_line);
  EXPECT_TRUE(on_one_line->bad.empty());
  EXPECT_TRUE(on_one_line->rows.empty());
  std::string many = "DTSTART;VALUE=DATE:20261121\nRRULE:FREQ=DAILY\n";
  for (int i = 0; i < 10000; ++i) {
    std::string day = iso_day(today + i);
    std::erase(day, '-');
    many += "EXDATE;VALUE=DATE:" + day + "\n";
  }
  const auto on_many = read_event_text(many);
  ASSERT_TRUE(on_many);
  EXPECT_TRUE(on_many->bad.empty());
  EXPECT_TRUE(on_many->rows.empty());
}

TEST(HostileCalendar, ThatNestsWithoutEndIsRefused) {
  std::string text = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 100000; ++i) text += "BEGIN:VEVENT\n";
  const auto reading = read_calendar(view(text), today, stopped);
  ASSERT_FALSE(reading);
  EXPECT_NE(reading.error().sentence.find(std::to_string(max_calendar_depth)), std::string::npos);
}

TEST(HostileCalendar, WithOneEndlessLineOrTooManyEventsIsRefused) {
  const auto line = read_event_text("DTSTART:20270110T090000Z\nSUMMARY:" + std::string(max_calendar_line + 1, 'x') + "\n");
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, ErrorCode::too_large);
  std::string folded = "DTSTART:20270110T090000Z\nSUMMARY:x\n";
  for (std::size_t i = 0; i < max_calendar_line; i += 8) folded += " 12345678\n";
  EXPECT_FALSE(read_event_text(folded));
  std::string events = "BEGIN:VCALENDAR\n";
  for (std::size_t i = 0; i <= max_calendar_events; ++i) events += "BEGIN:VEVENT\nEND:VEVENT\n";
  const auto many = read_calendar(view(events + "END:VCALENDAR\n"), today, stopped);
  ASSERT_FALSE(many);
  EXPECT_NE(many.error().sentence.find(std::to_string(max_calendar_events)), std::string::npos);
}

TEST(HostileCalendar, WhoseZoneChangesEverySecondIsReadWithoutIt) {
  const std::string zone =
      "BEGIN:VTIMEZONE\nTZID:Bomb\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:"
      "STANDARD\nEND:VTIMEZONE\n";
  const auto reading = read_calendar(
      view("BEGIN:VCALENDAR\n" + zone + "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Bomb:20270110T090000\nEND:VEVENT\nEND:VCALENDAR\n"), today,
      stopped);
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->bad.size(), 1u);
  EXPECT_EQ(reading->bad[0].value, "Bomb");
}

/// Every look at it, some seconds have passed.
class RushingClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return {}; }
  [[nodiscard]] Millis running() const override { return {running_ += 3000}; }

 private:
  mutable std::int64_t running_ = 0;
};

TEST(HostileCalendar, ThatTakesTooLongIsGivenUp) {
  std::string text = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 20; ++i) text += "BEGIN:VEVENT\nUID:" + std::to_string(i) + "\nDTSTART:20270110T090000Z\nEND:VEVENT\n";
  const auto reading = read_calendar(view(text + "END:VCALENDAR\n"), today, RushingClock());
  ASSERT_FALSE(reading);
  EXPECT_NE(reading.error().sentence.find(std::to_string(calendar_seconds_at_most) + " seconds"), std::string::npos);
}

}  // namespace
}  // namespace huisbord
