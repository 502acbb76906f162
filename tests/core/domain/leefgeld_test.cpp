// SPDX-License-Identifier: GPL-3.0-or-later
// Balances that do not depend on order, carried balances, questions, and the next payment.
#include "core/domain/leefgeld.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace huisbord {
namespace {

constexpr Day today{20000};

Entry entry(std::int64_t cents, std::uint32_t device, std::uint64_t number, EntryKind kind = EntryKind::week_money) {
  Entry made;
  made.id.bytes[0] = static_cast<std::uint8_t>(device);
  made.id.bytes[1] = static_cast<std::uint8_t>(number);
  made.day = today;
  made.amount = {cents};
  made.kind = kind;
  made.device = device;
  made.number = number;
  return made;
}

std::vector<Entry> some_entries() {
  std::vector<Entry> entries;
  const auto count = *rc::gen::inRange<std::uint64_t>(0, 40);
  for (std::uint64_t number = 1; number <= count; ++number) {
    entries.push_back(entry(*rc::gen::inRange(-10000, 10000), *rc::gen::inRange(1u, 4u), number));
  }
  return entries;
}

std::vector<Entry> shuffled(std::vector<Entry> entries) {
  for (std::size_t i = entries.size(); i > 1; --i) std::swap(entries[i - 1], entries[*rc::gen::inRange<std::size_t>(0, i)]);
  return entries;
}

TEST(Balance, OfNothingIsNothing) { EXPECT_EQ(balance({}), Cents{0}); }

TEST(Balance, CountsEachLineOfACorrection) {
  Entry wrong = entry(5000, 1, 1);
  Entry correction = entry(-5000, 1, 2, EntryKind::correction);
  correction.corrects = wrong.id;
  EXPECT_EQ(balance({wrong, correction, entry(4000, 1, 3)}), Cents{4000});
}

RC_GTEST_PROP(Balance, DoesNotDependOnTheOrderOfTheEntries, ()) {
  std::vector<Entry> entries = some_entries();
  if (!entries.empty() && *rc::gen::arbitrary<bool>()) {
    Entry carried = entry(*rc::gen::inRange(-10000, 10000), 9, 1, EntryKind::carried);
    carried.covers = {{1, *rc::gen::inRange<std::uint64_t>(0, 40)}, {2, *rc::gen::inRange<std::uint64_t>(0, 40)}};
    entries.push_back(carried);
  }
  RC_ASSERT(balance(shuffled(entries)) == balance(entries));
}

RC_GTEST_PROP(Balance, IsTheSameWhenACarriedBalanceStandsForItsEarlierEntries, ()) {
  const std::vector<Entry> entries = some_entries();
  const Cents whole = balance(entries);
  Entry carried = entry(0, 9, 1, EntryKind::carried);
  std::vector<Entry> kept;
  for (std::uint32_t device = 1; device < 4; ++device) carried.covers.push_back({device, *rc::gen::inRange<std::uint64_t>(0, 41)});
  for (const Entry& each : entries) {
    const bool covered = each.number <= carried.covers[each.device - 1].up_to;
    if (covered) carried.amount += each.amount;
    if (!covered || *rc::gen::arbitrary<bool>()) kept.push_back(each);  // past its term a covered line is gone from the kiosk
  }
  kept.push_back(carried);
  RC_ASSERT(balance(kept) == whole);
}

TEST(Balance, TakesTheLatestOfTwoCarriedBalances) {
  Entry old = entry(1000, 9, 1, EntryKind::carried);
  old.covers = {{1, 1}};
  Entry latest = entry(3000, 9, 2, EntryKind::carried);
  latest.day = today + 7;
  latest.covers = {{1, 2}, {9, 1}};
  EXPECT_EQ(balance({latest, entry(1000, 1, 1), entry(2000, 1, 2), old, entry(500, 1, 3)}), Cents{3500});
}

TEST(Question, IsAnsweredWithinSevenDaysAndAskedOnce) {
  Entry line = entry(-750, 1, 1, EntryKind::correction);
  const auto asked = question_entry(line, today);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->state, QuestionState::asked);
  EXPECT_EQ(asked->answer_by, today + 7);
  line.question = QuestionState::asked;
  EXPECT_EQ(question_entry(line, today).error(), Refusal::already_asked);
  line.question = QuestionState::answered;
  EXPECT_TRUE(question_entry(line, today));
}

TEST(Question, CanBeWithdrawnOnlyWhileItIsAsked) {
  Entry line = entry(-750, 1, 1);
  EXPECT_EQ(withdraw_question(line, today).error(), Refusal::nothing_to_undo);
  line.question = QuestionState::asked;
  line.answer_by = today + 5;
  const auto withdrawn = withdraw_question(line, today);
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(withdrawn->state, QuestionState::withdrawn);
  EXPECT_EQ(withdrawn->answer_by, today + 5);
}

Rate rate(Day from, std::uint8_t payday, std::int64_t cents) {
  Rate made;
  made.id.bytes[0] = payday;
  made.from = from;
  made.payday = payday;
  made.parts = {{RatePart::For::food, {cents}}, {RatePart::For::clothing, {1000}}};
  return made;
}

TEST(NextPayment, IsTheComingPaydayWithTheSumOfItsParts) {
  const auto monday = week_of(today).monday();
  const auto payment = next_payment({rate(monday - 100, 3, 4000)}, monday);
  ASSERT_TRUE(payment);
  EXPECT_EQ(payment->day, monday + 3);
  EXPECT_EQ(payment->total, Cents{5000});
  EXPECT_EQ(payment->parts.size(), 2u);
}

TEST(NextPayment, IsTodayOnAPayday) {
  const auto monday = week_of(today).monday();
  EXPECT_EQ(next_payment({rate(monday, 0, 1)}, monday)->day, monday);
}

TEST(NextPayment, FollowsARateThatChangesBeforeThePayday) {
  const auto monday = week_of(today).monday();
  const std::vector<Rate> rates{rate(monday - 100, 3, 4000), rate(monday + 2, 4, 6000)};
  const auto payment = next_payment(rates, monday);
  ASSERT_TRUE(payment);
  EXPECT_EQ(payment->day, monday + 4);
  EXPECT_EQ(payment->total, Cents{7000});
}

TEST(NextPayment, WaitsForARateThatBeginsLater) {
  EXPECT_FALSE(next_payment({}, today));
  const auto payment = next_payment({rate(today + 60, 2, 4000)}, today);
  ASSERT_TRUE(payment);
  EXPECT_GE(payment->day, today + 60);
  EXPECT_LT(payment->day, today + 67);
}

}  // namespace
}  // namespace huisbord
