// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from afar: in any order, twice, forged, cut, forked, ahead of its time, of somebody without a role, past its term.
#include <atomic>
#include <thread>

#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

class ReceivingTest : public HouseTest {
 protected:
  Bytes mark_and_send(int days) {
    mark_done(days);
    return drain(*kiosk_, house()).at(0);
  }
  /// By a kiosk whose clock was lost; it stays so.
  Bytes marked_in_2036(const DutyId& duty) {
    organisation_.clock.set({2'100'000'000'000});
    must(kiosk_->record(house(), Actor::none(), DutyDone{duty, true}));
    return drain(*kiosk_, house()).at(0);
  }
};

TEST_F(ReceivingTest, ReceiptsForAnotherSegmentAreNotBelieved) {
  mark_done(0);
  (void)must(kiosk_->next_segment_to_send(house()));
  EXPECT_EQ(kiosk_->acknowledged(house(), kiosk_device_.number, 1, HeaderHash{}).error().code, ErrorCode::chain);
  EXPECT_EQ(kiosk_->waiting_count(), 1u);
}

TEST_F(ReceivingTest, ASegmentTakenTwiceChangesNothing) {
  const std::vector<Bytes> segments = {mark_and_send(0)};
  EXPECT_EQ(must(desk_->take_segments(house(), segments)).operations, 1u);
  const auto again = must(desk_->take_segments(house(), segments));
  EXPECT_EQ(again.held, 1u);
  EXPECT_EQ(again.segments, 0u);
}

TEST_F(ReceivingTest, DamagedAndForgedSegmentsAreRefusedOneByOne) {
  const Bytes good = mark_and_send(0);
  Bytes bad_body = good;
  bad_body.back() ^= 1;
  Bytes bad_signature = good;
  bad_signature[header_size + 3] ^= 1;
  const auto report = must(desk_->take_segments(house(), std::vector<Bytes>{bad_body, {1, 2, 3}, bad_signature, good}));
  ASSERT_EQ(report.refused.size(), 3u);
  EXPECT_EQ(report.refused[2].error.code, ErrorCode::signature);
  EXPECT_EQ(report.segments, 1u);
}

TEST_F(ReceivingTest, SegmentsOutOfOrderAreKeptUntilTheGapCloses) {
  std::vector<Bytes> segments;
  for (int i = 0; i < 3; ++i) segments.push_back(mark_and_send(i));
  EXPECT_EQ(must(desk_->take_segments(house(), std::span(segments).subspan(2))).refused.at(0).error.code, ErrorCode::chain);
  EXPECT_EQ(must(desk_->take_segments(house(), std::span(segments).subspan(1, 1))).segments, 0u);
  EXPECT_FALSE(duty_at(*desk_, 2).duty.done);
  EXPECT_EQ(must(desk_->take_segments(house(), std::span(segments).first(1))).segments, 3u);
  EXPECT_TRUE(duty_at(*desk_, 2).duty.done);
}

TEST_F(ReceivingTest, ACutTakesOutWhatCameAfterIt) {
  const Bytes kept = mark_and_send(0);
  const Bytes lost = mark_and_send(1);
  must(desk_->take_segments(house(), std::vector<Bytes>{kept, lost}));
  EXPECT_TRUE(duty_at(*desk_, 1).duty.done);
  const SegmentView last = must(parse_segment(kept));
  organisation_.cut(house(), kiosk_device_.number, {last.header.last(), last.hash()});
  const Bytes charter = organisation_.sign(house());
  must(desk_->take_charter(charter));
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
  EXPECT_FALSE(duty_at(*desk_, 1).duty.done);
  mark_done(3);
  must(kiosk_->take_charter(charter));
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house()))) << "the cut device itself sees what all others see";
  EXPECT_EQ(kiosk_->record(house(), Actor::none(), DutyDone{duty(2), true}).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(must(desk_->verify()).sound());
}

