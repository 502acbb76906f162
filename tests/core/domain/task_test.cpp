// SPDX-License-Identifier: GPL-3.0-or-later
// Duties: marking, giving away, taking over, swapping.
#include "core/domain/task.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

constexpr Day today{20000};
const RoomId mine{{7}};
const RoomId theirs{{9}};
const OfferId offer{{1, 1}};

Duty duty_of(RoomId room, Day day = today) {
  Duty duty;
  duty.id = DutyId{{room.bytes[0], static_cast<std::uint8_t>(day.value)}};
  duty.day = day;
  duty.room = duty.planned_room = room;
  return duty;
}

TEST(Duty, IsMarkedDoneByItsOwnRoomOnItsDayAndTheDayAfter) {
  const Duty duty = duty_of(mine);
  EXPECT_TRUE(mark_done(duty, mine, today)->done);
  EXPECT_TRUE(mark_done(duty, mine, today + 1));
  EXPECT_EQ(mark_done(duty, mine, today + 2).error(), Refusal::too_late);
  EXPECT_EQ(mark_done(duty, mine, today - 1).error(), Refusal::too_early);
  EXPECT_EQ(mark_done(duty, theirs, today).error(), Refusal::not_yours);
}

TEST(Duty, ThatIWasTheFirstToTakeCanBeGivenBack) {
  Duty duty = duty_of(theirs);
  EXPECT_EQ(return_claim(duty, mine, offer).error(), Refusal::not_yours);
  duty.room = mine;
  EXPECT_EQ(return_claim(duty, mine, offer).error(), Refusal::nothing_to_undo);
  duty.taken_offer = OfferId{{3}};
  const auto back = return_claim(duty, mine, offer);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->offer, offer);
  EXPECT_EQ(back->returned, (ClaimReturned{{{3}}, mine}));
  duty.open_offer = OfferId{{4}};
  EXPECT_EQ(return_claim(duty, mine, offer).error(), Refusal::already_offered);
  duty.open_offer.reset();
  duty.done = true;
  EXPECT_EQ(return_claim(duty, mine, offer).error(), Refusal::already_done);
}

TEST(Duty, IsNotMarkedTwiceAndCanBeTakenBack) {
  Duty duty = duty_of(mine);
  EXPECT_EQ(take_back_done(duty, mine, today).error(), Refusal::not_done);
  duty.done = true;
  EXPECT_EQ(mark_done(duty, mine, today).error(), Refusal::already_done);
  EXPECT_FALSE(take_back_done(duty, mine, today + 1)->done);
  EXPECT_EQ(take_back_done(duty, mine, today + 2).error(), Refusal::too_late);
  EXPECT_EQ(take_back_done(duty, theirs, today).error(), Refusal::not_yours);
}

TEST(Offer, HangsOnceUntilTheDayIsOver) {
  Duty duty = duty_of(mine);
  const auto offered = offer_duty(duty, mine, today, offer);
  ASSERT_TRUE(offered);
  EXPECT_EQ(offered->offer, offer);
  EXPECT_FALSE(offered->withdrawn);
  EXPECT_EQ(offer_duty(duty, mine, today + 1, offer).error(), Refusal::too_late);
  EXPECT_EQ(offer_duty(duty, theirs, today, offer).error(), Refusal::not_yours);
  duty.open_offer = offer;
  EXPECT_EQ(offer_duty(duty, mine, today, OfferId{{2}}).error(), Refusal::already_offered);
  duty.open_offer.reset();
  duty.done = true;
  EXPECT_EQ(offer_duty(duty, mine, today, offer).error(), Refusal::already_done);
}

TEST(Offer, IsWithdrawnByWhoMadeItWhileNobodyTookIt) {
  Duty duty = duty_of(mine);
  EXPECT_EQ(withdraw_offer(duty, mine).error(), Refusal::not_offered);
  duty.open_offer = offer;
  EXPECT_TRUE(withdraw_offer(duty, mine)->withdrawn);
  EXPECT_EQ(withdraw_offer(duty, theirs).error(), Refusal::not_yours);
  duty.open_offer.reset();
  duty.taken_offer = offer;
  duty.room = theirs;
  EXPECT_EQ(withdraw_offer(duty, mine).error(), Refusal::already_taken);
}

