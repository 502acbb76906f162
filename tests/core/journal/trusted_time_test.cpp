// SPDX-License-Identifier: GPL-3.0-or-later
// Which time is believed when clocks are lost, wound back or lied about.
#include "core/journal/trusted_time.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

constexpr std::int64_t hour = 60 * 60 * 1000;
constexpr std::int64_t day = 24 * hour;
constexpr Millis noon{20'000 * day + 12 * hour};
using Source = TrustedTime::Source;

Stamp stamp_at(Millis time) { return {std::uint64_t{quarter_of(time)} << 32 | 3}; }
Millis operator+(Millis time, std::int64_t more) { return {time.value + more}; }

TEST(TrustedTime, BelievesTheSystemClockThatNothingContradicts) {
  const TrustedTime time({}, std::nullopt, {0});
  EXPECT_EQ(time.read(noon, {5}).now, noon);
  EXPECT_EQ(time.read(noon, {5}).source, Source::system);
  TrustedTime agreeing(stamp_at(noon), noon + -hour, {0});
  agreeing.saw_relay_date(noon + 23 * hour, {0});
  EXPECT_EQ(agreeing.read(noon + hour, {hour}).source, Source::system);
}

TEST(TrustedTime, AClockBehindTheLastStampGivesWayToTheDesksTimeAndWhatHasRunSince) {
  TrustedTime time(stamp_at(noon), noon + -2 * hour, {1000});
  const auto reading = time.read({0}, {1000 + hour});
  EXPECT_EQ(reading.source, Source::desk);
  EXPECT_EQ(reading.now, noon + -hour);
  time.saw_desk(noon + 3 * hour, {1000 + 2 * hour});
  EXPECT_EQ(time.read({0}, {1000 + 4 * hour}).now, noon + 5 * hour);
  EXPECT_EQ(time.last_desk(), noon + 3 * hour);
}

TEST(TrustedTime, ANeighboursFastClockTakesTheRightTimeFromNobody) {
  TrustedTime time({}, noon + -3 * day, {0});
  time.saw_stamp(stamp_at(noon + 20 * hour), {hour});
  EXPECT_EQ(time.read(noon, {hour}).now, noon) << "a stamp that did not have to wait";
  EXPECT_EQ(time.read(noon + -5 * hour, {hour}).source, Source::desk);
}

TEST(TrustedTime, AClockBehindTheDeskIsNotBelieved) {
  const TrustedTime time({}, noon, {0});
  EXPECT_EQ(time.read(noon + -1, {hour}).source, Source::desk);
  EXPECT_EQ(time.read(noon + -1, {hour}).now, noon + hour);
  EXPECT_EQ(time.read(noon, {0}).source, Source::system);
}

TEST(TrustedTime, WithoutADeskTheLastStampCarriesOn) {
  TrustedTime time(stamp_at(noon), std::nullopt, {0});
  EXPECT_EQ(time.read({0}, {hour}).source, Source::stamp);
  EXPECT_EQ(time.read({0}, {hour}).now, noon + hour);
  time.saw_stamp(stamp_at(noon + hour), {2 * hour});
  EXPECT_EQ(time.read({0}, {3 * hour}).now, noon + 2 * hour);
}

TEST(TrustedTime, TimeRunsOnAlthoughStampsOfOneQuarterKeepComing) {
  TrustedTime time(stamp_at(noon), std::nullopt, {0});
  for (std::int64_t minute = 1; minute <= 14; ++minute) {
    time.saw_stamp({stamp_at(noon).value + static_cast<std::uint64_t>(minute)}, {minute * 60'000});
  }
  EXPECT_EQ(time.read({0}, {14 * 60'000}).now, noon + 14 * 60'000);
}

TEST(TrustedTime, TheRelayCanMakeUsDoubtAndNeverSetTheTime) {
  TrustedTime time(stamp_at(noon), noon, {0});
  const Millis far_ahead = noon + 400 * day;
  time.saw_relay_date(noon + hour, {0});
  EXPECT_EQ(time.read(far_ahead, {hour}).source, Source::desk);
  EXPECT_EQ(time.read(far_ahead, {hour}).now, noon + hour);
  time.saw_relay_date(noon + 900 * day, {hour});
  EXPECT_EQ(time.read(noon + hour, {hour}).now, noon + hour) << "a lying relay pushes nobody into the future";
}

TEST(TrustedTime, TheRelaysDateIsCarriedOnWithTheRunningClock) {
  TrustedTime time({}, noon, {0});
  time.saw_relay_date(noon, {0});
  EXPECT_EQ(time.read(noon + 3 * day, {3 * day}).source, Source::system);
  EXPECT_EQ(time.read(noon + 3 * day, {hour}).source, Source::desk);
}

TEST(TrustedTime, AnOlderDeskTimeChangesNothing) {
  TrustedTime time({}, noon, {0});
  time.saw_desk(noon + hour, {2 * hour});
  EXPECT_EQ(time.read({0}, {2 * hour}).now, noon + 2 * hour) << "more time has run than the late witness knows";
}

}  // namespace
}  // namespace huisbord
