// SPDX-License-Identifier: GPL-3.0-or-later
// A resident's commands: each works with no relay, is saved here, arrives later, is taken back, and says why it may not.
#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

/// Signed in; duties of days 0, 2, 4 and 6 from today are this room's, the others the neighbours'.
class Session : public KioskHouse {
 protected:
  Session() { EXPECT_EQ(sign_in(pin).outcome, SignIn::welcome); }
  [[nodiscard]] const AppointmentView& appointment() { return actions_->resident().appointments.at(0); }
  [[nodiscard]] const EntryView& entry() { return actions_->resident().entries.at(0); }
  /// What a command answered: "" or the refusal's number.
  static std::string said(const std::expected<void, Refusal>& answer) {
    return answer ? "" : "refusal " + std::to_string(static_cast<int>(answer.error()));
  }
  static std::string refused(Refusal refusal) { return said(std::unexpected(refusal)); }
  void neighbour_does(const OpenChange& change) {
    must(desk_->record(house(), Actor::of(neighbour_), change));
    exchange();
  }
};

TEST_F(Session, AnAnswerIsSavedHereAndArrivesLater) {
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::coming)), "");
  EXPECT_EQ(changed_, 1);
  EXPECT_EQ(appointment().appointment.answer, Answer::coming);
  EXPECT_EQ(appointment().answer_arrival, Arrival::saved_here);
  exchange();
  EXPECT_EQ(appointment().answer_arrival, Arrival::arrived);
  EXPECT_EQ(must(desk_->open_person(house(), person_, key_)).appointments.at(0).appointment.answer, Answer::coming);
}

TEST_F(Session, AnAnswerIsTakenBack) {
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::cannot)), "");
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::none)), "");
  EXPECT_EQ(appointment().appointment.answer, Answer::none);
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::please_move)), "");
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::please_move)), refused(Refusal::same_answer));
}

TEST_F(Session, OnlyOwnAppointmentsAreAnswered) {
  EXPECT_EQ(said(actions_->answer(fresh<AppointmentTag>(), Answer::coming)), refused(Refusal::not_yours));
  Appointment cancelled = appointment_;
  cancelled.standing = Standing::cancelled;
  must(desk_->record(house(), Actor::none(), person_, key_, {cancelled}));
  exchange();
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::coming)), refused(Refusal::appointment_cancelled));
  EXPECT_EQ(changed_, 0);
}

TEST_F(Session, ADutyDoneIsSavedHereAndArrivesLater) {
  EXPECT_EQ(said(actions_->mark_done(duty(0))), "");
  EXPECT_TRUE(duty_view(0).duty.done);
  EXPECT_EQ(duty_view(0).arrival, Arrival::saved_here);
  exchange();
  EXPECT_EQ(duty_view(0).arrival, Arrival::arrived);
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
}

TEST_F(Session, ADutyDoneIsTakenBack) {
  EXPECT_EQ(said(actions_->take_back_done(duty(0))), refused(Refusal::not_done));
  EXPECT_EQ(said(actions_->mark_done(duty(0))), "");
  EXPECT_EQ(said(actions_->mark_done(duty(0))), refused(Refusal::already_done));
  EXPECT_EQ(said(actions_->take_back_done(duty(0))), "");
  EXPECT_FALSE(duty_view(0).duty.done);
}

TEST_F(Session, OnlyOnesOwnDutyOfTodayIsDone) {
  EXPECT_EQ(said(actions_->mark_done(duty(1))), refused(Refusal::not_yours));
  EXPECT_EQ(said(actions_->mark_done(duty(2))), refused(Refusal::too_early));
  EXPECT_EQ(said(actions_->mark_done(fresh<DutyTag>())), refused(Refusal::too_late)) << "what is not here any more is over";
}

TEST_F(Session, AnOfferHangsOnTheBoardUntilItIsTakenBack) {
  EXPECT_EQ(said(actions_->offer(duty(2))), "");
  EXPECT_TRUE(duty_view(2).duty.open_offer);
  EXPECT_EQ(duty_view(2).arrival, Arrival::saved_here);
  exchange();
  EXPECT_EQ(duty_view(2).arrival, Arrival::arrived);
  EXPECT_EQ(said(actions_->offer(duty(2))), refused(Refusal::already_offered));
  EXPECT_EQ(said(actions_->withdraw_offer(duty(2))), "");
  EXPECT_FALSE(duty_view(2).duty.open_offer);
  EXPECT_EQ(said(actions_->withdraw_offer(duty(2))), refused(Refusal::not_offered));
  EXPECT_EQ(said(actions_->offer(duty(1))), refused(Refusal::not_yours));
}

