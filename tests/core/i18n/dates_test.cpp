// SPDX-License-Identifier: GPL-3.0-or-later
// Days and times as the mockups write them, in four languages.
#include "core/i18n/dates.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace huisbord::i18n {
namespace {

using namespace std::chrono;

const Day kTuesday = Day::from(2026y / April / 14d);

Catalogue catalogue(Language language) {
  auto loaded = Catalogue::load(std::filesystem::path(HUISBORD_BINARY_DIR) / "locale", language);
  EXPECT_TRUE(loaded);
  return *loaded;
}

MinuteOfDay at(int hour, int minute) { return {hour * 60 + minute}; }

}  // namespace

TEST(Dates, AreWrittenInFullAsOnTheMockups) {
  EXPECT_EQ(full_date(catalogue(Language::nl), kTuesday), "dinsdag 14 april");
  EXPECT_EQ(full_date(catalogue(Language::en), kTuesday), "Tuesday 14 April");
  EXPECT_EQ(plain(full_date(catalogue(Language::ar), kTuesday)), "الثلاثاء 14 أبريل");
  EXPECT_EQ(full_date(catalogue(Language::ti), kTuesday), "ሰሉስ 14 ሚያዝያ");
}

TEST(Dates, AreNearWhereTheyAreNear) {
  const Catalogue dutch = catalogue(Language::nl);
  EXPECT_EQ(near_day(dutch, kTuesday, kTuesday), "vandaag");
  EXPECT_EQ(near_day(dutch, kTuesday + 1, kTuesday), "morgen");
  EXPECT_EQ(near_day(dutch, kTuesday - 1, kTuesday), "gisteren");
  EXPECT_EQ(near_day(dutch, kTuesday + 2, kTuesday), "donderdag");
  EXPECT_EQ(near_day(dutch, kTuesday + 6, kTuesday), "maandag");
  EXPECT_EQ(near_day(dutch, kTuesday + 7, kTuesday), "dinsdag 21 april");
  EXPECT_EQ(near_day(dutch, kTuesday - 2, kTuesday), "zondag 12 april");
  EXPECT_EQ(near_day(dutch, kTuesday + 365, kTuesday), "woensdag 14 april 2027");
  EXPECT_EQ(near_day(dutch, kTuesday - 300, kTuesday), "woensdag 18 juni 2025");
}

TEST(Dates, NeverCountDays) {
  for (const Language language : kCompleteLanguages)
    for (int ahead = -20; ahead < 20; ++ahead) {
      const std::string text = plain(near_day(catalogue(language), kTuesday + ahead, kTuesday));
      if (ahead < -1 || ahead > 6)
        EXPECT_NE(text.find(day_of_month(kTuesday + ahead)), std::string::npos) << text;
      else
        EXPECT_EQ(text.find_first_of("0123456789"), std::string::npos) << text;
    }
}

TEST(Dates, TellAMomentAsOnTheMockups) {
  EXPECT_EQ(near_moment(catalogue(Language::nl), kTuesday + 1, at(10, 30), kTuesday), "morgen 10:30");
  EXPECT_EQ(near_moment(catalogue(Language::nl), kTuesday + 3, at(9, 0), kTuesday), "vrijdag 9:00");
  EXPECT_EQ(near_moment(catalogue(Language::en), kTuesday + 1, at(10, 30), kTuesday), "tomorrow 10:30");
  EXPECT_EQ(plain(near_moment(catalogue(Language::ar), kTuesday + 1, at(10, 30), kTuesday)), "غدًا 10:30");
  EXPECT_EQ(near_moment(catalogue(Language::ti), kTuesday + 3, at(19, 0), kTuesday), "ዓርቢ፣ 19:00");
  EXPECT_EQ(catalogue(Language::ti).text(Key("task.open_line"), {{"moment", day_moment(catalogue(Language::ti), kTuesday + 4, at(11, 0))}}),
            "ቀዳም 18፣ 11:00። ገና ሰብ የለን።");
}

TEST(Dates, AreShortAtTheStartOfARow) {
  const Day thursday = kTuesday - 5;
  EXPECT_EQ(short_date(catalogue(Language::nl), thursday), "do 9 apr");
  EXPECT_EQ(short_date(catalogue(Language::en), thursday), "Thu 9 Apr");
  EXPECT_EQ(plain(short_date(catalogue(Language::ar), thursday)), "9 أبريل");
  EXPECT_EQ(short_date(catalogue(Language::ti), thursday), "9 ሚያዝያ");
}

TEST(Dates, NameSevenDaysAndTwelveMonthsEach) {
  for (const Language language : kCompleteLanguages) {
    const Catalogue words = catalogue(language);
    std::set<std::string> days;
    std::set<std::string> months;
    for (int day = 0; day < 366; ++day) {
      days.insert(weekday(words, kTuesday + day));
      months.insert(month(words, kTuesday + day));
      EXPECT_FALSE(weekday_short(words, kTuesday + day).empty());
      EXPECT_FALSE(month_title(words, kTuesday + day).empty());
    }
    EXPECT_EQ(days.size(), 7u) << code(language);
    EXPECT_EQ(months.size(), 12u) << code(language);
  }
  EXPECT_EQ(weekday(catalogue(Language::ti), kTuesday - 1), "ሰኑይ");
  EXPECT_EQ(weekday(catalogue(Language::ti), kTuesday + 5), "ሰንበት");
  EXPECT_EQ(weekday(catalogue(Language::ar), kTuesday + 2), "الخميس");
  EXPECT_EQ(month_title(catalogue(Language::nl), kTuesday), "April");
  EXPECT_EQ(weekday_short(catalogue(Language::nl), kTuesday), "di");
}

TEST(Times, HaveTwentyFourHours) {
  EXPECT_EQ(time_of_day(at(10, 30)), "10:30");
  EXPECT_EQ(time_of_day(at(9, 0)), "9:00");
  EXPECT_EQ(time_of_day(at(0, 5)), "0:05");
  EXPECT_EQ(time_of_day(at(23, 59)), "23:59");
}

TEST(Times, CountDownToNothing) {
  EXPECT_EQ(countdown(102), "1:42");
  EXPECT_EQ(countdown(20), "0:20");
  EXPECT_EQ(countdown(0), "0:00");
  EXPECT_EQ(countdown(-4), "0:00");
}

}  // namespace huisbord::i18n
