// SPDX-License-Identifier: GPL-3.0-or-later
// Stays: their days, rooms, ends and appearances.
#include "core/domain/stay.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

constexpr Day today{20000};

Placing stay(std::uint8_t person, std::uint8_t room) {
  Placing placing;
  placing.person = PersonId{{person}};
  placing.room = RoomId{{room}};
  placing.from = today - 10;
  return placing;
}

TEST(Stay, HoldsFromItsFirstDayToItsLast) {
  Placing placing = stay(1, 7);
  EXPECT_FALSE(stays_on(placing, today - 11));
  EXPECT_TRUE(stays_on(placing, today - 10));
  EXPECT_TRUE(stays_on(placing, today + 10000));
  placing.until = today;
  EXPECT_TRUE(stays_on(placing, today));
  EXPECT_FALSE(stays_on(placing, today + 1));
}

TEST(Stay, MayEndAheadAndItsEndMayMoveUntilItHasPassed) {
  Placing placing = stay(1, 7);
  EXPECT_EQ(end_stay(placing, today + 3, today)->until, today + 3);
  EXPECT_EQ(end_stay(placing, today - 11, today).error(), Refusal::too_early);
  placing.until = today + 3;
  EXPECT_TRUE(end_stay(placing, today + 9, today));
  placing.until = today - 1;
  EXPECT_EQ(end_stay(placing, today, today).error(), Refusal::stay_ended);
}

TEST(Stay, KeepsSymbolAndFirstDayInAnotherRoom) {
  Placing placing = stay(1, 7);
  placing.symbol = Symbol::kite;
  const auto moved = move_to_room(placing, RoomId{{9}}, today);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->room, RoomId{{9}});
  EXPECT_EQ(moved->symbol, Symbol::kite);
  EXPECT_EQ(moved->from, placing.from);
  placing.until = today - 1;
  EXPECT_EQ(move_to_room(placing, RoomId{{9}}, today).error(), Refusal::stay_ended);
}

TEST(Appearance, IsNeverThatOfARoomMateOrOfStaff) {
  const Placing me = stay(1, 7);
  Placing mate = stay(2, 7);
  mate.symbol = Symbol::paw;
  mate.pastel = Pastel::sky;
  Placing neighbour = stay(3, 9);
  neighbour.symbol = Symbol::key;
  const std::vector<Placing> house{me, mate, neighbour};
  EXPECT_EQ(choose_appearance(me, Symbol::paw, Pastel::sky, house, today).error(), Refusal::already_taken);
  EXPECT_TRUE(choose_appearance(me, Symbol::paw, Pastel::mint, house, today));
  EXPECT_TRUE(choose_appearance(me, Symbol::key, Pastel::peach, house, today));
  EXPECT_EQ(choose_appearance(me, Symbol::key, Pastel::clay, house, today).error(), Refusal::not_allowed);
}

TEST(Stay, OfEighteenMonthsEndsOnTheSameDateOrTheMonthsLast) {
  using namespace std::chrono;
  EXPECT_EQ(longest_stay(Day::from(2026y / January / 15d), 18), Day::from(2027y / July / 15d));
  EXPECT_EQ(longest_stay(Day::from(2026y / August / 31d), 18), Day::from(2028y / February / 29d));
}

}  // namespace
}  // namespace huisbord