TEST_F(Session, WhatAnotherRoomGivesAwayIsTakenOver) {
  EXPECT_EQ(said(actions_->claim(duty(1))), refused(Refusal::not_offered));
  EXPECT_EQ(said(actions_->claim(duty(2))), refused(Refusal::own_offer));
  neighbour_does(DutyOffered{fresh<OfferTag>(), duty(1), false});
  EXPECT_EQ(said(actions_->claim(duty(1))), "");
  EXPECT_TRUE(duty_view(1).mine);
  EXPECT_EQ(duty_view(1).arrival, Arrival::saved_here);
  exchange();
  EXPECT_EQ(duty_view(1).arrival, Arrival::arrived);
  EXPECT_EQ(duty_at(*desk_, 1).duty.room, rooms_[0]);
}

TEST_F(Session, WhatWasTakenOverIsOfferedAgain) {
  neighbour_does(DutyOffered{fresh<OfferTag>(), duty(1), false});
  EXPECT_EQ(said(actions_->claim(duty(1))), "");
  EXPECT_EQ(said(actions_->offer(duty(1))), "");
  EXPECT_TRUE(duty_view(1).duty.open_offer);
}

TEST_F(Session, ATakeOverIsGivenBackToTheRoomThatOffered) {
  neighbour_does(DutyOffered{fresh<OfferTag>(), duty(1), false});
  EXPECT_EQ(said(actions_->return_claim(duty(1))), refused(Refusal::not_yours));
  EXPECT_EQ(said(actions_->return_claim(duty(2))), refused(Refusal::nothing_to_undo));
  EXPECT_EQ(said(actions_->claim(duty(1))), "");
  EXPECT_EQ(said(actions_->return_claim(duty(1))), "");
  EXPECT_FALSE(duty_view(1).mine);
  EXPECT_EQ(duty_view(1).duty.room, duty_view(1).duty.planned_room);
  ASSERT_TRUE(duty_view(1).duty.open_offer) << "it hangs on the board again";
  EXPECT_EQ(said(actions_->claim(duty(1))), "") << "and can be taken again";
  EXPECT_TRUE(duty_view(1).mine);
  EXPECT_EQ(said(actions_->return_claim(duty(1))), "");
  exchange();
  EXPECT_EQ(duty_at(*desk_, 1).duty.room, rooms_[1]);
  EXPECT_TRUE(duty_at(*desk_, 1).duty.open_offer);
}

TEST_F(Session, ASwapIsAskedAndTakenBack) {
  EXPECT_EQ(said(actions_->propose_swap(duty(2), duty(1))), "");
  EXPECT_TRUE(duty_view(2).duty.swap_asked);
  EXPECT_TRUE(duty_view(1).duty.swap_asked);
  EXPECT_EQ(duty_view(2).arrival, Arrival::saved_here);
  EXPECT_EQ(said(actions_->propose_swap(duty(2), duty(3))), refused(Refusal::already_offered));
  EXPECT_EQ(said(actions_->withdraw_swap(duty(2))), "");
  EXPECT_FALSE(duty_view(2).duty.swap_asked);
  EXPECT_FALSE(duty_view(1).duty.swap_asked);
  EXPECT_EQ(said(actions_->withdraw_swap(duty(2))), refused(Refusal::nothing_to_undo));
  EXPECT_EQ(said(actions_->propose_swap(duty(1), duty(3))), refused(Refusal::not_yours));
}

TEST_F(Session, ASwapThatWasAskedOfMeIsAnswered) {
  const RecordId swap = fresh<RecordTag>();
  neighbour_does(SwapProposed{swap, duty(1), duty(2), false});
  const RotaView rota = actions_->rota(week_of(today()));
  ASSERT_EQ(rota.swaps_asked_of_me.size(), 1u);
  EXPECT_EQ(said(actions_->withdraw_swap(duty(2))), refused(Refusal::not_yours)) << "it is not mine to take back";
  EXPECT_EQ(said(actions_->answer_swap(swap, true)), "");
  EXPECT_TRUE(duty_view(1).mine);
  EXPECT_FALSE(duty_view(2).mine);
  EXPECT_EQ(said(actions_->answer_swap(swap, false)), refused(Refusal::already_taken)) << "an answer counts once";
  EXPECT_EQ(said(actions_->answer_swap(fresh<RecordTag>(), true)), refused(Refusal::too_late));
}

