// SPDX-License-Identifier: GPL-3.0-or-later
// Terms: a record is of one week, goes as a whole when that week is past, and uncovers nothing older when it goes.
#include <rapidcheck.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

class TermsTest : public HouseTest {
 protected:
  static constexpr std::int64_t week = 7 * TestClock::day;

  Appointment appointment_on(Day day) {
    Appointment made;
    made.id = fresh<AppointmentTag>();
    made.day = made.end_day = day;
    return made;
  }
  void put(const Appointment& appointment) { must(desk_->record(house(), Actor::none(), person_, key_, {appointment})); }
  void answer(const Appointment& appointment, Answer said) {
    must(kiosk_->record(house(), Actor::of(person_), person_, key_, {AppointmentAnswered{appointment.id, said}}));
  }
  PersonRecord at(const Vault& vault) { return must(vault.open_person(house(), person_, key_)); }
  [[nodiscard]] Day monday() const { return week_of(today()).monday() + 7; }

  const Millis started_ = organisation_.clock.now();
  PersonId person_ = fresh<PersonTag>();
  crypto::SecretBytes key_ = crypto::make_key(organisation_.random());
};

TEST_F(TermsTest, WhatMovesToAnotherWeekIsANewRecord) {
  Appointment appointment = appointment_on(monday());
  put(appointment);
  appointment.day = appointment.end_day = monday() + 6;
  put(appointment);
  EXPECT_EQ(at(*desk_).appointments.at(0).appointment.day, monday() + 6) << "within its week it moves";
  for (const int days : {7, -1, 70}) {
    appointment.day = appointment.end_day = monday() + days;
    EXPECT_EQ(desk_->record(house(), Actor::none(), person_, key_, {appointment}).error().code, ErrorCode::invalid);
  }
  Notice notice{fresh<NoticeTag>(), NoticeIcon::repair, monday(), monday() + 1, {{"nl", {"Douche", "Kapot"}}}, false};
  must(desk_->record(house(), Actor::none(), notice));
  notice.until = monday() + 8;
  EXPECT_EQ(desk_->record(house(), Actor::none(), notice).error().code, ErrorCode::invalid);
  Activity activity;
  activity.id = fresh<ActivityTag>();
  activity.day = monday();
  must(kiosk_->record(house(), Actor::none(), activity));
  activity.day = monday() - 1;
  EXPECT_EQ(kiosk_->record(house(), Actor::none(), activity).error().code, ErrorCode::invalid);
}

TEST_F(TermsTest, ManyNewRecordsAreToldFromMovedOnesAsFewAre) {
  std::vector<Appointment> all;
  for (int i = 0; i < 150; ++i) {
    all.push_back(appointment_on(monday() + i));
    put(all.back());
  }
  for (Appointment& one : all) {
    one.title = "later";
    put(one);
    one.day = one.end_day = one.day + 7;
    EXPECT_EQ(desk_->record(house(), Actor::none(), person_, key_, {one}).error().code, ErrorCode::invalid);
  }
  const PersonRecord record = at(*desk_);
  EXPECT_EQ(record.appointments.size(), 150u);
  EXPECT_TRUE(std::ranges::all_of(record.appointments, [](const StoredAppointment& one) { return one.appointment.title == "later"; }));
}

TEST_F(TermsTest, AnAnswerLivesAsLongAsTheAppointmentItAnswers) {
  const Appointment before = appointment_on(monday());
  put(before);
  exchange();
  answer(before, Answer::coming);
  // Moved three weeks on: a new appointment, not answered yet, and the old one called off.
  Appointment gone = before;
  gone.standing = Standing::cancelled;
  const Appointment after = appointment_on(monday() + 21);
  put(gone);
  put(after);
  exchange();
  ASSERT_EQ(at(*kiosk_).appointments.size(), 2u);
  EXPECT_EQ(at(*kiosk_).appointments[0].appointment.answer, Answer::coming);
  EXPECT_EQ(at(*kiosk_).appointments[1].appointment.answer, Answer::none) << "nobody said yes to the new day";
  answer(after, Answer::please_move);
  exchange();
  for (int weeks = 1; weeks <= 7; ++weeks) {
    organisation_.clock.pass(week);
    must(kiosk_->pass_time());
    const PersonRecord record = at(*kiosk_);
    for (const StoredAppointment& one : record.appointments) {
      EXPECT_EQ(one.appointment.answer, one.appointment.id == after.id ? Answer::please_move : Answer::coming) << weeks;
    }
    EXPECT_EQ(record.appointments.size(), weeks <= 2 ? 2u : weeks <= 5 ? 1u : 0u) << weeks;
  }
  EXPECT_EQ(at(*desk_).appointments.size(), 2u) << "a desk keeps everything";
}

