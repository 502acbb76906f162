// SPDX-License-Identifier: GPL-3.0-or-later
// Tests that must fail, run one by one by CTest, which expects it of them.
#include <gtest/gtest.h>

#include <vector>

TEST(MustFail, AnExpectation) { EXPECT_EQ(1 + 1, 3); }

// Passes by luck without a sanitizer, so it is asked only of a build that has one.
TEST(MustFail, AnOverrun) {
  const std::vector<int> two{1, 2};
  const volatile int* const past = two.data() + 2;
  EXPECT_EQ(*past, *past);
}