TEST(Offer, IsTakenByAnotherRoomAndOnlyOnce) {
  Duty duty = duty_of(mine);
  EXPECT_EQ(claim_duty(duty, theirs, today).error(), Refusal::not_offered);
  duty.open_offer = offer;
  const auto claimed = claim_duty(duty, theirs, today);
  ASSERT_TRUE(claimed);
  EXPECT_EQ(claimed->offer, offer);
  EXPECT_EQ(claimed->room, theirs);
  EXPECT_EQ(claim_duty(duty, mine, today).error(), Refusal::own_offer);
  EXPECT_EQ(claim_duty(duty, theirs, today + 1).error(), Refusal::too_late);
  duty.open_offer.reset();
  duty.taken_offer = offer;
  duty.room = theirs;
  EXPECT_EQ(claim_duty(duty, RoomId{{3}}, today).error(), Refusal::already_taken);
}

TEST(Swap, IsProposedForTwoDutiesThatLieAheadAndAreFree) {
  const Duty a = duty_of(mine, today + 1);
  Duty b = duty_of(theirs, today + 2);
  const RecordId swap{{5}};
  const auto proposed = propose_swap(a, b, mine, today, swap);
  ASSERT_TRUE(proposed);
  EXPECT_EQ(proposed->swap, swap);
  EXPECT_EQ(proposed->mine, a.id);
  EXPECT_EQ(proposed->theirs, b.id);
  EXPECT_EQ(propose_swap(a, b, theirs, today, swap).error(), Refusal::not_yours);
  EXPECT_EQ(propose_swap(a, a, mine, today, swap).error(), Refusal::own_offer);
  EXPECT_EQ(propose_swap(a, b, mine, today + 2, swap).error(), Refusal::too_late);
  b.open_offer = offer;
  EXPECT_EQ(propose_swap(a, b, mine, today, swap).error(), Refusal::already_offered);
  b.open_offer.reset();
  b.done = true;
  EXPECT_EQ(propose_swap(a, b, mine, today, swap).error(), Refusal::already_done);
}

TEST(Swap, IsAnsweredOnceByTheRoomThatWasAsked) {
  Swap swap{RecordId{{5}}, {}, {}, mine, theirs};
  EXPECT_TRUE(answer_swap(swap, true, theirs)->accepted);
  EXPECT_FALSE(answer_swap(swap, false, theirs)->accepted);
  EXPECT_EQ(answer_swap(swap, true, mine).error(), Refusal::not_yours);
  swap.state = Swap::State::declined;
  EXPECT_EQ(answer_swap(swap, true, theirs).error(), Refusal::already_taken);
  swap.state = Swap::State::withdrawn;
  EXPECT_EQ(answer_swap(swap, true, theirs).error(), Refusal::not_offered);
}

TEST(Swap, IsWithdrawnByTheRoomThatAskedWhileNobodyAnswered) {
  Swap swap{RecordId{{5}}, DutyId{{1}}, DutyId{{2}}, mine, theirs};
  const auto withdrawn = withdraw_swap(swap, mine);
  ASSERT_TRUE(withdrawn);
  EXPECT_TRUE(withdrawn->withdrawn);
  EXPECT_EQ(withdrawn->mine, swap.mine);
  EXPECT_EQ(withdraw_swap(swap, theirs).error(), Refusal::not_yours);
  swap.state = Swap::State::accepted;
  EXPECT_EQ(withdraw_swap(swap, mine).error(), Refusal::already_taken);
  swap.state = Swap::State::withdrawn;
  EXPECT_EQ(withdraw_swap(swap, mine).error(), Refusal::nothing_to_undo);
}

}  // namespace
}  // namespace huisbord