TEST_F(TermsTest, AfterALongSleepTheStoreProvesAndComparesBeforeTimeIsPassed) {
  Appointment appointment = appointment_on(monday());
  put(appointment);
  exchange();
  answer(appointment, Answer::coming);
  exchange();
  answer(appointment, Answer::cannot);  // never sent while it slept
  kiosk_.reset();
  organisation_.clock.pass(12 * week);
  kiosk_ = must(Vault::open(folder_ / "kiosk.db", SmallOrganisation::store_key(), organisation_.options()));
  EXPECT_EQ(must(kiosk_->verify()).faults, std::vector<std::string>{});
  const auto before = must(kiosk_->digests(house()));
  must(kiosk_->pass_time());
  EXPECT_EQ(must(kiosk_->verify()).faults, std::vector<std::string>{});
  EXPECT_EQ(must(kiosk_->digests(house())), before) << "whether time was passed or not, the same is within its term";
  EXPECT_EQ(kiosk_->waiting_count(), 1u) << "nothing goes before a receipt";
  exchange();
  EXPECT_EQ(at(*desk_).appointments.at(0).appointment.answer, Answer::cannot);
  kiosk_->saw_relay_date(organisation_.clock.now());
  must(kiosk_->pass_time());
  EXPECT_TRUE(at(*kiosk_).appointments.empty());
  EXPECT_EQ(must(kiosk_->digests(house())), before);
  EXPECT_EQ(must(kiosk_->verify()).faults, std::vector<std::string>{});
}

TEST_F(TermsTest, ASwapAcrossWeeksHoldsWhenTheWeekOfTheEarlierDutyIsPast) {
  // The last day of one week against the first of the next.
  const int sunday = week_of(today()).monday() + 6 - today();
  must(desk_->record(house(), Actor::none(), DutyPlanned{task_, today() + sunday, rooms_[0]}));
  must(desk_->record(house(), Actor::none(), DutyPlanned{task_, today() + sunday + 1, rooms_[1]}));
  exchange();
  const Duty mine = duty_at(*kiosk_, sunday).duty;
  const Duty theirs = duty_at(*kiosk_, sunday + 1).duty;
  ASSERT_NE(mine.room, theirs.room);
  const auto swap = fresh<RecordTag>();
  must(kiosk_->record(house(), Actor::none(), propose_swap(mine, theirs, mine.room, today(), swap).value()));
  const Swap asked = must(kiosk_->swaps(house(), today() + sunday, today() + sunday)).at(0).swap;
  must(kiosk_->record(house(), Actor::none(), answer_swap(asked, true, theirs.room).value()));
  exchange();
  EXPECT_EQ(duty_at(*kiosk_, sunday + 1).duty.room, mine.room);
  for (int weeks = 1; weeks <= 4; ++weeks) {
    organisation_.clock.pass(week);
    must(kiosk_->pass_time());
  }
  organisation_.clock.pass((sunday + 1) * TestClock::day);
  must(kiosk_->pass_time());
  EXPECT_TRUE(must(kiosk_->duties(house(), mine.day, mine.day)).empty());
  EXPECT_EQ(must(kiosk_->duties(house(), theirs.day, theirs.day)).at(0).duty.room, mine.room);
  EXPECT_EQ(must(desk_->duties(house(), theirs.day, theirs.day)).at(0).duty.room, mine.room);
}