TEST_F(Session, ASwapThatIsRefusedMovesNothing) {
  const RecordId swap = fresh<RecordTag>();
  neighbour_does(SwapProposed{swap, duty(1), duty(2), false});
  EXPECT_EQ(said(actions_->answer_swap(swap, false)), "");
  EXPECT_TRUE(duty_view(2).mine);
  EXPECT_FALSE(duty_view(2).duty.swap_asked);
  EXPECT_TRUE(actions_->rota(week_of(today())).swaps_asked_of_me.empty());
}

TEST_F(Session, AQuestionIsSavedHereArrivesAndIsTakenBack) {
  EXPECT_EQ(said(actions_->question(entry_.id)), "");
  EXPECT_EQ(entry().entry.question, QuestionState::asked);
  EXPECT_EQ(entry().entry.answer_by, today() + 7);
  EXPECT_EQ(entry().question_arrival, Arrival::saved_here);
  EXPECT_EQ(said(actions_->question(entry_.id)), refused(Refusal::already_asked));
  exchange();
  EXPECT_EQ(entry().question_arrival, Arrival::arrived);
  EXPECT_EQ(said(actions_->withdraw_question(entry_.id)), "");
  EXPECT_EQ(entry().entry.question, QuestionState::withdrawn);
  EXPECT_EQ(said(actions_->withdraw_question(entry_.id)), refused(Refusal::nothing_to_undo));
  EXPECT_EQ(said(actions_->question(fresh<EntryTag>())), refused(Refusal::not_yours));
}

TEST_F(Session, LanguageAndSizeAreRemembered) {
  const Preferences chosen{"ar", TextSize::larger, Contrast::high};
  EXPECT_EQ(said(actions_->set_preferences(chosen)), "");
  EXPECT_EQ(actions_->resident().preferences, chosen);
  restart();
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  EXPECT_EQ(actions_->resident().preferences, chosen);
}

TEST_F(Session, WhatWasAcknowledgedIsThereAfterARestart) {
  EXPECT_EQ(said(actions_->mark_done(duty(0))), "");
  EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::coming)), "");
  restart();
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  EXPECT_TRUE(duty_view(0).duty.done);
  EXPECT_EQ(duty_view(0).arrival, Arrival::saved_here);
  EXPECT_EQ(appointment().appointment.answer, Answer::coming);
}

TEST_F(Session, ADiskThatTakesNothingIsNoRefusalAndLosesNothing) {
  EXPECT_EQ(said(actions_->offer(duty(2))), "");
  const auto swap = fresh<RecordTag>();
  neighbour_does(SwapProposed{swap, duty(3), duty(4), false});
  changed_ = 0;
  {
    const FailingDisk disk;
    EXPECT_EQ(said(actions_->mark_done(duty(0))), refused(not_saved));
    EXPECT_EQ(said(actions_->answer(appointment_.id, Answer::coming)), refused(not_saved));
    EXPECT_EQ(said(actions_->withdraw_offer(duty(2))), refused(not_saved));
    EXPECT_EQ(said(actions_->answer_swap(swap, true)), refused(not_saved));
    EXPECT_EQ(said(actions_->question(entry_.id)), refused(not_saved));
    EXPECT_EQ(said(actions_->set_preferences({"ti", TextSize::large, Contrast::normal})), refused(not_saved));
    EXPECT_FALSE(duty_view(0).duty.done) << "nothing shows that is not kept";
    EXPECT_EQ(appointment().appointment.answer, Answer::none);
  }
  EXPECT_EQ(changed_, 0);
  EXPECT_EQ(log_.size(), 6u);
  EXPECT_TRUE(duty_view(2).duty.open_offer);
  EXPECT_EQ(said(actions_->mark_done(duty(0))), "") << "the disk is back";
  restart();
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  EXPECT_TRUE(duty_view(0).duty.done);
  EXPECT_TRUE(duty_view(2).duty.open_offer);
}

TEST_F(Session, ACutKioskSaysThatItMayNot) {
  organisation_.charter(house()).keyring.clear();
  organisation_.cut(house(), kiosk_device_.number, Cut{});
  must(kiosk_->take_charter(organisation_.sign(house())));
  EXPECT_EQ(said(actions_->mark_done(duty(0))), refused(Refusal::not_allowed));
}

TEST_F(Session, NoLogLineHoldsANameOrValue) {
  {
    const FailingDisk disk;
    (void)actions_->answer(appointment_.id, Answer::coming);
    (void)actions_->mark_done(duty(0));
    (void)actions_->question(entry_.id);
  }
  ASSERT_FALSE(log_.empty());
  for (const std::string& line : log_)
    for (const std::string& secret : {std::string("Winta"), appointment_.title, appointment_.place, entry_.reason, std::string("5000")})
      EXPECT_EQ(line.find(secret), std::string::npos) << line;
}

}  // namespace
}  // namespace huisbord
