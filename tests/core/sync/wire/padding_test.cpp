// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies have one of few sizes, and what they say is the same.
#include <gtest/gtest.h>

#include <set>

#include "core/sync/wire/limits.h"
#include "core/sync/wire/messages.h"

namespace huisbord::wire {

TEST(Padding, SizesAreThoseOfPadmeFromFiveHundredAndTwelveOn) {
  EXPECT_EQ(padded_size(0), 512u);
  EXPECT_EQ(padded_size(512), 512u);
  EXPECT_EQ(padded_size(513), 544u);
  EXPECT_EQ(padded_size(1000), 1024u);
  EXPECT_EQ(padded_size(100'000), 100'352u);
  std::set<std::size_t> sizes;
  for (std::size_t size = 0; size <= max_body; size += 7) {
    const std::size_t seen = padded_size(size);
    EXPECT_GE(seen, size);
    EXPECT_LE(seen, std::max<std::size_t>(512, size + size / 15));
    sizes.insert(seen);
  }
  EXPECT_LT(sizes.size(), 320u) << "of four million";
}

TEST(Padding, EveryBodyIsBroughtToOneOfThemOrLacksAByte) {
  for (std::size_t size = 1; size < 3000; ++size) {
    PushRequest message;
    message.add_segments(std::string(size, 's'));
    const Bytes body = to_padded_body(message);
    const std::size_t plain = to_body(message).size();
    EXPECT_TRUE(body.size() == padded_size(plain) || plain + 1 == padded_size(plain)) << size;
    const auto read = parse_push(body);
    ASSERT_TRUE(read) << size;
    EXPECT_EQ(read->segments(0), message.segments(0));
  }
}

}  // namespace huisbord::wire