TEST_F(TermsTest, AClockOf2036ThatNothingProvesLetsNothingGo) {
  put(appointment_on(monday()));
  exchange();
  must(kiosk_->pass_time());
  const auto rows = must(kiosk_->verify()).rows;
  kiosk_.reset();
  organisation_.clock.set({2'100'000'000'000});
  kiosk_ = must(Vault::open(folder_ / "kiosk.db", SmallOrganisation::store_key(), organisation_.options()));
  must(kiosk_->pass_time());
  EXPECT_EQ(at(*kiosk_).appointments.size(), 1u) << "nobody but this clock says that it is 2036";
  EXPECT_EQ(must(kiosk_->verify()).rows, rows);
  // What comes now is taken like any other.
  organisation_.clock.set(started_);
  put(appointment_on(monday() + 1));
  const auto sent = drain(*desk_, house());
  organisation_.clock.set({2'100'000'000'000});
  must(kiosk_->take_segments(house(), sent));
  EXPECT_EQ(at(*kiosk_).appointments.size(), 2u);
  // A relay alone cannot make it let go either: its Date must agree with this machine's clock.
  kiosk_->saw_relay_date({started_.value + 30 * week});
  must(kiosk_->pass_time());
  EXPECT_EQ(at(*kiosk_).appointments.size(), 2u);
  organisation_.clock.set({started_.value + 30 * week});
  must(kiosk_->pass_time());
  EXPECT_EQ(at(*kiosk_).appointments.size(), 0u) << "both say so";
}

TEST_F(TermsTest, AKioskThatHearsNobodyLetsGoByTheTimeThatItHasRunAlsoOverRestarts) {
  put(appointment_on(monday()));
  exchange();
  for (int weeks = 0; weeks < 4; ++weeks) {
    organisation_.clock.pass(week);
    must(kiosk_->pass_time());
    kiosk_.reset();
    kiosk_ = must(Vault::open(folder_ / "kiosk.db", SmallOrganisation::store_key(), organisation_.options()));
  }
  EXPECT_TRUE(at(*kiosk_).appointments.empty());
}

TEST_F(TermsTest, AClockThatIsRightAgainLaterRaisesNoFalseAlarm) {
  put(appointment_on(monday()));
  exchange();
  organisation_.clock.pass(12 * week);
  must(kiosk_->pass_time());
  organisation_.clock.pass(-12 * week);
  EXPECT_EQ(must(kiosk_->verify()).faults, std::vector<std::string>{});
}

/// Activities in any week under few identifiers, whatever day they name: also what no honest writer makes.
class AnyWeeks {
 public:
  AnyWeeks() : desk(organisation.add_device(DeviceClass::desk)), early_device(organisation.add_device(DeviceClass::kiosk)) {
    charters = {organisation.sign(organisation.org()), organisation.sign(organisation.house())};
    now = week_of(Day{static_cast<std::int32_t>(organisation.clock.now().value / TestClock::day)});
  }
  Bytes segment(SeededRandom& random, std::size_t count) {
    std::vector<Bytes> operations;
    for (std::size_t i = 0; i < count; ++i) {
      journal::Operation operation;
      operation.set_stamp(stamp_ += 1 + random.below(3));
      operation.set_kind(static_cast<std::uint32_t>(Kind::activity));
      operation.set_term_class(static_cast<std::uint32_t>(TermClass::notice));
      operation.set_term_week(static_cast<std::uint32_t>(now.value) - 1 + random.below(6));
      operation.set_record(std::string(16, static_cast<char>('a' + random.below(3))));
      operation.mutable_activity()->set_kind(1);
      operation.mutable_activity()->set_title(std::to_string(stamp_));
      operation.mutable_activity()->set_day(now.monday().value + random.below(42));
      operations.push_back(must(write_operation(operation)));
    }
    Bytes sealed = must(seal_segment({organisation.house(), desk.number, 1, head_}, operations,
                                     organisation.epoch_key(organisation.house()), desk.signing, random, Padding::none));
    const SegmentView view = must(parse_segment(sealed));
    head_ = {view.header.last(), view.hash(), view.header.last_stamp};
    return sealed;
  }
  /// What a screen shows: each identifier with its title.
  std::map<RecordId, std::string> shown(const Vault& vault) const {
    std::map<RecordId, std::string> found;
    for (const Activity& one : must(vault.activities(organisation.house(), now.monday() - 70, now.monday() + 700)))
      found.emplace(one.id.as<RecordTag>(), one.title);
    return found;
  }

  SmallOrganisation organisation;
  TestDevice desk;
  TestDevice early_device;
  std::vector<Bytes> charters;
  Week now;

 private:
  std::uint64_t stamp_ = (std::uint64_t{quarter_of(organisation.clock.now())} << 32);
  ChainHead head_;
};

