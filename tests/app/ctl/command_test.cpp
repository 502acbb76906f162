// SPDX-License-Identifier: GPL-3.0-or-later
// The commands as an operator gives them, from an empty folder to a verified store.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "tests/app/ctl/command_line.h"

namespace huisbord {
namespace {

class Commands : public CommandLine {
 protected:
  [[nodiscard]] std::size_t residents() {
    const auto phrase = crypto::normalise_phrase(to_string(read_source(path("phrase"), 1000).value()));
    auto desk = Desk::open(dir(), *phrase);
    EXPECT_TRUE(desk);
    const auto house = desk->find_house("Huis Zuid");
    return house ? desk->vault().placings(house->id.as<ScopeTag>())->size() : 0;
  }
};

TEST_F(Commands, WriteNothingWhileALineIsBadUnlessToldToSkipIt) {
  const std::string import = "import people " + fixture_path("people-bad.csv").string() + access();
  const Status refused = run(import);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().sentence.find("6 bad lines"), std::string::npos);
  EXPECT_NE(refused.error().sentence.find("--skip-bad"), std::string::npos);
  EXPECT_EQ(residents(), 0u);
  EXPECT_TRUE(run(import + " --skip-bad"));
  EXPECT_EQ(residents(), 1u);
}

TEST_F(Commands, ExportWhatImportTakesBackWithoutAChange) {
  ASSERT_TRUE(run("import people " + fixture_path("people.csv").string() + access()));
  ASSERT_TRUE(run("import leefgeld " + fixture_path("leefgeld.csv").string() + access()));
  ASSERT_TRUE(run("import appointments " + fixture_path("series.ics").string() + access() + " --person 1/fiets"));
  for (const char* what : {"people", "leefgeld", "appointments"}) {
    ASSERT_TRUE(run("export " + std::string(what) + access() + " --out " + path(std::string(what) + ".csv"))) << what;
  }
  ASSERT_TRUE(run("import people " + path("people.csv") + access()));
  ASSERT_TRUE(run("import leefgeld " + path("leefgeld.csv") + access()));
  for (const char* again : {"people", "leefgeld"}) {
    ASSERT_TRUE(run("export " + std::string(again) + access() + " --out " + path("again.csv")));
    EXPECT_EQ(read_source(path("again.csv"), 1 << 20).value(), read_source(path(std::string(again) + ".csv"), 1 << 20).value());
  }
  EXPECT_EQ(residents(), 4u);
  EXPECT_TRUE(run("verify --dir " + dir() + " --phrase-file " + path("phrase")));
}

TEST_F(Commands, ExportEverythingHeldAboutAResidentAlsoAfterTheyLeft) {
  const std::string history = " --dir " + path("lived") + " --phrase-file " + path("phrase");
  ASSERT_TRUE(
      run("simulate --root-dir " + path("lived-root") + history + " --houses 1 --people 6 --months 14 --seed 2 --today 2026-11-20"));
  const auto exported = [&](const std::string& what) {
    EXPECT_TRUE(run("export " + what + history + " --today 2026-11-20 --out " + path("out")));
    return to_string(read_source(path("out"), 1 << 22).value());
  };
  const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
  EXPECT_EQ(lines(exported("people")), 1 + 6);
  const std::string all = exported("people --ended");
  EXPECT_GT(lines(all), 1 + 6);
  EXPECT_GT(lines(exported("leefgeld --ended")), lines(exported("leefgeld")));
  EXPECT_NE(exported("leefgeld").find(";saldo;"), std::string::npos);

  const auto phrase = crypto::normalise_phrase(to_string(read_source(path("phrase"), 1000).value()));
  auto opened = Desk::open(path("lived"), *phrase);
  ASSERT_TRUE(opened);
  std::optional<Desk> lived(std::move(*opened));
  Desk& desk = *lived;
  const ScopeId scope = desk.vault().houses()->front().id.as<ScopeTag>();
  const auto placings = desk.vault().placings(scope);
  const auto gone = std::ranges::find_if(*placings, [](const Placing& placing) { return placing.until.has_value(); });
  ASSERT_NE(gone, placings->end());
  const auto record = desk.vault().open_person(scope, gone->person, *desk.vault().person_key(gone->person));
  const std::string person = gone->person.hex();
  lived.reset();
  const std::string page = exported("resident --person " + person);
  EXPECT_NE(page.find(record->identity->called), std::string::npos);
  for (const StoredAppointment& one : record->appointments) EXPECT_NE(page.find(one.appointment.title), std::string::npos);
  for (const StoredEntry& one : record->entries) EXPECT_NE(page.find(one.entry.reason), std::string::npos);
  EXPECT_NE(page.find("carried"), std::string::npos);
  EXPECT_NE(page.find("until: "), std::string::npos);
  EXPECT_FALSE(run("export resident --person 00112233445566778899aabbccddeeff" + history));
}

TEST_F(Commands, SetTasksNoticesAndAppointmentsAndShowThem) {
  ASSERT_TRUE(run("import people " + fixture_path("people.csv").string() + access()));
  EXPECT_TRUE(run("task add --house 'huis zuid' --place keuken --before 20:30 --days 135" + access()));
  EXPECT_FALSE(run("task add --house 'huis zuid' --place dak" + access()));
  EXPECT_FALSE(run("task add --house 'huis zuid' --place keuken --days 8" + access()));
  EXPECT_TRUE(run("notice add --house 'huis zuid' --text nl=Hallo 'ar=مرحبا|نص'" + access()));
  EXPECT_FALSE(run("notice add --text en=Hello" + access()));
  EXPECT_TRUE(run("appointment add --person 1/fiets --when 2026-11-24T14:30 --kind doctor" + access()));
  EXPECT_FALSE(run("appointment add --person 1/fiets --when 2026-11-24T25:30" + access()));
  EXPECT_FALSE(run("appointment add --person 9/fiets --when 2026-11-24" + access()));
  for (const char* what : {"houses", "people", "notices", "duties", "appointments --person 1/fiets", "leefgeld --person 1/fiets"}) {
    EXPECT_TRUE(run("show " + std::string(what) + access())) << what;
  }
  EXPECT_TRUE(run("status" + access()));
}

}  // namespace
}  // namespace huisbord
