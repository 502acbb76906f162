// SPDX-License-Identifier: GPL-3.0-or-later
// What anybody in the hallway sees, the rota that the kiosk keeps, and what is left of a session.
#include "app/kiosk/house_actions.h"

#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

class Hallway : public KioskHouse {
 protected:
  [[nodiscard]] std::string texts_of(const BoardView& board) const {
    std::string all = board.house_name;
    for (const Activity& activity : board.today) all += "\n" + activity.title + "\n" + activity.place;
    for (const BoardDuty& duty : board.duties) all += "\n" + duty.room_label + "\n" + duty.woongroep;
    for (const Notice& notice : board.notices)
      for (const auto& [language, text] : notice.texts) all += "\n" + text.title + "\n" + text.body;
    for (const Sleeper& sleeper : actions_->sleepers()) all += "\n" + sleeper.room_label;
    return all;
  }
  [[nodiscard]] std::size_t planned() const {
    return must(kiosk_->duties(house(), week_of(today()).monday(), week_of(today()).monday() + 13)).size();
  }
};

TEST_F(Hallway, TheBoardShowsTheHouseAndNothingPersonal) {
  for (const bool session : {false, true}) {
    if (session) {
      ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
    }
    const std::string shown = texts_of(actions_->board());
    EXPECT_NE(shown.find("Huis De Linde"), std::string::npos);
    for (const std::string& secret : {std::string("Winta"), std::string("Ghebremariam"), std::string("Zwaniru"), std::string("Zwanenburg"),
                                      appointment_.title, appointment_.place, entry_.reason})
      EXPECT_EQ(shown.find(secret), std::string::npos) << secret;
  }
}

TEST_F(Hallway, TheBoardShowsTodaysDutyWithItsRoom) {
  const BoardView board = actions_->board();
  ASSERT_EQ(board.duties.size(), 1u);
  EXPECT_EQ(board.duties[0].room_label, "10");
  EXPECT_EQ(board.duties[0].woongroep, "") << "one woongroep needs no name";
}

TEST_F(Hallway, SleepersComeByRoom) {
  const auto sleepers = actions_->sleepers();
  ASSERT_EQ(sleepers.size(), 2u);
  EXPECT_EQ(sleepers[0].room_label, "7");
  EXPECT_EQ(sleepers[1].room_label, "10");
  EXPECT_EQ(sleepers[1].symbol, Symbol::paw);
}

TEST_F(Hallway, WhoseStayHasEndedIsNotShown) {
  must(desk_->record(house(), Actor::none(), PlacingEnded{neighbour_, today() - 1}));
  exchange();
  ASSERT_EQ(actions_->sleepers().size(), 1u);
  EXPECT_EQ(actions_->sleepers()[0].person, person_);
}

TEST_F(Hallway, TendingMakesThisAndNextWeeksRotaOnce) {
  EXPECT_EQ(planned(), 7u);
  EXPECT_TRUE(actions_->tend());
  EXPECT_EQ(planned(), 14u);
  const std::size_t waiting = kiosk_->waiting_count();
  EXPECT_EQ(waiting, 7u);
  EXPECT_TRUE(actions_->tend());
  restart();
  EXPECT_TRUE(actions_->tend());
  EXPECT_EQ(kiosk_->waiting_count(), waiting) << "nothing is planned twice";
  EXPECT_EQ(planned(), 14u);
}

TEST_F(Hallway, TheRotaOfTwoDevicesIsOne) {
  EXPECT_TRUE(actions_->tend());
  const auto here = must(kiosk_->duties(house(), today(), today() + 13));
  for (const DutyPlanned& duty : plan_week({week_of(today()).value + 1}, must(desk_->tasks(house())), must(desk_->rooms(house()))))
    must(desk_->record(house(), Actor::none(), duty));
  exchange();
  const auto merged = must(kiosk_->duties(house(), today(), today() + 13));
  ASSERT_EQ(merged.size(), here.size());
  for (std::size_t i = 0; i < here.size(); ++i) EXPECT_EQ(merged[i].duty.room, here[i].duty.room);
}

TEST_F(Hallway, TendingOnAFailingDiskIsToBeDoneAgain) {
  {
    const FailingDisk disk;
    EXPECT_FALSE(actions_->tend());
  }
  EXPECT_FALSE(log_.empty());
  EXPECT_TRUE(actions_->tend());
  EXPECT_EQ(planned(), 14u);
}

TEST_F(Hallway, TheBadgeSaysWhatWaitsAndWhenAllHadArrived) {
  EXPECT_EQ(actions_->sync().state, SyncView::State::waiting) << "nothing was ever sent";
  mark_done(0);
  EXPECT_EQ(actions_->sync().waiting, 1u);
  EXPECT_EQ(actions_->sync().state, SyncView::State::waiting);
  exchange();
  news_.all_arrived_at = organisation_.clock.now();
  EXPECT_EQ(actions_->sync().state, SyncView::State::all_arrived);
  EXPECT_EQ(actions_->sync().last_sent, actions_->now().minute);
  mark_done(2);
  EXPECT_EQ(actions_->sync().state, SyncView::State::waiting);
  EXPECT_TRUE(actions_->sync().last_sent);
  news_.office_looks = true;
  EXPECT_EQ(actions_->sync().state, SyncView::State::someone_looks);
}

TEST_F(Hallway, TheRevisionTellsOfChangesFromAfar) {
  const auto before = actions_->revision();
  must(desk_->record(house(), Actor::none(), PlacingEnded{neighbour_, today() - 1}));
  exchange();
  EXPECT_GT(actions_->revision(), before);
}

TEST_F(Hallway, DaysAreTheHousesOwn) {
  // 14:13 in Greenwich is 16:13 in Amsterdam, and the day begins at 22:00 of the one before.
  EXPECT_EQ(actions_->now().minute.value, 16 * 60 + 13);
  const Day before = actions_->now().today;
  organisation_.clock.pass(8 * TestClock::hour);
  EXPECT_EQ(actions_->now().today, before + 1);
  EXPECT_EQ(actions_->now().minute.value, 13);
}

TEST_F(Hallway, SigningOutLeavesNoSession) {
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  actions_->sign_out();
  EXPECT_FALSE(actions_->signed_in());
  EXPECT_FALSE(actions_->poll_sign_in());
}

TEST(ResidentViewWipe, OverwritesTextsInPlace) {
  ResidentView view;
  view.identity.called = "a name that is longer than a string holds in itself";
  view.managers.legal = "somebody";
  view.balance = {1250};
  view.appointments.emplace_back().appointment.title = "short";
  view.entries.emplace_back().entry.reason = "why";
  wipe(view);
  EXPECT_EQ(view.identity.called, "");
  EXPECT_FALSE(view.managers.legal);
  EXPECT_EQ(view.balance.value, 0);
  EXPECT_TRUE(view.appointments.empty());
  EXPECT_TRUE(view.entries.empty());
}

TEST_F(Hallway, AChangeFromAfarShowsInTheSession) {
  ASSERT_EQ(sign_in(pin).outcome, SignIn::welcome);
  Appointment moved = appointment_;
  moved.day = moved.end_day = today() + 5;
  must(desk_->record(house(), Actor::none(), person_, key_, {moved}));
  exchange();
  ASSERT_EQ(actions_->resident().appointments.size(), 1u);
  EXPECT_EQ(actions_->resident().appointments[0].appointment.day, today() + 5);
}

}  // namespace
}  // namespace huisbord
