// SPDX-License-Identifier: GPL-3.0-or-later
// Stamps: always rising, never telling more than a quarter hour.
#include "core/journal/hybrid_clock.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

namespace huisbord {
namespace {

constexpr std::int64_t quarter = Stamp::quarter_millis;

TEST(HybridClock, TellsTheQuarterHourAndNothingFiner) {
  HybridClock clock;
  const Stamp first = clock.tick({100 * quarter + 1});
  const Stamp second = clock.tick({101 * quarter - 1});
  EXPECT_EQ(first.value, std::uint64_t{100} << 32);
  EXPECT_EQ(second.value, first.value + 1);
  EXPECT_EQ(second.time().value, 100 * quarter);
  EXPECT_EQ(clock.tick({101 * quarter}).value, std::uint64_t{101} << 32);
}

TEST(HybridClock, RisesWhateverTheMachinesClockDoes) {
  EXPECT_TRUE(rc::check("any mix of ticks at any time and stamps received", [](const std::vector<std::pair<bool, std::int32_t>>& steps) {
    HybridClock clock;
    Stamp last;
    for (const auto& [received, value] : steps) {
      if (received) {
        clock.receive({static_cast<std::uint64_t>(static_cast<std::uint32_t>(value)) << 20});
        RC_ASSERT(clock.last() >= last);
        last = clock.last();
      } else {
        const Stamp tick = clock.tick({std::int64_t{value} * 1000});
        RC_ASSERT(tick > last);
        last = tick;
      }
    }
  }));
}

TEST(HybridClock, AnAnswerIsStampedAfterWhatItAnswers) {
  HybridClock ahead;
  HybridClock behind;
  const Stamp question = ahead.tick({200 * quarter});
  behind.receive(question);
  const Stamp answer = behind.tick({100 * quarter});
  EXPECT_EQ(answer.value, question.value + 1);
}

TEST(HybridClock, ACounterThatIsFullCarriesIntoTheQuarter) {
  HybridClock clock(Stamp{(std::uint64_t{100} << 32) | 0xffffffffu});
  EXPECT_EQ(clock.tick({100 * quarter}).value, std::uint64_t{101} << 32);
}

TEST(HybridClock, AStampMoreThanADayAheadWaits) {
  const Millis now{1000 * quarter + 5};
  EXPECT_FALSE(waits({std::uint64_t{1096} << 32 | 7}, now));
  EXPECT_TRUE(waits({std::uint64_t{1097} << 32}, now));
  EXPECT_TRUE(waits({~std::uint64_t{0}}, now));
}

TEST(HybridClock, TimesOutsideOfItsRangeEndAtItsEnds) {
  EXPECT_EQ(quarter_of({-1}), 0u);
  EXPECT_EQ(quarter_of({std::numeric_limits<std::int64_t>::max()}), 0xffffffffu);
}

}  // namespace
}  // namespace huisbord