TEST_F(ReceivingTest, ASegmentStampedFarAheadWaitsUntilItsTime) {
  organisation_.clock.pass(3 * TestClock::day);
  const std::vector<Bytes> segments = {mark_and_send(0)};
  organisation_.clock.pass(-3 * TestClock::day);
  EXPECT_EQ(must(desk_->take_segments(house(), segments)).segments, 0u);
  EXPECT_FALSE(duty_at(*desk_, 3).duty.done);
  EXPECT_EQ(must(desk_->heads(house())).size(), 1u) << "uncounted";
  organisation_.clock.pass(2 * TestClock::day + TestClock::hour);
  must(desk_->pass_time());
  EXPECT_EQ(must(desk_->heads(house())).size(), 2u);
  EXPECT_TRUE(duty_at(*desk_, 1).duty.done);
}

TEST_F(ReceivingTest, ARulingFreesAWaitingSegment) {
  organisation_.clock.pass(3 * TestClock::day);
  const std::vector<Bytes> segments = {mark_and_send(0)};
  organisation_.clock.pass(-3 * TestClock::day);
  must(desk_->take_segments(house(), segments));
  EXPECT_FALSE(duty_at(*desk_, 3).duty.done);
  const SegmentView view = must(parse_segment(segments[0]));
  organisation_.charter(house()).rulings.push_back(
      {Ruling::Kind::free_waiting, view.header.device, view.header.last(), view.hash(), organisation_.charter(house()).written_quarter});
  must(desk_->take_charter(organisation_.sign(house())));
  EXPECT_TRUE(duty_at(*desk_, 3).duty.done);
}

TEST_F(ReceivingTest, WhatARulingFreesMovesNobodysClockAndIsOverwrittenByWhoWritesLater) {
  const Millis now = organisation_.clock.now();
  const std::vector<Bytes> segments = {marked_in_2036(duty(0))};
  organisation_.clock.set(now);
  const TestDevice other_device = organisation_.add_device(DeviceClass::kiosk);
  const std::vector<Bytes> charters{organisation_.sign(organisation_.org()), organisation_.sign(house())};
  const auto other = organisation_.make_vault(folder_ / "other.db", other_device, charters);
  must(desk_->take_charter(*must(other->charter(house()))));
  must(other->take_segments(house(), sent_by_desk_.at(house())));
  for (Vault* reader : {desk_.get(), other.get()}) must(reader->take_segments(house(), segments));
  const SegmentView view = must(parse_segment(segments[0]));
  organisation_.charter(house()).rulings.push_back(
      {Ruling::Kind::free_waiting, view.header.device, view.header.last(), view.hash(), organisation_.charter(house()).written_quarter});
  const Bytes ruled = organisation_.sign(house());
  for (Vault* reader : {desk_.get(), other.get()}) {
    must(reader->take_charter(ruled));
    EXPECT_TRUE(duty_at(*reader, 0).duty.done);
    EXPECT_EQ(reader->trusted_now(), now);
  }
  organisation_.clock.pass(TestClock::hour);
  must(other->record(house(), Actor::none(), DutyDone{duty(0), false}));
  const TakeReport report = must(desk_->take_segments(house(), drain(*other, house())));
  EXPECT_EQ(report.segments, 1u) << "stamped today, so nobody has to wait for it";
  for (Vault* reader : {desk_.get(), other.get()}) {
    EXPECT_FALSE(duty_at(*reader, 0).duty.done);
    EXPECT_TRUE(must(reader->verify()).sound());
  }
  EXPECT_EQ(must(desk_->digests(house())), must(other->digests(house())));
}

TEST_F(ReceivingTest, ARulingAboutWhatCountedAlreadyMovesItsRowsToWhereItStandsEverywhere) {
  const Millis now = organisation_.clock.now();
  const std::vector<Bytes> segments = {marked_in_2036(duty(0))};
  must(desk_->take_segments(house(), segments));
  organisation_.clock.set(now);
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done) << "this desk's clock was as wrong";
  const SegmentView view = must(parse_segment(segments[0]));
  organisation_.charter(house()).rulings.push_back(
      {Ruling::Kind::free_waiting, view.header.device, view.header.last(), view.hash(), organisation_.charter(house()).written_quarter});
  must(desk_->take_charter(organisation_.sign(house())));
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
  EXPECT_TRUE(must(desk_->verify()).sound());
}

/// A desk that planned for thousands of days, and a kiosk on which people go on tapping while it takes that.
class TapsGoFirst : public ReceivingTest {
 protected:
  static constexpr int days = 4000;

