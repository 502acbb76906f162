// SPDX-License-Identifier: GPL-3.0-or-later
// Days, weeks, bytes and bounded randomness.
#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/base/random.h"

namespace huisbord {

TEST(Week, BeginsOnMonday) {
  using namespace std::chrono;
  const Day tuesday = Day::from(2026y / April / 14d);
  EXPECT_EQ(weekday_of(tuesday), 1);
  EXPECT_EQ(week_of(tuesday).monday(), tuesday - 1);
  EXPECT_EQ(week_of(tuesday - 1), week_of(tuesday + 5));
  EXPECT_NE(week_of(tuesday - 2), week_of(tuesday));
}

TEST(Week, IsMonotonicAcrossTheEpoch) {
  for (int day = -30; day < 30; ++day) {
    const Day d{day};
    EXPECT_LE(week_of(d).monday(), d);
    EXPECT_LT(d - week_of(d).monday(), 7);
  }
}

TEST(Bytes, HexadecimalRoundTripsAndRefusesOtherText) {
  const Bytes bytes{0x00, 0xff, 0x1a};
  EXPECT_EQ(to_hex(bytes), "00ff1a");
  EXPECT_EQ(from_hex("00FF1a"), bytes);
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("zz"));
}

TEST(ByteReader, ReturnsZeroAfterAShortRead) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u32(0x01020304);
  ByteReader reader(bytes);
  EXPECT_EQ(reader.u16(), 0x0304);
  EXPECT_EQ(reader.u64(), 0u);
  EXPECT_FALSE(reader.ok());
}

TEST(Random, BelowStaysBelowAndReachesEveryValue) {
  SeededRandom random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 1000; ++i) ++seen.at(random.below(6));
  for (const int count : seen) EXPECT_GT(count, 100);
}

}  // namespace huisbord
