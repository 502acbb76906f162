// SPDX-License-Identifier: GPL-3.0-or-later
// The house used as its people use it: by what stands on the glass.
#include <algorithm>

#include "core/i18n/dates.h"
#include "core/i18n/direction.h"
#include "tests/ui/house_glass.h"

namespace huisbord::tests {
namespace {

using i18n::Key;

const Appointment& first_appointment(HouseGlass& g) { return g.house.writable().appointments.front().appointment; }
Duty& duty(HouseGlass& g, int task, int day) { return g.house.duties()[static_cast<std::size_t>(task * 7 + day)]; }
std::string cell(HouseGlass& g, const char* task, Day day, Key state) {
  return g.host.words().text(Key("task.cell_state"),
                             {{"task", task}, {"day", i18n::weekday(g.host.words(), day)}, {"state", g.say(state)}});
}

TEST(Resident, ComesAndTakesItBack) {
  HouseGlass g;
  g.let_in(Place::home);
  g.glass().tap("Ik kom");
  EXPECT_EQ(first_appointment(g).answer, Answer::coming);
  EXPECT_TRUE(g.glass().shows("Je komt"));
  EXPECT_FALSE(g.glass().shows("Ik kom"));
  g.glass().tap("Toch niet");
  EXPECT_EQ(first_appointment(g).answer, Answer::none);
  EXPECT_TRUE(g.glass().shows("Ik kom"));
  EXPECT_TRUE(g.glass().shows(g.say(Key("toast.undone"))));
}

TEST(Resident, MayTakeBackForEightSeconds) {
  HouseGlass g;
  g.let_in(Place::home);
  g.glass().tap("Ik kom");
  g.glass().advance(7000);
  EXPECT_TRUE(g.glass().shows("Toch niet"));
  g.glass().advance(1500);
  EXPECT_FALSE(g.glass().shows("Toch niet"));
}

TEST(Resident, IsAskedOnceBeforeOthersHearThatTheyCannotCome) {
  HouseGlass g;
  g.let_in(Place::appointments);
  g.glass().tap("Ik kan niet");
  EXPECT_EQ(first_appointment(g).answer, Answer::none);
  g.glass().tap(g.say(Key("common.back")));
  EXPECT_EQ(first_appointment(g).answer, Answer::none);
  g.glass().tap("Ik kan niet");
  g.glass().tap(g.say(Key("confirm.cannot.yes")));
  EXPECT_EQ(first_appointment(g).answer, Answer::cannot);
  EXPECT_TRUE(g.glass().shows(g.say(Key("sync.item_saved"))));
  g.glass().tap("Toch niet");
  EXPECT_EQ(first_appointment(g).answer, Answer::none);
}

TEST(Resident, AsksForAnotherTime) {
  HouseGlass g;
  g.let_in(Place::appointments);
  g.glass().tap("Vraag andere tijd");
  EXPECT_EQ(first_appointment(g).answer, Answer::please_move);
}

TEST(Resident, MarksATaskDone) {
  HouseGlass g;
  g.let_in(Place::tasks);
  g.glass().tap("Klaar");
  EXPECT_TRUE(duty(g, 0, 1).done);
  EXPECT_TRUE(g.glass().shows(g.say(Key("task.state.done"))));
  g.glass().tap("Toch niet");
  EXPECT_FALSE(duty(g, 0, 1).done);
}

TEST(Resident, OffersATaskAndKeepsIt) {
  HouseGlass g;
  g.let_in(Place::tasks);
  g.glass().tap("Ruil: Afval");
  EXPECT_TRUE(duty(g, 4, 4).open_offer.has_value());
  g.glass().tap(g.say(Key("task.withdraw")) + ": Afval");
  EXPECT_FALSE(duty(g, 4, 4).open_offer.has_value());
}

TEST(Resident, TakesATaskOverThatNobodyHas) {
  HouseGlass g;
  g.let_in(Place::tasks);
  g.glass().tap(cell(g, "Douche", g.house.moment.today + 4, Key("task.state.open")));
  g.glass().tap("Ik doe het");
  EXPECT_EQ(duty(g, 1, 5).room, g.house.resident().placing.room);
  EXPECT_TRUE(g.glass().shows(cell(g, "Douche", g.house.moment.today + 4, Key("task.state.mine"))));
  g.glass().tap("Toch niet");
  EXPECT_NE(duty(g, 1, 5).room, g.house.resident().placing.room) << "back to the room that offered it";
  EXPECT_TRUE(g.glass().shows(cell(g, "Douche", g.house.moment.today + 4, Key("task.state.open"))));
}

TEST(Resident, AsksAnotherRoomToSwap) {
  HouseGlass g;
  g.let_in(Place::tasks);
  g.glass().tap(g.host.words().text(Key("task.cell"),
                                    {{"task", "Wc"}, {"day", i18n::weekday(g.host.words(), g.house.moment.today + 2)}, {"room", "2"}}));
  const ui::Node* swap = nullptr;
  for (const ui::Node& node : g.glass().stage().tree().nodes())
    if (node.target && node.name == "Ruil") swap = &node;
  ASSERT_NE(swap, nullptr);
  g.glass().tap("Ruil");
  EXPECT_TRUE(duty(g, 2, 3).swap_asked.has_value());
  g.glass().tap("Toch niet");
  EXPECT_FALSE(duty(g, 2, 3).swap_asked.has_value());
}

TEST(Resident, AsksAboutALineAndWithdrawsTheQuestion) {
  HouseGlass g;
  g.let_in(Place::leefgeld);
  const std::string line = g.say(Key("leefgeld.kind.deduction"));
  g.glass().tap(g.say(Key("question.open")) + ": " + line);
  g.glass().tap(g.say(Key("question.ask")));
  const auto state = [&] {
    const auto& all = g.house.resident().entries;
    return std::ranges::find_if(all, [](const EntryView& e) { return e.entry.kind == EntryKind::deduction; })->entry.question;
  };
  EXPECT_EQ(state(), QuestionState::asked);
  g.glass().advance(9000);
  g.glass().tap(g.say(Key("question.withdraw")));
  EXPECT_NE(state(), QuestionState::asked);
}

TEST(Resident, FindsTheSizeAndLanguageOfTheLastTime) {
  HouseGlass g;
  g.let_in(Place::home);
  g.glass().tap("Nederlands");
  g.glass().tap("العربية");
  EXPECT_EQ(g.house.resident().preferences.language, "ar");
  g.glass().tap(g.say(Key("common.done")));
  g.glass().tap(g.say(Key("bar.letters")));
  g.glass().tap(i18n::isolate_left_to_right("130 %"));
  EXPECT_EQ(g.house.resident().preferences.text_size, TextSize::large);
  g.glass().tap(g.say(Key("settings.contrast_high")));
  EXPECT_EQ(g.house.resident().preferences.contrast, Contrast::high);
  g.glass().tap(g.say(Key("common.done")));
  g.glass().tap(g.say(Key("bar.stop")));
  EXPECT_TRUE(g.glass().shows("Raak aan"));
  EXPECT_EQ(g.host.look().text_size, ui::TextSize::normal);
}

TEST(Resident, IsToldCalmlyOfAWrongCode) {
  HouseGlass g;
  g.show(Place::sign_in);
  g.glass().tap(g.sign_of(Symbol::boat, "1"));
  for (int i = 0; i < 6; ++i) g.glass().tap("1");
  g.glass().advance(500);
  EXPECT_TRUE(g.glass().shows(g.say(Key("signin.wrong"))));
  const auto marks = g.glass().stage().tree().all(ui::Role::status);
  EXPECT_TRUE(std::ranges::any_of(marks, [](const ui::Node* mark) { return mark->value == "0 / 6"; })) << "the rings empty";
}

TEST(Resident, SeesAmberBeforeTheSessionEndsAndMayStay) {
  HouseGlass g;
  g.let_in(Place::home);
  g.glass().advance(99000);
  EXPECT_FALSE(g.glass().shows(g.say(Key("bar.stay"))));
  g.glass().advance(3000);
  g.glass().tap(g.say(Key("bar.stay")));
  EXPECT_FALSE(g.glass().shows(g.say(Key("bar.stay"))));
  g.glass().advance(60000);
  EXPECT_TRUE(g.house.signed_in());
}

TEST(Resident, IsSignedOutAfterTwoMinutesOfNothing) {
  HouseGlass g;
  g.let_in(Place::leefgeld);
  g.glass().advance(121000);
  EXPECT_FALSE(g.house.signed_in());
  EXPECT_TRUE(g.glass().shows("Raak aan"));
  EXPECT_TRUE(g.forgets);
}

TEST(Resident, LeavesNothingBehind) {
  for (const bool hides : {false, true}) {
    HouseGlass g;
    g.let_in(Place::home);
    g.glass().tap("Ik kom");
    if (hides) {
      g.host.hide();
      g.glass().stage().request_frame();
      g.glass().settle();
    } else {
      g.glass().tap(g.say(Key("bar.stop")));
    }
    EXPECT_FALSE(g.house.signed_in());
    EXPECT_TRUE(g.forgets);
    const std::string said = g.all_said();
    for (const char* personal : {"Samir", "38,50", "advocaat", "Havenkade", "Je komt", "morgen"})
      EXPECT_EQ(said.find(personal), std::string::npos) << personal << " in\n" << said;
  }
}

TEST(Resident, AnswersASwapAndMayTakeItBackForEightSeconds) {
  HouseGlass g;
  g.house.is_asked_to_swap();
  g.let_in(Place::tasks);
  const auto wish = g.house.rota(week_of(g.house.moment.today)).swaps_asked_of_me;
  ASSERT_EQ(wish.size(), 1u);
  const auto asked = [&] { return g.house.rota(week_of(g.house.moment.today)).swaps_asked_of_me.size(); };
  const std::string yes = g.say(Key("task.swap.accept"));
  g.glass().tap(yes);
  EXPECT_FALSE(g.glass().shows(yes)) << "it is answered as far as the glass goes";
  EXPECT_EQ(asked(), 1u) << "and nobody has been told yet";
  g.glass().tap(g.say(Key("toast.undo")));
  EXPECT_TRUE(g.glass().shows(yes));
  g.glass().advance(9000);
  EXPECT_EQ(asked(), 1u);
  g.glass().tap(yes);
  g.glass().advance(8500);
  EXPECT_EQ(asked(), 0u);
  EXPECT_FALSE(g.glass().shows(yes));
}

TEST(Resident, WhoLeavesAfterAnsweringASwapHasAnsweredIt) {
  HouseGlass g;
  g.house.is_asked_to_swap();
  g.let_in(Place::tasks);
  g.glass().tap(g.say(Key("task.swap.refuse")));
  g.host.hide();
  EXPECT_TRUE(g.house.rota(week_of(g.house.moment.today)).swaps_asked_of_me.empty());
}

TEST(Resident, ChangesTheCodeKnowingTheOldOne) {
  HouseGlass g;
  g.house.proposed = "730284";
  g.let_in(Place::home);
  g.glass().tap(g.say(Key("bar.letters")));
  g.glass().tap(g.say(Key("code.change")));
  const auto type = [&](std::string_view code) {
    for (const char digit : code) g.glass().tap(std::string(1, digit));
    g.glass().advance(100);
  };
  type("111111");
  EXPECT_TRUE(g.glass().shows(g.say(Key("signin.wrong"))));
  type("482915");
  EXPECT_EQ(g.all_said().find("730284"), std::string::npos) << "a code is drawn, never published";
  g.glass().tap(g.say(Key("enrol.i_know_it")));
  type("730285");
  EXPECT_TRUE(g.glass().shows(g.say(Key("enrol.your_code")))) << "seen once more";
  g.glass().tap(g.say(Key("enrol.i_know_it")));
  EXPECT_EQ(g.house.pin, "482915");
  type("730284");
  EXPECT_EQ(g.house.pin, "730284");
  g.glass().tap(g.say(Key("common.next")));
  EXPECT_EQ(g.host.place(), Place::home);
}

TEST(Board, IsLockedByWhoeverHoldsYesForThreeSecondsAndByNoPassingFinger) {
  HouseGlass g;
  g.show(Place::sign_in);
  g.glass().tap(g.say(Key("bar.letters")));
  g.glass().tap(g.say(Key("lock.button")));
  g.glass().tap(g.say(Key("common.back")));
  EXPECT_FALSE(g.locked);
  g.glass().tap(g.say(Key("bar.letters")));
  g.glass().tap(g.say(Key("lock.button")));
  g.glass().tap(g.say(Key("lock.yes")));
  EXPECT_FALSE(g.locked) << "a tap is not enough";
  g.glass().press(g.say(Key("lock.yes")));
  g.glass().advance(2500);
  g.glass().release();
  g.glass().advance(2500);
  EXPECT_FALSE(g.locked) << "the time begins anew with each finger";
  g.glass().press(g.say(Key("lock.yes")));
  g.glass().advance(3100);
  EXPECT_TRUE(g.locked);
}

TEST(Board, SaysWhatIsTheMatterOnlyWhenSomethingIs) {
  HouseGlass g;
  g.show(Place::board);
  EXPECT_FALSE(g.glass().shows(g.say(Key("state.title"))));
  g.house.noticed = {{Concern::Kind::withheld, {}}, {Concern::Kind::nothing_from_office, g.house.moment.today + -5}};
  g.glass().advance(31000);
  g.glass().tap(g.say(Key("state.title")));
  EXPECT_TRUE(g.glass().shows(g.say(Key("state.withheld"))));
  EXPECT_TRUE(g.glass().shows("Sinds donderdag 9 april geen nieuws van kantoor."));
  EXPECT_TRUE(g.glass().shows(g.say(Key("error.rest_works"))));
  g.glass().tap(g.say(Key("common.done")));
  EXPECT_FALSE(g.glass().shows(g.say(Key("state.withheld"))));
}

TEST(Board, ThatTheOfficeCutOffDoesNotClaimThatTheRestWorks) {
  HouseGlass g;
  g.house.noticed = {{Concern::Kind::cut, {}}};
  g.show(Place::board);
  g.glass().tap(g.say(Key("state.title")));
  EXPECT_TRUE(g.glass().shows(g.say(Key("state.cut"))));
  EXPECT_FALSE(g.glass().shows(g.say(Key("error.rest_works"))));
}

TEST(Board, ThatIsACopyCanBeTakenInAgainFromWhereItSaysSo) {
  HouseGlass g;
  int renewals = 0;
  g.house.noticed = {{Concern::Kind::withheld, {}}};
  g.host.on_renew = [&] { ++renewals; };
  g.show(Place::board);
  g.glass().tap(g.say(Key("state.title")));
  EXPECT_FALSE(g.glass().shows(g.say(Key("renew.button")))) << "it is no copy";
  g.glass().tap(g.say(Key("common.done")));
  g.house.noticed = {{Concern::Kind::copied, {}}};
  g.glass().tap(g.say(Key("state.title")));
  EXPECT_TRUE(g.glass().shows(g.say(Key("state.copied"))));
  g.glass().tap(g.say(Key("renew.button")));
  EXPECT_EQ(renewals, 1);
  EXPECT_FALSE(g.glass().shows(g.say(Key("state.copied")))) << "the sheet is gone";
}

TEST(Board, SaysNothingPersonal) {
  HouseGlass g;
  g.show(Place::board);
  const std::string said = g.all_said();
  for (const char* personal : {"Samir", "Ilse", "advocaat", "€", "Havenkade"})
    EXPECT_EQ(said.find(personal), std::string::npos) << personal;
}

TEST(SignIn, NamesNobody) {
  HouseGlass g;
  g.show(Place::sign_in);
  EXPECT_EQ(g.all_said().find("Samir"), std::string::npos);
}

TEST(SignIn, ASwipeTurnsThePageAndChoosesNobody) {
  HouseGlass g;
  g.show(Place::sign_in);
  const std::string before = g.sign_of(Symbol::boat, "1");
  EXPECT_TRUE(g.glass().shows(before));
  const ui::Rect pager = [&] {
    const auto pages = g.glass().stage().tree().all(ui::Role::page);
    return pages.empty() ? ui::Rect{} : pages.front()->rect;
  }();
  ASSERT_GT(pager.w, 0);
  g.glass().advance(400);
  const ui::Point middle = pager.centre();
  g.glass().drag({middle.x + 150, middle.y}, {middle.x - 250, middle.y}, 160);
  g.glass().advance(400);
  EXPECT_FALSE(g.glass().shows(before));
  EXPECT_FALSE(g.glass().shows(g.say(Key("signin.type_code"))));
}

TEST(Appointments, ASwipeTurnsThePageAndOpensNone) {
  HouseGlass g;
  auto& all = [&]() -> auto& { return g.house.writable().appointments; }();
  for (int i = 0; i < 6; ++i) {
    AppointmentView later = all.back();
    later.appointment.id.bytes[15] = static_cast<std::uint8_t>(50 + i);
    later.appointment.day = later.appointment.end_day = g.house.moment.today + 20 + i;
    all.push_back(later);
  }
  g.let_in(Place::appointments);
  EXPECT_TRUE(g.glass().shows("donderdag 14:00"));
  const ui::Rect first = g.glass().node("donderdag 14:00").rect;
  g.glass().advance(400);
  g.glass().drag({first.x + 320, first.centre().y}, {first.x + 40, first.centre().y}, 160);
  g.glass().advance(400);
  EXPECT_FALSE(g.glass().shows("donderdag 14:00"));
  EXPECT_TRUE(g.glass().shows("Ilse Verbruggen")) << "another one opened";
}

TEST(Touch, OfADoubleTapReachesOneScreenAlone) {
  HouseGlass g;
  g.let_in(Place::home);
  g.glass().tap(g.say(Key("leefgeld.title")));
  g.glass().advance(20);
  const ui::Point back = g.glass().node(g.say(Key("common.back"))).rect.centre();
  g.glass().drag(back, back, 40);
  EXPECT_TRUE(g.glass().shows(g.say(Key("leefgeld.balance")))) << "the second tap went back home";
}

TEST(FirstCode, IsProposedRepeatedAndSet) {
  HouseGlass g;
  const auto& sleepers = g.house.sleepers();
  const auto newcomer = std::ranges::find_if(sleepers, [](const Sleeper& s) { return !s.has_pin; });
  ASSERT_NE(newcomer, sleepers.end());
  g.host.choose_newcomer(newcomer->person);
  g.show(Place::first_pin);
  for (const char c : std::string_view("tulp")) g.glass().tap(std::string(1, c));
  g.glass().tap(g.say(Key("keyboard.done")));
  g.glass().advance(200);
  EXPECT_EQ(g.all_said().find(g.house.pin), std::string::npos) << "a code is never published";
  g.glass().tap(g.say(Key("enrol.i_know_it")));
  for (const char c : g.house.pin) g.glass().tap(std::string(1, c));
  g.glass().advance(200);
  EXPECT_TRUE(g.glass().shows(g.say(Key("enrol.works"))));
}

}  // namespace
}  // namespace huisbord::tests
