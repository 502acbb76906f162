// SPDX-License-Identifier: GPL-3.0-or-later
// The house's clock on a machine that stands in Tokyo, on the two nights of the year when it jumps.
#include "core/i18n/zone.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace huisbord::i18n {
namespace {

using namespace std::chrono;

Millis utc(year_month_day date, int hour, int minute, int second = 0) {
  return {(sys_days{date}.time_since_epoch() + hours{hour} + minutes{minute} + seconds{second}) / milliseconds{1}};
}

class HouseZoneAbroad : public ::testing::Test {
 protected:
  HouseZoneAbroad() {
    ::setenv("TZ", "Asia/Tokyo", 1);
    ::tzset();
  }
  ~HouseZoneAbroad() override {
    ::unsetenv("TZ");
    ::tzset();
  }
  HouseZone zone_ = HouseZone::open().value();
  const Day spring_ = Day::from(2026y / March / 29d);
  const Day autumn_ = Day::from(2026y / October / 25d);
};

HouseTime at(Day day, int hour, int minute) { return {day, {hour * 60 + minute}}; }

}  // namespace

TEST_F(HouseZoneAbroad, IsNotTheMachinesZone) {
  const std::time_t now = utc(2026y / April / 14d, 8, 34).value / 1000;
  std::tm local{};
  ASSERT_NE(::localtime_r(&now, &local), nullptr);
  ASSERT_EQ(local.tm_hour, 17);
  EXPECT_EQ(zone_.house_time(utc(2026y / April / 14d, 8, 34)), at(Day::from(2026y / April / 14d), 10, 34));
}

TEST_F(HouseZoneAbroad, KnowsWinterAndSummer) {
  EXPECT_EQ(zone_.house_time(utc(2026y / January / 1d, 22, 59, 59)), at(Day::from(2026y / January / 1d), 23, 59));
  EXPECT_EQ(zone_.house_time(utc(2026y / January / 1d, 23, 0)), at(Day::from(2026y / January / 2d), 0, 0));
  EXPECT_EQ(zone_.house_time(utc(2026y / July / 1d, 22, 0)), at(Day::from(2026y / July / 2d), 0, 0));
}

TEST_F(HouseZoneAbroad, SkipsAnHourOnTheLastSundayOfMarch) {
  EXPECT_EQ(zone_.house_time(utc(2026y / March / 29d, 0, 59)), at(spring_, 1, 59));
  EXPECT_EQ(zone_.house_time(utc(2026y / March / 29d, 1, 0)), at(spring_, 3, 0));
  EXPECT_EQ(zone_.instant(spring_, {3 * 60}), utc(2026y / March / 29d, 1, 0));
  EXPECT_EQ(zone_.instant(spring_, {2 * 60 + 30}), utc(2026y / March / 29d, 1, 30));
  EXPECT_EQ(zone_.house_time(zone_.instant(spring_, {2 * 60 + 30})), at(spring_, 3, 30));
  EXPECT_EQ(zone_.start_of(spring_ + 1).value - zone_.start_of(spring_).value, 23 * 3600 * 1000);
}

TEST_F(HouseZoneAbroad, LivesAnHourTwiceOnTheLastSundayOfOctober) {
  EXPECT_EQ(zone_.house_time(utc(2026y / October / 25d, 0, 30)), at(autumn_, 2, 30));
  EXPECT_EQ(zone_.house_time(utc(2026y / October / 25d, 1, 30)), at(autumn_, 2, 30));
  EXPECT_EQ(zone_.instant(autumn_, {2 * 60 + 30}), utc(2026y / October / 25d, 0, 30));
  EXPECT_EQ(zone_.instant(autumn_, {3 * 60}), utc(2026y / October / 25d, 2, 0));
  EXPECT_EQ(zone_.start_of(autumn_ + 1).value - zone_.start_of(autumn_).value, 25 * 3600 * 1000);
}

TEST_F(HouseZoneAbroad, ComesBackToTheSameMinuteOnEveryOtherDay) {
  const Day first = Day::from(2024y / January / 1d);
  for (int day = 0; day < 4 * 365; ++day)
    for (const int minute : {0, 61, 239, 630, 1439}) {
      const HouseTime time{first + day, {minute}};
      ASSERT_EQ(zone_.house_time(zone_.instant(time.day, time.minute)), time) << day << " " << minute;
    }
}

TEST_F(HouseZoneAbroad, CountsBackBeforeTheEpoch) {
  EXPECT_EQ(zone_.house_time({-1}), at(Day::from(1970y / January / 1d), 0, 59));
  EXPECT_EQ(zone_.house_time(utc(1969y / December / 31d, 22, 0)), at(Day::from(1969y / December / 31d), 23, 0));
}

}  // namespace huisbord::i18n
