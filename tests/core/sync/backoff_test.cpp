// SPDX-License-Identifier: GPL-3.0-or-later
// When the next try is due.
#include "core/sync/backoff.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/sync/manual_clock.h"

namespace huisbord {
namespace {

constexpr Backoff::Settings settings{.tick = {30'000}, .longest = {900'000}};

struct Fixture {
  explicit Fixture(std::uint64_t seed = 1) : random(seed), backoff(settings, random, clock) {}
  std::int64_t left() const { return backoff.wait().value; }
  ManualClock clock;
  SeededRandom random;
  Backoff backoff;
};

}  // namespace

TEST(Backoff, TheFirstTryIsDueAtOnce) { EXPECT_EQ(Fixture().left(), 0); }

TEST(Backoff, AfterASuccessATickPassesATenthMoreOrLess) {
  std::set<std::int64_t> waits;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Fixture fixture(seed);
    fixture.backoff.succeeded();
    EXPECT_GE(fixture.left(), 27'000);
    EXPECT_LE(fixture.left(), 33'000);
    waits.insert(fixture.left());
  }
  EXPECT_GT(waits.size(), 100u) << "kiosks that started together would stay together";
}

TEST(Backoff, FailuresWaitEverLongerAndNeverLongerThanTheLongest) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Fixture fixture(seed);
    std::int64_t whole = settings.tick.value;
    for (int failure = 0; failure < 60; ++failure) {
      whole = std::min(2 * whole, settings.longest.value);
      fixture.backoff.failed();
      EXPECT_GE(fixture.left(), whole / 2);
      EXPECT_LE(fixture.left(), whole);
    }
  }
}

TEST(Backoff, ASuccessForgetsTheFailures) {
  Fixture fixture;
  for (int i = 0; i < 10; ++i) fixture.backoff.failed();
  fixture.backoff.succeeded();
  EXPECT_LE(fixture.left(), 33'000);
  fixture.backoff.failed();
  EXPECT_LE(fixture.left(), 60'000);
}

TEST(Backoff, ABusyRelayIsLeftAloneAsLongAsItAsksButNotForEver) {
  Fixture fixture;
  fixture.backoff.failed({300'000});
  EXPECT_GE(fixture.left(), 300'000);
  fixture.backoff.succeeded();
  fixture.backoff.failed({std::int64_t{1} << 60});
  EXPECT_LE(fixture.left(), settings.longest.value);
}

TEST(Backoff, HurryGivesUpALongWaitAndKeepsTheTick) {
  Fixture fixture;
  for (int i = 0; i < 10; ++i) fixture.backoff.failed();
  fixture.backoff.hurry();
  EXPECT_GE(fixture.left(), 27'000) << "a tap must not show in when we call";
  EXPECT_LE(fixture.left(), 33'000);
  fixture.clock.advance({40'000});
  EXPECT_EQ(fixture.left(), 0);
}

TEST(Backoff, HurryBeforeATickChangesNothing) {
  Fixture fixture;
  fixture.backoff.succeeded();
  const Millis due = fixture.backoff.due();
  fixture.backoff.hurry();
  EXPECT_EQ(fixture.backoff.due(), due);
}

}  // namespace huisbord
