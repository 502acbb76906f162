// SPDX-License-Identifier: GPL-3.0-or-later
// Codes as people read and type them.
#include "core/pairing/code.h"

#include <gtest/gtest.h>

#include <set>

namespace huisbord {

TEST(Code, IsReadAsItIsShown) {
  SeededRandom random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const PairingCode code = make_code(random);
    const auto read = parse_code(shown(code));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(*read, code);
    seen.insert(shown(code));
  }
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(Code, ForgivesWhatPeopleType) {
  const auto code = parse_code("ABC0-1EFG");
  ASSERT_TRUE(code.has_value());
  for (const char* typed : {"abc0 1efg", "ABCO1EFG", "abcolefg", "AB C0-IE FG", "  abcOiefg "}) {
    const auto read = parse_code(typed);
    ASSERT_TRUE(read.has_value()) << typed;
    EXPECT_EQ(*read, *code) << typed;
  }
}

TEST(Code, RefusesWhatIsNone) {
  for (const char* typed : {"", "ABC", "ABCD-EFG", "ABCD-EFGHJ", "ABCDEFGU", "ABCD_EFGH", "ABCD\nEFGH", "ÄBCDEFG"})
    EXPECT_FALSE(parse_code(typed).has_value()) << typed;
}

}  // namespace huisbord
