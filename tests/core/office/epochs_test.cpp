// SPDX-License-Identifier: GPL-3.0-or-later
// Epochs begin and end by time, cuts and what replicas witness; what devices announce takes the place of the former.
#include "core/crypto/custody.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/office/cutting.h"
#include "core/office/epochs_tending.h"
#include "core/office/erase_person.h"
#include "core/office/person_keys.h"
#include "core/store/pin_secret.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class EpochsTest : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
    tend();
  }
  [[nodiscard]] Day today() const { return {static_cast<std::int32_t>(clock.now().value / TestClock::day)}; }
  std::size_t tend(const EpochTerms& terms = at_once) { return must(tend_keys(*office, today(), terms)); }
  /// Everybody hears everything and says what they have.
  void exchange() {
    must(kiosk.vault->tend_keys());
    for (int twice = 0; twice < 2; ++twice) {
      bring(*vault, *kiosk.vault);
      for (const ScopeId& each : scopes()) {
        must(kiosk.vault->record_witness(each));
        must(vault->record_witness(each));
      }
      bring(*kiosk.vault, *vault);
    }
    bring(*vault, *kiosk.vault);
  }
  [[nodiscard]] std::size_t live(Vault& where) {
    const auto all = must(where.epochs(scope()));
    return static_cast<std::size_t>(std::ranges::count(all, true, &EpochUse::held));
  }
  void pass_days(int days) { clock.pass(days * TestClock::day); }

  AdmittedKiosk kiosk;
};

TEST_F(EpochsTest, NothingIsWrittenWhileNothingIsDue) {
  const CharterNumber before = charter().number;
  pass_days(29);
  EXPECT_EQ(tend(), 0u);
  EXPECT_EQ(charter().number, before);
}

TEST_F(EpochsTest, ANewEpochEveryThirtyDaysInEachScope) {
  pass_days(30);
  EXPECT_GE(tend(), 2u);
  EXPECT_EQ(charter().epochs.size(), 2u);
  EXPECT_EQ(must(vault->held_charter(office->org())).epochs.size(), 2u);
  EXPECT_EQ(tend(), 0u) << "once";
}

TEST_F(EpochsTest, ANewEpochAfterACutWithoutTheOneThatWasCut) {
  must(office->amend(scope(), [&](Charter& next) { return cut_device(next, kiosk.number, {}); }));
  EXPECT_EQ(tend(), 1u);
  const Charter held = charter();
  ASSERT_EQ(held.epochs.size(), 2u);
  EXPECT_EQ(held.highest_epoch()->grants.size(), 1u);
  EXPECT_EQ(held.highest_epoch()->grants[0].device, 1u);
  EXPECT_EQ(tend(), 1u) << "nobody else is waited for: the former ends";
  EXPECT_EQ(tend(), 0u);
}

TEST_F(EpochsTest, AKeyEndsEverywhereOnceEveryReplicaWitnessedTheNextAndHoldsWhatItSealed) {
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
  exchange();
  pass_days(30);
  tend();
  EXPECT_EQ(live(*vault), 2u);
  tend();
  EXPECT_EQ(live(*vault), 2u) << "the kiosk has not witnessed the next";
  exchange();
  EXPECT_EQ(live(*kiosk.vault), 2u);
  tend();
  EXPECT_EQ(live(*vault), 1u);
  exchange();
  EXPECT_EQ(live(*kiosk.vault), 1u);
  EXPECT_TRUE(charter().epochs[0].grants.empty());
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Zuid", 2}));
  exchange();
  EXPECT_EQ(must(kiosk.vault->woongroepen(scope())).size(), 2u);
  EXPECT_TRUE(must(kiosk.vault->ended_away(scope())).empty());
  EXPECT_TRUE(must(kiosk.vault->verify()).sound());
}

TEST_F(EpochsTest, AWitnessOfTheNextWithoutWhatTheFormerSealedIsNotEnough) {
  pass_days(30);
  // Sealed under the first epoch, unknown to the kiosk when it witnesses the charter of the second.
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
  (void)must(vault->segments_after(scope(), {}, 1));
  tend();
  must(kiosk.vault->take_charter(*must(vault->charter(scope()))));
  must(kiosk.vault->record_witness(scope()));
  bring_segments(*kiosk.vault, *vault, scope());
  tend();
  EXPECT_EQ(live(*vault), 2u);
  exchange();
  tend();
  EXPECT_EQ(live(*vault), 1u);
}

