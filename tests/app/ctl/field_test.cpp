// SPDX-License-Identifier: GPL-3.0-or-later
// Days, amounts, symbols and languages as people write them.
#include "app/ctl/field.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace huisbord {
namespace {

using namespace std::chrono;

TEST(ParseDay, TakesDutchAndIsoDates) {
  const Day day = Day::from(2026y / July / 9d);
  for (const char* text : {"09-07-2026", "9-7-2026", "09/07/2026", "09.07.2026", "2026-07-09", "2026-7-9", "09-07-2026 00:00"}) {
    EXPECT_EQ(parse_day(text), day) << text;
  }
}

TEST(ParseDay, RefusesWhatIsNoDayAndSaysHowToWriteIt) {
  for (const char* text :
       {"", "vandaag", "31-02-2026", "09-07-26", "2026-13-01", "9-7-2026-1", "09-07-2026 14:00", "-1-7-2026", "09-07-1889", "0x1-1-2026"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
  EXPECT_NE(parse_day("31-02-2026").error().find("does not exist"), std::string::npos);
}

RC_GTEST_PROP(ParseDay, ReadsBackWhatIsoDayWrites, ()) {
  const Day day{*rc::gen::inRange(10000, 40000)};
  RC_ASSERT(parse_day(iso_day(day)).value() == day);
}

TEST(ParseCents, TakesDecimalCommaAndPointGroupsAndSigns) {
  EXPECT_EQ(parse_cents("50,00"), Cents{5000});
  EXPECT_EQ(parse_cents("-7,50"), Cents{-750});
  EXPECT_EQ(parse_cents("−7.5"), Cents{-750});
  EXPECT_EQ(parse_cents("€ 1.234,50"), Cents{123450});
  EXPECT_EQ(parse_cents("1,234.50"), Cents{123450});
  EXPECT_EQ(parse_cents("50"), Cents{5000});
  EXPECT_EQ(parse_cents("+0,05"), Cents{5});
}

TEST(ParseCents, RefusesWhatMayMeanTwoThings) {
  for (const char* text :
       {"1.234", "1,234", "", "-", "vijftig", "5O,00", "50,", "1.23.456", "50,000,00", "99999999999", "1e3", "--5", "200000"}) {
    EXPECT_FALSE(parse_cents(text)) << text;
  }
}

RC_GTEST_PROP(ParseCents, ReadsBackWhatDecimalWrites, ()) {
  const Cents amount{*rc::gen::inRange<std::int64_t>(-10000000, 10000000)};
  RC_ASSERT(parse_cents(decimal(amount)).value() == amount);
}

TEST(ParseSymbol, KnowsEverySymbolByItsDutchName) {
  std::set<std::string> names;
  for (int number = 1; number <= symbol_count; ++number) {
    const auto symbol = static_cast<Symbol>(number);
    const std::string name(dutch_name(symbol));
    EXPECT_EQ(parse_symbol(name), symbol) << number;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), std::size_t{symbol_count});
  EXPECT_EQ(parse_symbol("Fiets"), Symbol::bicycle);
  EXPECT_EQ(parse_symbol("kite"), Symbol::kite);
  EXPECT_FALSE(parse_symbol("eenhoorn"));
}

TEST(ParsePastel, LeavesClayToStaff) {
  EXPECT_EQ(parse_pastel("lucht"), Pastel::sky);
  EXPECT_FALSE(parse_pastel("klei"));
  EXPECT_FALSE(parse_pastel("zwart"));
}

TEST(ParseLanguage, TakesCodesAndDutchNames) {
  EXPECT_EQ(parse_language("ti"), "ti");
  EXPECT_EQ(parse_language("AR"), "ar");
  EXPECT_EQ(parse_language("Tigrinya"), "ti");
  EXPECT_EQ(parse_language("Dari"), "fa");
  EXPECT_FALSE(parse_language("tigre"));
  EXPECT_FALSE(parse_language("1a"));
}

}  // namespace
}  // namespace huisbord
