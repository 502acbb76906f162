// SPDX-License-Identifier: GPL-3.0-or-later
// Amounts as the mockups write them, and that nothing can pull them apart.
#include "core/i18n/money.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/i18n/direction.h"

namespace huisbord::i18n {

TEST(Money, IsWrittenAsOnTheMockups) {
  EXPECT_EQ(plain(amount({3850})), "€ 38,50");
  EXPECT_EQ(plain(amount({5})), "€ 0,05");
  EXPECT_EQ(plain(amount({0})), "€ 0,00");
  EXPECT_EQ(plain(amount({-1200})), "− € 12,00");
  EXPECT_EQ(plain(signed_amount({5850})), "+ € 58,50");
  EXPECT_EQ(plain(signed_amount({-4000})), "− € 40,00");
  EXPECT_EQ(plain(signed_amount({0})), "€ 0,00");
}

TEST(Money, GroupsThousands) {
  EXPECT_EQ(plain(amount({250000})), "€ 2.500,00");
  EXPECT_EQ(plain(amount({123456789})), "€ 1.234.567,89");
  EXPECT_EQ(plain(amount({std::numeric_limits<std::int64_t>::min()})), "− € 92.233.720.368.547.758,08");
}

TEST(Money, NeverSplitsOverALineAndKeepsItsOrder) {
  for (const std::string& text : {amount({3850}), signed_amount({5850}), signed_amount({-100000})}) {
    EXPECT_EQ(text.find(' '), std::string::npos) << text;
    EXPECT_TRUE(text.starts_with("\u2066")) << text;
    EXPECT_TRUE(text.ends_with("\u2069")) << text;
  }
}

TEST(Direction, MirrorsArabicAndFarsiOnly) {
  for (const Language language : kLanguages)
    EXPECT_EQ(direction(language) == Direction::right_to_left, language == Language::ar || language == Language::fa) << code(language);
}

TEST(Direction, IsolatesOnlyWhereOrderCouldChange) {
  EXPECT_EQ(isolate("Marieke", Direction::left_to_right), "Marieke");
  EXPECT_EQ(isolate("10:30", Direction::left_to_right), "10:30");
  EXPECT_EQ(isolate("ሰሉስ", Direction::left_to_right), "ሰሉስ");
  EXPECT_EQ(isolate("سمير", Direction::left_to_right), "\u2068سمير\u2069");
  EXPECT_EQ(isolate("سمير", Direction::right_to_left), "سمير");
  EXPECT_EQ(isolate("Marieke", Direction::right_to_left), "\u2066Marieke\u2069");
  EXPECT_EQ(isolate("", Direction::right_to_left), "");
}

TEST(Direction, IsolatesOnce) {
  const std::string once = amount({3850});
  EXPECT_EQ(isolate(once, Direction::right_to_left), once);
  EXPECT_EQ(isolate(isolate("سمير", Direction::left_to_right), Direction::left_to_right), "\u2068سمير\u2069");
}

TEST(Direction, SeesTwoPiecesAsTwo) {
  const std::string two = amount({100}) + " " + amount({200});
  EXPECT_EQ(isolate(two, Direction::right_to_left), "\u2066" + two + "\u2069");
}

TEST(Direction, TakesMarksAwayForReadingAloud) {
  EXPECT_EQ(plain("\u2066€\u00a038,50\u2069 سمير"), "€ 38,50 سمير");
  EXPECT_EQ(plain("ሰሉስ 14"), "ሰሉስ 14");
}

}  // namespace huisbord::i18n