TEST_F(EpochsTest, ALapsedReplicaIsNotWaitedForAndOneThatIsSilentForLessIs) {
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
  exchange();
  pass_days(30);
  tend();
  pass_days(29);
  tend({.epoch_days = 365, .without_snapshot = true});
  EXPECT_EQ(live(*vault), 2u);
  pass_days(32);
  tend({.epoch_days = 365, .without_snapshot = true});
  EXPECT_EQ(live(*vault), 1u);
}

TEST_F(EpochsTest, ALapsedReplicaIsNotWaitedForThoughAnotherEpochBeginsEachMonth) {
  const AdmittedKiosk never_heard = admit("never_heard");
  exchange();
  for (int months = 1; months <= 4; ++months) {
    pass_days(30);
    tend();
    tend();
    EXPECT_EQ(live(*vault), std::min(1u + static_cast<std::size_t>(months), std::size_t{3})) << months;
  }
}

TEST_F(EpochsTest, WhatAStolenKioskHandsInPastItsCutKeepsAKeyForSixtyDaysAtMost) {
  const EpochTerms no_more{.epoch_days = 365, .without_snapshot = true};
  const AdmittedKiosk stolen = admit("stolen");
  exchange();
  must(stolen.vault->record_witness(scope()));
  const Bytes sealed = must(stolen.vault->segments_after(scope(), must(vault->heads(scope())), 1 << 20)).back();
  must(office->amend(scope(), [&](Charter& next) {
    return end_device(next, stolen.number, DeviceState::cut, must(find_cut(*vault, scope(), stolen.number, {})));
  }));
  must(vault->take_segments(scope(), std::span(&sealed, 1)));
  ASSERT_EQ(must(handed_in(*vault, scope(), stolen.number)).size(), 1u);
  for (const int days : {0, 59}) {
    pass_days(days);
    tend(no_more);
    exchange();
    tend(no_more);
    EXPECT_EQ(live(*vault), 2u) << "a person may still accept it";
  }
  pass_days(2);
  exchange();
  tend(no_more);
  EXPECT_EQ(live(*vault), 1u) << "nobody holds back an erasure by it for ever";
  EXPECT_EQ(must(vault->ended_away(scope())).size(), 1u) << "and that is told";
  EXPECT_TRUE(must(handed_in(*vault, scope(), stolen.number)).empty()) << "nobody can accept any more what nobody can open";
}

TEST_F(EpochsTest, WithoutASnapshotOfWhatItSealedAnEpochsKeyStays) {
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
  exchange();
  pass_days(30);
  tend();
  exchange();
  tend({});
  EXPECT_EQ(live(*vault), 2u);
  const AdmittedKiosk later = admit("later");
  EXPECT_EQ(must(later.vault->woongroepen(scope())).size(), 1u) << "a kiosk that comes later reads what came before";
}

TEST_F(EpochsTest, WhatADeviceAnnouncedIsListedInEveryScopeAndItsFormerKeyEnds) {
  const auto former = kiosk.vault->sealing_key();
  exchange();
  pass_days(31);
  must(kiosk.vault->tend_keys());
  EXPECT_NE(kiosk.vault->sealing_key(), former);
  exchange();
  tend();
  exchange();
  for (const ScopeId& each : scopes())
    EXPECT_EQ(must(vault->held_charter(each)).device(kiosk.number)->sealing_key, kiosk.vault->sealing_key());
  EXPECT_EQ(kiosk.vault->founding().sealing.public_key, kiosk.vault->sealing_key());
  EXPECT_EQ(vault->founding().sealing.public_key, vault->sealing_key()) << "this desk's own too";
}

