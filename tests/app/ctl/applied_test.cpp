// SPDX-License-Identifier: GPL-3.0-or-later
// Files into the store: once is enough, a newer file changes what it says, and nothing is half done.
#include "app/ctl/applied.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/domain/stay.h"
#include "tests/app/ctl/temporary_desk.h"

namespace huisbord {
namespace {

using Import = TemporaryDesk;

Bytes text(const std::string& content) { return to_bytes(view(content)); }

const std::string heading = "huis;woongroep;kamer;roepnaam;symbool;taal;instroom;casemanager juridisch\n";

TEST_F(Import, OfPeopleMakesHouseWoongroepenRoomsAndStays) {
  const Applied applied = people(fixture("people.csv"));
  EXPECT_EQ(applied.added, 4u);
  EXPECT_EQ(desk->vault().houses()->size(), 1u);
  EXPECT_EQ(desk->vault().woongroepen(scope())->size(), 2u);
  EXPECT_EQ(desk->vault().rooms(scope())->size(), 2u);
  EXPECT_EQ(desk->vault().placings(scope())->size(), 4u);
  const PersonRecord zoe = record(person("Zoé"));
  EXPECT_EQ(zoe.preferences->language, "fr");
  EXPECT_EQ(zoe.managers->legal, "A. Jansen");
  EXPECT_EQ(zoe.identity->arrived, Day::from(std::chrono::year(2025) / 10 / 23));
}

TEST_F(Import, OfTheSameFileAgainChangesNothing) {
  people(fixture("people.csv"));
  leefgeld(fixture("leefgeld.csv"));
  appointments(person("Amanuel"), fixture("series.ics"));
  const auto digest = desk->vault().digest(scope());
  const auto waiting = desk->vault().waiting_count();
  reopen();
  EXPECT_EQ(people(fixture("people-windows1252.csv")).same, 4u);
  EXPECT_EQ(leefgeld(fixture("leefgeld.csv")).same, 9u);
  EXPECT_EQ(appointments(person("Amanuel"), fixture("series.ics")).same, 10u);
  EXPECT_EQ(desk->vault().digest(scope()).value(), digest.value());
  EXPECT_EQ(desk->vault().waiting_count(), waiting);
}

TEST_F(Import, OfANewerListMovesAndUpdatesAndLeavesSymbolAndLanguageToTheResident) {
  people(text(heading + "Huis Zuid;Groep 1;1;Amanuel;fiets;ti;09-07-2026;\n"));
  const Applied applied = people(text(heading + "huis zuid;Groep 1;2;amanuel;maan;nl;09-07-2026;A. Jansen\n"));
  EXPECT_EQ(applied.changed, 1u);
  EXPECT_EQ(applied.added, 0u);
  const auto placings = desk->vault().placings(scope());
  ASSERT_EQ(placings->size(), 1u);
  const auto rooms = desk->vault().rooms(scope());
  EXPECT_EQ(std::ranges::find(*rooms, placings->front().room, &Room::id)->label, "2");
  EXPECT_EQ(placings->front().symbol, Symbol::bicycle);
  const PersonRecord changed = record(placings->front().person);
  EXPECT_EQ(changed.preferences->language, "ti");
  EXPECT_EQ(changed.managers->legal, "A. Jansen");
}

TEST_F(Import, GivesRoomMatesWithoutASymbolDifferentLooks) {
  std::string list = "huis;woongroep;kamer;roepnaam;instroom\n";
  for (int i = 0; i < 12; ++i) list += "Huis Zuid;G;1;Naam" + std::to_string(i) + ";01-01-2026\n";
  people(text(list));
  std::set<std::pair<Symbol, Pastel>> looks;
  const auto placings = desk->vault().placings(scope());
  for (const Placing& placing : *placings) {
    looks.emplace(placing.symbol, placing.pastel);
    EXPECT_NE(placing.pastel, Pastel::clay);
  }
  EXPECT_EQ(looks.size(), 12u);
}

TEST_F(Import, SaysHowManyResidentsAreNotInTheList) {
  people(fixture("people.csv"));
  const Applied applied = people(text(heading + "Huis Zuid;Groep 1;1;Amanuel;fiets;ti;09-07-2026;\n"));
  ASSERT_EQ(applied.remarks.size(), 1u);
  EXPECT_EQ(applied.remarks[0].substr(0, 1), "3");
  EXPECT_EQ(desk->vault().placings(scope())->size(), 4u);
}

TEST_F(Import, OfLeefgeldAddsUp) {
  people(fixture("people.csv"));
  EXPECT_EQ(leefgeld(fixture("leefgeld.csv")).added, 9u);
  std::vector<Entry> entries;
  const PersonRecord amanuel = record(person("Amanuel"));
  for (const StoredEntry& stored : amanuel.entries) entries.push_back(stored.entry);
  EXPECT_EQ(balance(entries), Cents{-750});
  const auto payees = all_payees(*desk, test_day);
  for (const Payee& payee : *payees) {
    if (payee.called != "Lemlem") continue;
    EXPECT_EQ(record(payee.person).entries.size(), 2u);
  }
}

TEST_F(Import, OfAnEventThatMovesToAnotherWeekMakesANewAppointmentAndCallsTheOldOneOff) {
  people(fixture("people.csv"));
  const PersonId amanuel = person("Amanuel");
  const auto calendar = [](const std::string& day, int sequence) {
    return text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSUMMARY:Arts\nSEQUENCE:" + std::to_string(sequence) + "\nDTSTART:" + day +
                "T100000Z\nEND:VEVENT\nEND:VCALENDAR\n");
  };
  const auto standing = [&] {
    std::map<int, Standing> days;
    const PersonRecord now = record(amanuel);
    for (const StoredAppointment& stored : now.appointments) days.emplace(stored.appointment.day.value, stored.appointment.standing);
    return days;
  };
  const auto day = [](int of_december) { return Day::from(std::chrono::year(2026) / 12 / of_december).value; };
  EXPECT_EQ(appointments(amanuel, calendar("20261202", 1)).added, 1u);
  EXPECT_EQ(appointments(amanuel, calendar("20261216", 2)).changed, 1u);
  EXPECT_EQ(standing(), (std::map<int, Standing>{{day(2), Standing::cancelled}, {day(16), Standing::planned}}));
  EXPECT_EQ(appointments(amanuel, calendar("20261216", 2)).same, 1u);
  EXPECT_EQ(appointments(amanuel, calendar("20261209", 1)).remarks.size(), 1u) << "an older word changes nothing";
  EXPECT_EQ(appointments(amanuel, calendar("20261203", 3)).changed, 1u);
  EXPECT_EQ(standing(), (std::map<int, Standing>{{day(3), Standing::planned}, {day(16), Standing::cancelled}})) << "and back again";
  EXPECT_TRUE(desk->vault().verify()->sound());
}

TEST_F(Import, OfAnActivityThatMovesToAnotherWeekCallsTheOldOneOff) {
  people(fixture("people.csv"));
  const auto import = [&](const std::string& day) {
    const StoppedClock stopped;
    const auto reading = read_calendar(
        text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSUMMARY:Les\nDTSTART:" + day + "T100000Z\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"),
        test_day, stopped);
    EXPECT_TRUE(reading && reading->bad.empty());
    return apply_activities(*desk, house(), *reading).value_or(Applied{});
  };
  EXPECT_EQ(import("20261202").added, 1u);
  EXPECT_EQ(import("20261203").changed, 1u);
  EXPECT_EQ(import("20261216").changed, 1u);
  EXPECT_EQ(import("20261216").same, 1u);
  std::size_t cancelled = 0;
  const auto all = desk->vault().activities(scope(), test_day, test_day + 60);
  ASSERT_EQ(all->size(), 2u);
  for (const Activity& one : *all) cancelled += one.cancelled ? 1 : 0;
  EXPECT_EQ(cancelled, 1u);
  EXPECT_FALSE(all->back().cancelled);
}

TEST_F(Import, OfAnUpdatedCalendarMovesAndCancels) {
  people(fixture("people.csv"));
  const PersonId amanuel = person("Amanuel");
  const auto calendar = [](const std::string& events) { return text("BEGIN:VCALENDAR\n" + events + "END:VCALENDAR\n"); };
  const std::string series = "BEGIN:VEVENT\nUID:s\nDTSTART:20261201T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nSEQUENCE:";
  const std::string single = "BEGIN:VEVENT\nUID:x\nSUMMARY:Arts\nSEQUENCE:";
  EXPECT_EQ(appointments(amanuel, calendar(series + "1\nEND:VEVENT\n" + single + "1\nDTSTART:20261202T100000Z\nEND:VEVENT\n")).added, 4u);

  // The office takes one day out of the series and moves the other appointment.
  const Applied applied = appointments(
      amanuel, calendar(series + "2\nEXDATE:20261202T090000Z\nEND:VEVENT\n" + single + "2\nDTSTART:20261203T110000Z\nEND:VEVENT\n"));
  EXPECT_EQ(applied.added, 0u);
  std::size_t cancelled = 0;
  const PersonRecord changed = record(amanuel);
  for (const StoredAppointment& stored : changed.appointments) {
    if (stored.appointment.standing == Standing::cancelled) {
      ++cancelled;
      EXPECT_EQ(stored.appointment.source_uid, "s/20261202T090000Z");
    }
    if (stored.appointment.source_uid != "x") continue;
    EXPECT_EQ(stored.appointment.start.value, 12 * 60);
  }
  EXPECT_EQ(cancelled, 1u);

  // An older file that turns up later changes nothing.
  const Applied older = appointments(amanuel, calendar(single + "1\nDTSTART:20261202T100000Z\nEND:VEVENT\n"));
  EXPECT_EQ(older.changed + older.added, 0u);
  EXPECT_EQ(older.remarks.size(), 1u);
}

TEST_F(Import, OfAHousesCalendarMakesActivities) {
  people(fixture("people.csv"));
  const StoppedClock stopped;
  const auto reading = read_calendar(fixture("series.ics"), test_day, stopped);
  EXPECT_EQ(apply_activities(*desk, house(), *reading)->added, 10u);
  EXPECT_EQ(apply_activities(*desk, house(), *reading)->same, 10u);
  const auto activities = desk->vault().activities(scope(), test_day, test_day + 400);
  EXPECT_EQ(activities->size(), 10u);
}

}  // namespace
}  // namespace huisbord