TEST(Terms, WhatGoesUncoversNothingOlderAndWhoComesLateSeesTheSame) {
  EXPECT_TRUE(rc::check("a record goes as a whole", [] {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>().as("seed"));
    const std::size_t segments = *rc::gen::inRange(1u, 6u).as("segments");
    AnyWeeks world;
    TestFolder folder;
    auto early = world.organisation.make_vault(folder / "early.db", world.early_device, world.charters);
    std::vector<Bytes> sent;
    for (std::size_t i = 0; i < segments; ++i) {
      sent.push_back(world.segment(random, 1 + random.below(6)));
      must(early->take_segments(world.organisation.house(), std::span(sent).last(1)));
    }
    auto before = world.shown(*early);
    const int late_week = static_cast<int>(random.below(7));
    for (int weeks = 0; weeks < 7; ++weeks) {
      must(early->pass_time());
      const auto after = world.shown(*early);
      for (const auto& [record, title] : after) RC_ASSERT(before.contains(record) && before.at(record) == title);
      before = after;
      if (weeks == late_week) {
        auto late = world.organisation.make_vault(folder / "late.db", world.early_device, world.charters);
        late->saw_relay_date(world.organisation.clock.now());
        must(late->take_segments(world.organisation.house(), sent));
        RC_ASSERT(world.shown(*late) == after);
        RC_ASSERT(must(late->digests(world.organisation.house())) == must(early->digests(world.organisation.house())));
        if (random.below(8) == 0) RC_ASSERT(must(early->verify()).faults == std::vector<std::string>{});
      }
      world.organisation.clock.pass(7 * TestClock::day);
    }
    must(early->pass_time());
    RC_ASSERT(before.empty());
  }));
}

/// Each look at it takes longer than the store gives to one transaction of the passing of time.
class SlowMachine final : public Clock {
 public:
  explicit SlowMachine(const Clock& clock) : clock_(clock) {}
  [[nodiscard]] Millis now() const override { return clock_.now(); }
  [[nodiscard]] Millis running() const override { return {clock_.running().value + 50 * ++looks_}; }

 private:
  const Clock& clock_;
  mutable std::atomic<std::int64_t> looks_ = 0;
};

TEST(Terms, InManyStepsWithTapsBetweenThemTimeLeavesWhatItLeavesInOne) {
  AnyWeeks world;
  SmallOrganisation& organisation = world.organisation;
  SeededRandom random(11);
  TestFolder folder;
  const SlowMachine slow(organisation.clock);
  VaultOptions options = organisation.options();
  options.clock = &slow;
  auto at_once = organisation.make_vault(folder / "at_once.db", world.early_device, world.charters);
  auto in_steps =
      must(Vault::create(folder / "in_steps.db", SmallOrganisation::store_key(), organisation.founding(world.early_device), options));
  for (const Bytes& charter : world.charters) must(in_steps->take_charter(charter));
  const std::vector<Bytes> sent = {world.segment(random, 700), world.segment(random, 300), world.segment(random, 5)};
  for (Vault* vault : {at_once.get(), in_steps.get()}) must(vault->take_segments(organisation.house(), sent));

  int taps = 0;
  const auto tap = [&](Vault& vault, int which) {
    Activity activity;
    activity.id = ActivityId::from(Bytes(16, static_cast<std::uint8_t>(which))).value();
    activity.day = Day{static_cast<std::int32_t>(organisation.clock.now().value / TestClock::day)};
    must(vault.record(organisation.house(), Actor::none(), activity));
  };
  for (int weeks = 0; weeks < 6; ++weeks) {
    organisation.clock.pass(7 * TestClock::day);
    for (Vault* vault : {at_once.get(), in_steps.get()}) vault->saw_relay_date(organisation.clock.now());
    const std::uint64_t before = in_steps->revision();
    std::jthread passing([&] { must(in_steps->pass_time()); });
    const int first = taps;
    for (int i = 0; i < 10; ++i) tap(*in_steps, ++taps);
    passing.join();
    EXPECT_GT(in_steps->revision(), before + 12) << "in one transaction";
    must(at_once->pass_time());
    for (int which = first + 1; which <= taps; ++which) tap(*at_once, which);
    EXPECT_EQ(world.shown(*in_steps), world.shown(*at_once));
    EXPECT_EQ(must(in_steps->digests(organisation.house())), must(at_once->digests(organisation.house())));
    EXPECT_EQ(must(in_steps->verify()).faults, std::vector<std::string>{});
  }
}

}  // namespace
}  // namespace huisbord