TEST_F(EpochsTest, PersonKeysAreSealedToTheCustodyKeyThatCameAfterStaffLeft) {
  const PersonId person = random.id<PersonTag>();
  const crypto::SecretBytes person_key = must(make_person_key(*office, person));
  const WoongroepId group = random.id<WoongroepTag>();
  const Room room{random.id<RoomTag>(), group, "7"};
  must(vault->record(scope(), Actor::none(), Woongroep{group, "Noord", 1}));
  must(vault->record(scope(), Actor::none(), room));
  must(vault->record(scope(), Actor::none(), Placing{person, room.id, Symbol::paw, Pastel::sky, today(), {}}));
  const StaffId leaves = random.id<StaffTag>(), stays = random.id<StaffTag>();
  const RecordId grants[] = {random.id<RecordTag>(), random.id<RecordTag>()};
  must(vault->record(office->org(), Actor::none(), Staff{leaves, "Ada"}));
  must(vault->record(office->org(), Actor::none(), Staff{stays, "Ben"}));
  must(vault->record(office->org(), Actor::none(), RoleGranted{grants[0], leaves, Role::woonbegeleider, house}));
  must(vault->record(office->org(), Actor::none(), RoleGranted{grants[1], stays, Role::woonbegeleider, house}));
  const auto phrase = [](std::string_view words) { return crypto::SecretBytes::copy_of(view(words)); };
  auto custody = must(crypto::Custody::make(leaves, phrase("de eerste zin"), cheap, random));
  const auto opened_then = must(custody.open(leaves, phrase("de eerste zin")));
  must(custody.add_wrap(opened_then, stays, phrase("de tweede zin"), cheap, random));
  must(kiosk.vault->set_setting(custody_setting, custody.serialise()));
  must(remember_custody(*office, kiosk.founding.device, custody.public_key()));
  tend();
  exchange();
  EXPECT_TRUE(kiosk.vault->keyring_key(scope(), person, opened_then));

  must(vault->record(office->org(), Actor::none(), RoleRevoked{grants[0]}));
  exchange();
  exchange();
  tend();
  exchange();
  EXPECT_FALSE(kiosk.vault->keyring_key(scope(), person, opened_then));
  const auto now = must(crypto::Custody::parse(*must(kiosk.vault->setting(custody_setting))));
  const auto opened_now = must(now.open(stays, phrase("de tweede zin")));
  EXPECT_TRUE(std::ranges::equal(must(kiosk.vault->keyring_key(scope(), person, opened_now)).view(), person_key.view()));

  // When the stay has ended, the kiosk is given its key no longer.
  must(vault->record(scope(), Actor::none(), PlacingEnded{person, today()}));
  pass_days(1);
  tend();
  EXPECT_TRUE(charter().keyring.empty());
}

TEST_F(EpochsTest, AnErasureWaitsForEachReplicaAndIsNamedWhenOneWasCutBefore) {
  const PersonId person = random.id<PersonTag>();
  (void)must(make_person_key(*office, person));
  const Room room{random.id<RoomTag>(), random.id<WoongroepTag>(), "7"};
  must(vault->record(scope(), Actor::none(), Placing{person, room.id, Symbol::paw, Pastel::sky, today(), {}}));
  EXPECT_EQ(erase_person(*office, random.id<PersonTag>(), today()).error().code, ErrorCode::not_found);
  must(erase_person(*office, person, today()));
  EXPECT_EQ(erase_person(*office, person, today()).error().code, ErrorCode::already_exists);
  EXPECT_EQ(vault->person_key(person).error().code, ErrorCode::not_found);
  EXPECT_EQ(must(erasures(*office)).at(0).waiting, (std::vector<DeviceNumber>{1, kiosk.number}));
  ASSERT_TRUE(vault->rekey_due()) << "its own keys were turned and listed at once";
  must(vault->rekey(crypto::make_key(random)));
  tend();
  EXPECT_EQ(must(erasures(*office)).at(0).waiting, std::vector<DeviceNumber>{kiosk.number});
  must(office->amend(scope(), [&](Charter& next) { return cut_device(next, kiosk.number, {}); }));
  const Erasure erasure = must(erasures(*office)).at(0);
  EXPECT_TRUE(erasure.done());
  EXPECT_EQ(erasure.lost, std::vector<DeviceNumber>{kiosk.number});
}

}  // namespace
}  // namespace huisbord