  std::vector<Bytes> planned() {
    std::vector<ChangeToRecord> changes;
    for (int i = 0; i < days; ++i) changes.push_back({house(), Actor::none(), DutyPlanned{task_, first_ + i, rooms_[i % 2]}});
    must(desk_->record_all(changes));
    return drain(*desk_, house());
  }
  void take_under_taps(const std::vector<Bytes>& segments) {
    std::atomic<bool> taken = false;
    std::jthread sync([&] {
      const TakeReport report = must(kiosk_->take_segments(house(), segments));
      EXPECT_EQ(report.operations, static_cast<std::size_t>(days)) << "what gave way is told once";
      EXPECT_EQ(report.segments, segments.size());
      taken = true;
    });
    std::size_t taps = 0;
    while (!taken) {
      // Many taps, and not taps for ever: the clock of this test stands, and with it the patience of who gives way.
      if (taps < 50) must(kiosk_->record(house(), Actor::none(), DutyDone{duty(static_cast<int>(taps++ % 7)), true}));
      const std::size_t seen = must(kiosk_->duties(house(), first_, first_ + days)).size();
      EXPECT_TRUE(seen == 0 || seen == static_cast<std::size_t>(days)) << seen;
    }
    sync.join();
    EXPECT_EQ(must(kiosk_->duties(house(), first_, first_ + days)).size(), static_cast<std::size_t>(days));
    EXPECT_EQ(kiosk_->waiting_count(), taps) << "and no tap was lost with what gave way";
    EXPECT_TRUE(must(kiosk_->verify()).sound());
  }

  const Day first_ = today() + 10;
};

TEST_F(TapsGoFirst, BeforeALongSegmentOfWhichNobodySeesAPart) {
  // As long as a segment may be: another release of the desk seals so many at once.
  std::vector<Bytes> operations;
  for (const Bytes& segment : planned()) {
    const auto opened = must(open_segment(must(parse_segment(segment)), organisation_.epoch_key(house())));
    for (const OpenedOperation& one : opened) operations.push_back(to_bytes(one.raw));
  }
  const SegmentView before = must(parse_segment(sent_by_desk_.at(house()).back()));
  take_under_taps(
      {must(seal_segment({house(), desk_device_.number, 1, {before.header.last(), before.hash(), before.header.last_stamp}}, operations,
                         organisation_.epoch_key(house()), desk_device_.signing, organisation_.random(), Padding::none))});
}

TEST_F(TapsGoFirst, BeforeABatchOfManySegments) {
  const std::vector<Bytes> segments = planned();
  ASSERT_GT(segments.size(), 10u);
  take_under_taps(segments);
  must(desk_->take_segments(house(), drain(*kiosk_, house())));
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house())));
}

TEST_F(ReceivingTest, AForkedDeviceCountsUpToTheForkUntilACutNamesTheBranch) {
  const Bytes common = mark_and_send(0);
  must(kiosk_->fold_log());
  std::filesystem::copy_file(folder_ / "kiosk.db", folder_ / "copy.db");
  auto copy = must(Vault::open(folder_ / "copy.db", SmallOrganisation::store_key(), organisation_.options()));
  const Bytes one = mark_and_send(1);
  must(copy->record(house(), Actor::none(), DutyDone{duty(2), true}));
  const Bytes two = drain(*copy, house()).at(0);
  must(desk_->take_segments(house(), std::vector<Bytes>{common, one}));
  EXPECT_TRUE(duty_at(*desk_, 1).duty.done);
  must(desk_->take_segments(house(), std::vector<Bytes>{two}));
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
  EXPECT_FALSE(duty_at(*desk_, 1).duty.done);
  EXPECT_FALSE(duty_at(*desk_, 2).duty.done);
  ASSERT_EQ(desk_->forks().size(), 1u);
  EXPECT_EQ(desk_->forks()[0].device, kiosk_device_.number);
  const SegmentView branch = must(parse_segment(two));
  organisation_.cut(house(), kiosk_device_.number, {branch.header.last(), branch.hash()});
  must(desk_->take_charter(organisation_.sign(house())));
  EXPECT_FALSE(duty_at(*desk_, 1).duty.done);
  EXPECT_TRUE(duty_at(*desk_, 2).duty.done);
  EXPECT_TRUE(must(desk_->verify()).sound());
}

TEST_F(ReceivingTest, AStoreThatWasCopiedLearnsOfItsOtherSelfAndSealsNoMore) {
  must(kiosk_->fold_log());
  std::filesystem::copy_file(folder_ / "kiosk.db", folder_ / "copy.db");
  auto copy = must(Vault::open(folder_ / "copy.db", SmallOrganisation::store_key(), organisation_.options()));
  const Bytes other = mark_and_send(1);
  must(copy->record(house(), Actor::none(), DutyDone{duty(2), true}));
  EXPECT_EQ(must(copy->take_segments(house(), std::vector<Bytes>{other})).refused.size(), 1u);
  EXPECT_TRUE(duty_at(*copy, 2).duty.done) << "what it has written stays to be read";
  EXPECT_TRUE(copy->must_become_new());
  EXPECT_FALSE(must(copy->next_segment_to_send(house()))) << "nothing is sealed any more";
  must(copy->record(house(), Actor::none(), DutyDone{duty(3), true}));
  EXPECT_FALSE(must(copy->next_segment_to_send(house())));
}

TEST_F(ReceivingTest, WhatSomebodyDidAfterTheirRoleWasRevokedCountsNoMore) {
  const auto staff = fresh<StaffTag>();
  const auto grant = fresh<RecordTag>();
  must(desk_->record(organisation_.org(), Actor::none(), Staff{staff, "Noor"}));
  must(desk_->record(organisation_.org(), Actor::none(), RoleGranted{grant, staff, Role::woonbegeleider, organisation_.house_id()}));
  exchange();
  must(kiosk_->record(house(), Actor::of(staff), DutyDone{duty(0), true}));
  organisation_.clock.pass(TestClock::hour);
  must(desk_->record(organisation_.org(), Actor::none(), RoleRevoked{grant}));
  organisation_.clock.pass(TestClock::hour);
  must(kiosk_->record(house(), Actor::of(staff), DutyDone{duty(1), true}));
  EXPECT_TRUE(duty_at(*kiosk_, 1).duty.done) << "the kiosk does not know yet";
  exchange();
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done);
  EXPECT_FALSE(duty_at(*desk_, 1).duty.done);
  EXPECT_FALSE(duty_at(*kiosk_, 1).duty.done);
  EXPECT_EQ(must(kiosk_->digest(house())), must(desk_->digest(house())));
  EXPECT_EQ(kiosk_->record(house(), Actor::of(staff), DutyDone{duty(2), true}).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(must(kiosk_->grants()).at(0).revoked);
  EXPECT_TRUE(must(kiosk_->verify()).sound());
}

TEST_F(ReceivingTest, AKioskForgetsWhatIsPastItsTermAndADeskKeepsIt) {
  mark_done(0);
  exchange();
  const Day then = today();
  organisation_.clock.pass(7 * 7 * TestClock::day);
  must(kiosk_->pass_time());
  must(desk_->pass_time());
  EXPECT_TRUE(must(kiosk_->duties(house(), then, then + 6)).empty());
  EXPECT_EQ(must(desk_->duties(house(), then, then + 6)).size(), 7u);
  EXPECT_EQ(must(kiosk_->rooms(house())).size(), 2u);
  EXPECT_EQ(must(kiosk_->heads(house())), must(desk_->heads(house()))) << "headers stay, so the vector is the same";
  const auto report = must(kiosk_->verify());
  EXPECT_TRUE(report.sound()) << report.faults.at(0);
  EXPECT_GT(report.sealed_away, 0u);
}

TEST_F(ReceivingTest, ANewKioskCountsAnOldHistoryAndKeepsNoneOfWhatIsPastItsTerm) {
  organisation_.clock.pass(7 * 7 * TestClock::day);
  const TestDevice late = organisation_.add_device(DeviceClass::kiosk);
  const std::vector<Bytes> charters = {organisation_.sign(organisation_.org()), organisation_.sign(house())};
  auto fresh_kiosk = organisation_.make_vault(folder_ / "late.db", late, charters);
  EXPECT_EQ(must(fresh_kiosk->take_segments(house(), sent_by_desk_[house()])).refused.size(), 0u);
  must(kiosk_->pass_time());
  EXPECT_EQ(must(fresh_kiosk->digest(house())), must(kiosk_->digest(house())));
  EXPECT_EQ(must(fresh_kiosk->heads(house())), must(desk_->heads(house())));
  EXPECT_TRUE(must(fresh_kiosk->verify()).sound());
}

TEST_F(ReceivingTest, WhatWasNotAcknowledgedIsKeptPastItsTerm) {
  mark_done(0);
  organisation_.clock.pass(10 * 7 * TestClock::day);
  must(kiosk_->pass_time());
  const auto segments = drain(*kiosk_, house());
  ASSERT_EQ(segments.size(), 1u);
  EXPECT_EQ(must(desk_->take_segments(house(), segments)).operations, 1u);
}

TEST_F(ReceivingTest, AnErasedPersonsRowsAreGone) {
  const auto person = fresh<PersonTag>();
  const crypto::SecretBytes key = crypto::make_key(organisation_.random());
  must(desk_->put_person_key(person, key));
  must(desk_->record(house(), Actor::none(), Placing{person, rooms_[0], Symbol::paw, Pastel::sky, today(), {}}));
  must(desk_->record(house(), Actor::none(), person, key, {IdentitySet{person, {"Selam", today()}}}));
  EXPECT_EQ(must(desk_->placings(house())).size(), 1u);
  organisation_.charter(house()).erased.push_back(person);
  must(desk_->take_charter(organisation_.sign(house())));
  EXPECT_TRUE(must(desk_->placings(house())).empty());
  EXPECT_FALSE(must(desk_->open_person(house(), person, key)).identity);
  EXPECT_EQ(desk_->person_key(person).error().code, ErrorCode::not_found);
}

TEST_F(ReceivingTest, SegmentsThatNameALaterCharterWaitForIt) {
  const TestDevice second = organisation_.add_device(DeviceClass::kiosk);
  const std::vector<Bytes> charters = {organisation_.sign(organisation_.org()), organisation_.sign(house())};
  auto newcomer = organisation_.make_vault(folder_ / "second.db", second, charters);
  must(newcomer->record(house(), Actor::none(),
                        Activity{fresh<ActivityTag>(), ActivityKind::cooking, "", "keuken", today(), {900}, {960}, false}));
  EXPECT_EQ(must(kiosk_->take_segments(house(), drain(*newcomer, house()))).refused.at(0).error.code, ErrorCode::charter);
  EXPECT_TRUE(must(kiosk_->activities(house(), today(), today())).empty());
  must(kiosk_->take_charter(charters[1]));
  EXPECT_EQ(must(kiosk_->activities(house(), today(), today())).size(), 1u);
}

TEST_F(ReceivingTest, TwoChartersOfOneNumberAreKeptAsEvidence) {
  const Charter before = organisation_.charter(house());
  const Bytes one = organisation_.sign(house());
  must(kiosk_->take_charter(one));
  must(kiosk_->take_charter(one));
  organisation_.charter(house()) = before;
  organisation_.charter(house()).written_quarter += 1;
  const auto refused = kiosk_->take_charter(organisation_.sign(house()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::charter);
  ASSERT_EQ(kiosk_->forks().size(), 1u);
  EXPECT_EQ(kiosk_->forks()[0].kind, ForkEvidence::Kind::charter);
}

TEST_F(ReceivingTest, AWitnessTellsWhatTimeTheDeskTrusts) {
  organisation_.clock.pass(5 * TestClock::day);
  must(desk_->record_witness(house()));
  organisation_.clock.pass(-5 * TestClock::day + TestClock::hour * 20);
  exchange();
  organisation_.clock.pass(4 * TestClock::day + TestClock::hour * 5);
  must(kiosk_->pass_time());
  const auto heads = must(kiosk_->heads(house()));
  EXPECT_EQ(heads, must(desk_->heads(house())));
  // The kiosk's own clock is put back by two days; the desk's signed time is what it goes by.
  organisation_.clock.pass(-2 * TestClock::day);
  EXPECT_GT(kiosk_->trusted_now(), organisation_.clock.now());
}

}  // namespace
}  // namespace huisbord
