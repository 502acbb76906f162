// SPDX-License-Identifier: GPL-3.0-or-later
// A device's own keys turn, end and are told to the office; an erasure goes through them to the end.
#include "core/crypto/custody.h"
#include "core/crypto/memory.h"
#include "core/crypto/pin.h"
#include "core/store/pin_secret.h"
#include "core/store/store_key.h"
#include "core/store/vault_file.h"
#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

class OwnKeys : public HouseTest {
 protected:
  static constexpr std::int64_t a_month = 31 * TestClock::day;

  /// The office lists what the kiosk announced, in both scopes, and seals to it.
  void list_announced_key() {
    const auto announced = must(desk_->device_keys(house()));
    const auto said = std::ranges::find(announced, kiosk_device_.number, &DeviceKeys::device);
    ASSERT_NE(said, announced.end());
    for (const ScopeId& scope : {organisation_.org(), house()}) {
      Charter& charter = organisation_.charter(scope);
      for (CharterDevice& device : charter.devices) {
        if (device.number != kiosk_device_.number) continue;
        device.sealing_key = said->sealing;
        for (Epoch& epoch : charter.epochs) {
          std::erase_if(epoch.grants, [&](const EpochGrant& grant) { return grant.device == device.number; });
          epoch.grants.push_back(seal_grant(scope, organisation_.epoch_key(scope), device, organisation_.random()));
        }
      }
      const Bytes bytes = organisation_.sign(scope);
      must(desk_->take_charter(bytes));
      must(kiosk_->take_charter(bytes));
    }
  }
  [[nodiscard]] crypto::SealingPublicKey listed() { return organisation_.charter(house()).device(kiosk_device_.number)->sealing_key; }
  void erase(const PersonId& person) {
    organisation_.charter(house()).erased.push_back(person);
    const Bytes bytes = organisation_.sign(house());
    must(desk_->take_charter(bytes));
    must(kiosk_->take_charter(bytes));
  }
  static crypto::Argon2Parameters cheap() { return {1, std::size_t{8} * 1024}; }
  static crypto::SecretBytes text(std::string_view words) { return crypto::SecretBytes::copy_of(view(words)); }
  void reopen_kiosk(const crypto::SecretBytes& key) {
    kiosk_.reset();
    kiosk_ = must(Vault::open(folder_ / "kiosk.db", key, organisation_.options()));
  }
};

TEST_F(OwnKeys, NothingIsToldWhileNothingIsDue) {
  must(kiosk_->tend_keys());
  organisation_.clock.pass(29 * TestClock::day);
  must(kiosk_->tend_keys());
  EXPECT_EQ(kiosk_->waiting_count(), 0u);
  EXPECT_EQ(kiosk_->sealing_key(), listed());
}

TEST_F(OwnKeys, ASealingKeyIsReplacedAfterAMonthAndTheFormerEnds) {
  must(kiosk_->tend_keys());
  organisation_.clock.pass(a_month);
  must(kiosk_->tend_keys());
  must(kiosk_->tend_keys());
  EXPECT_EQ(kiosk_->waiting_count(), 1u) << "announced once";
  EXPECT_NE(kiosk_->sealing_key(), listed());
  EXPECT_EQ(kiosk_->founding().sealing.public_key, listed()) << "what is sealed to the former still opens";
  reopen_kiosk(SmallOrganisation::store_key());
  exchange();
  const auto former = kiosk_->founding().sealing.clone();
  list_announced_key();
  EXPECT_EQ(kiosk_->founding().sealing.public_key, listed());
  EXPECT_EQ(kiosk_->sealing_key(), listed());
  must(kiosk_->tend_keys());
  reopen_kiosk(SmallOrganisation::store_key());
  EXPECT_FALSE(crypto::equal(kiosk_->founding().sealing.secret.view(), former.secret.view()));
  EXPECT_TRUE(must(kiosk_->settings("keys.sealing.")).empty());
  EXPECT_FALSE(kiosk_->rekey_due());
  must(kiosk_->record_witness(house()));
  exchange();
  EXPECT_TRUE(must(desk_->last_witnesses(house())).contains(kiosk_device_.number)) << "the journal goes on";
}

TEST_F(OwnKeys, ADeviceSpeaksOfItsOwnKeysAlone) {
  must(kiosk_->tend_keys());
  organisation_.clock.pass(a_month);
  must(kiosk_->tend_keys());
  exchange();
  const auto announced = must(desk_->device_keys(house()));
  ASSERT_EQ(announced.size(), 1u);
  EXPECT_EQ(announced[0].device, kiosk_device_.number);
  EXPECT_EQ(announced[0].sealing, kiosk_->sealing_key());
}

TEST_F(OwnKeys, AnEpochsKeyEndsWithItsGrantAndItsSegmentsAreToldAsEndedAway) {
  const auto epochs = must(kiosk_->epochs(house()));
  ASSERT_EQ(epochs.size(), 1u);
  EXPECT_TRUE(epochs[0].held);
  EXPECT_GT(epochs[0].last.at(desk_device_.number), 0u);
  // Sealed under the first epoch and on its way while the first epoch ends.
  must(desk_->record(house(), Actor::none(), Room{fresh<RoomTag>(), group_, "11"}));
  const auto late = drain(*desk_, house());
  Charter& charter = organisation_.charter(house());
  const crypto::SecretBytes next = crypto::make_key(organisation_.random());
  charter.epochs[0].grants.clear();
  charter.epochs.push_back({crypto::key_id(next), 2, {}});
  for (const CharterDevice& device : charter.devices)
    charter.epochs[1].grants.push_back(seal_grant(house(), next, device, organisation_.random()));
  const Bytes bytes = organisation_.sign(house());
  must(kiosk_->take_charter(bytes));
  must(kiosk_->tend_keys());
  const auto after = must(kiosk_->epochs(house()));
  ASSERT_EQ(after.size(), 2u);
  EXPECT_FALSE(after[0].held);
  EXPECT_TRUE(after[1].held);
  EXPECT_TRUE(crypto::equal(must(kiosk_->epoch_key(house())).view(), next.view()));
  reopen_kiosk(SmallOrganisation::store_key());
  EXPECT_FALSE(must(kiosk_->epochs(house()))[0].held);
  EXPECT_TRUE(must(kiosk_->ended_away(house())).empty());
  const TakeReport report = must(kiosk_->take_segments(house(), late));
  EXPECT_EQ(report.segments, 0u);
  const auto away = must(kiosk_->ended_away(house()));
  ASSERT_EQ(away.size(), 1u);
  EXPECT_EQ(away[0].device, desk_device_.number);
  EXPECT_EQ(must(kiosk_->rooms(house())).size(), 2u) << "nothing of it stands in the tables";
  EXPECT_TRUE(must(kiosk_->verify()).sound());
  mark_done(1);
  EXPECT_EQ(must(parse_segment(must(kiosk_->next_segment_to_send(house())).value())).header.epoch, crypto::key_id(next));
}

TEST_F(OwnKeys, WhatWasSealedBeforeANewEpochGoesAsItIs) {
  mark_done(0);
  const Bytes sealed = must(kiosk_->next_segment_to_send(house())).value();
  Charter& charter = organisation_.charter(house());
  const crypto::SecretBytes next = crypto::make_key(organisation_.random());
  charter.epochs.push_back({crypto::key_id(next), 2, {}});
  for (const CharterDevice& device : charter.devices)
    charter.epochs[1].grants.push_back(seal_grant(house(), next, device, organisation_.random()));
  const Bytes bytes = organisation_.sign(house());
  must(kiosk_->take_charter(bytes));
  must(desk_->take_charter(bytes));
  EXPECT_EQ(must(kiosk_->next_segment_to_send(house())).value(), sealed);
  mark_done(1);
  exchange();
  EXPECT_TRUE(duty_at(*desk_, 0).duty.done && duty_at(*desk_, 1).duty.done);
}

TEST_F(OwnKeys, APinThatWasChangedOrResetOpensNothingAnyMoreAndTheNextOneDoes) {
  const PersonId person = fresh<PersonTag>();
  const crypto::SecretBytes key = crypto::make_key(organisation_.random());
  const auto mixed_with = must(pin_secret(*kiosk_, organisation_.random()));
  const auto set = [&](const crypto::SecretBytes& opened, std::string_view digits) {
    const auto wrap = must(crypto::make_pin_wrap(opened, text(digits), mixed_with, person.view(), cheap(), organisation_.random()));
    must(kiosk_->set_setting(pin_setting(person), wrap.serialise()));
  };
  const auto opens = [&](std::string_view digits) {
    const auto wrap = must(crypto::PinWrap::parse(*must(kiosk_->setting(pin_setting(person)))));
    return crypto::open_pin_wrap(wrap, text(digits), mixed_with, person.view());
  };
  set(key, "402917");
  set(must(opens("402917")), "731846");  // by the resident, in a session
  EXPECT_FALSE(opens("402917"));
  EXPECT_EQ(must(opens("731846")).view()[0], key.view()[0]);
  set(key, "195283");  // by staff, with the key out of the keyring
  EXPECT_FALSE(opens("731846"));
  EXPECT_TRUE(opens("195283"));
  must(kiosk_->fold_log());
  must(kiosk_->tend_keys());
  EXPECT_EQ(must(kiosk_->settings("pin." + person.hex())).size(), 1u) << "of the former nothing is kept";
}

TEST_F(OwnKeys, AnErasureTurnsTheKeysAsksForANewStoreKeyAndIsToldAtItsEnd) {
  const PersonId person = fresh<PersonTag>(), other = fresh<PersonTag>();
  const crypto::SecretBytes key = crypto::make_key(organisation_.random());
  const auto mixed_with = must(pin_secret(*kiosk_, organisation_.random()));
  for (const PersonId& who : {person, other}) {
    const auto wrap = must(crypto::make_pin_wrap(key, text("402917"), mixed_with, who.view(), cheap(), organisation_.random()));
    must(kiosk_->set_setting(pin_setting(who), wrap.serialise()));
    must(kiosk_->set_setting(tries_setting(who), Bytes{1}));
  }
  must(kiosk_->tend_keys());
  erase(person);
  EXPECT_FALSE(must(kiosk_->setting(pin_setting(person))));
  EXPECT_FALSE(must(kiosk_->setting(tries_setting(person))));
  EXPECT_TRUE(must(kiosk_->setting(pin_setting(other))));
  EXPECT_FALSE(kiosk_->rekey_due());
  must(kiosk_->tend_keys());
  EXPECT_NE(kiosk_->sealing_key(), listed());
  exchange();
  EXPECT_EQ(must(desk_->device_keys(house())).at(0).settled, 0u);
  list_announced_key();
  EXPECT_TRUE(kiosk_->rekey_due());
  must(kiosk_->tend_keys());
  EXPECT_EQ(kiosk_->waiting_count(), 0u) << "not told before the store has a new key";
  const crypto::SecretBytes next = SmallOrganisation::store_key(0x77);
  must(kiosk_->rekey(next));
  EXPECT_FALSE(kiosk_->rekey_due());
  must(kiosk_->tend_keys());
  exchange();
  EXPECT_EQ(must(desk_->device_keys(house())).at(0).settled, organisation_.charter(house()).number);
  EXPECT_EQ(Vault::open(folder_ / "none.db", next).error().code, ErrorCode::not_found);
  reopen_kiosk(next);
  EXPECT_FALSE(kiosk_->rekey_due());
  EXPECT_TRUE(must(kiosk_->verify()).sound());
}

TEST_F(OwnKeys, ASecondErasureOnTheWayTurnsTheKeyOnceMore) {
  must(kiosk_->tend_keys());
  erase(fresh<PersonTag>());
  must(kiosk_->tend_keys());
  const auto first = kiosk_->sealing_key();
  exchange();
  erase(fresh<PersonTag>());
  must(kiosk_->tend_keys());
  EXPECT_NE(kiosk_->sealing_key(), first);
  list_announced_key();
  EXPECT_FALSE(kiosk_->rekey_due()) << "what the office listed is not the newest yet";
  exchange();
  list_announced_key();
  EXPECT_TRUE(kiosk_->rekey_due());
}

TEST_F(OwnKeys, FormerStaffLoseTheirWrapAndTheCustodyKeyIsAnother) {
  const StaffId ada = fresh<StaffTag>(), ben = fresh<StaffTag>();
  const RecordId grants[] = {fresh<RecordTag>(), fresh<RecordTag>()};
  must(desk_->record(organisation_.org(), Actor::none(), Staff{ada, "Ada"}));
  must(desk_->record(organisation_.org(), Actor::none(), Staff{ben, "Ben"}));
  must(desk_->record(organisation_.org(), Actor::none(), RoleGranted{grants[0], ada, Role::woonbegeleider, organisation_.house_id()}));
  must(desk_->record(organisation_.org(), Actor::none(), RoleGranted{grants[1], ben, Role::woonbegeleider, organisation_.house_id()}));
  exchange();
  auto custody = must(crypto::Custody::make(ada, text("de eerste zin"), cheap(), organisation_.random()));
  must(custody.add_wrap(must(custody.open(ada, text("de eerste zin"))), ben, text("de tweede zin"), cheap(), organisation_.random()));
  must(kiosk_->set_setting(custody_setting, custody.serialise()));
  must(kiosk_->tend_keys());
  EXPECT_EQ(kiosk_->waiting_count(), 0u);
  must(desk_->record(organisation_.org(), Actor::none(), RoleRevoked{grants[0]}));
  exchange();
  must(kiosk_->tend_keys());
  const auto now = must(crypto::Custody::parse(*must(kiosk_->setting(custody_setting))));
  EXPECT_NE(now.public_key(), custody.public_key());
  EXPECT_EQ(now.open(ada, text("de eerste zin")).error().code, ErrorCode::not_found);
  EXPECT_TRUE(now.open(ben, text("de tweede zin")));
  exchange();
  EXPECT_EQ(must(desk_->device_keys(house())).at(0).custody, now.public_key());
}

TEST_F(OwnKeys, PinsEndAfterSixtyDaysOfRunningWithoutACharter) {
  const PersonId person = fresh<PersonTag>();
  must(kiosk_->set_setting(pin_setting(person), Bytes{1, 2, 3}));
  must(kiosk_->tend_keys());
  for (int day = 0; day < 59; ++day) {
    organisation_.clock.pass(TestClock::day);
    must(kiosk_->tend_keys());
  }
  EXPECT_TRUE(must(kiosk_->setting(pin_setting(person))));
  const Bytes bytes = organisation_.sign(house());
  must(kiosk_->take_charter(bytes));
  for (int day = 0; day < 59; ++day) {
    organisation_.clock.pass(TestClock::day);
    must(kiosk_->tend_keys());
  }
  EXPECT_TRUE(must(kiosk_->setting(pin_setting(person)))) << "a charter gives a new lease";
  organisation_.clock.pass(2 * TestClock::day);
  must(kiosk_->tend_keys());
  EXPECT_FALSE(must(kiosk_->setting(pin_setting(person))));
}

TEST_F(OwnKeys, WitnessesAreFoundByDevice) {
  EXPECT_TRUE(must(desk_->last_witnesses(house())).empty());
  must(kiosk_->record_witness(house()));
  mark_done(2);
  exchange();
  const auto witnesses = must(desk_->last_witnesses(house()));
  ASSERT_TRUE(witnesses.contains(kiosk_device_.number));
  EXPECT_EQ(witnesses.at(kiosk_device_.number).charter, 1u);
}

}  // namespace
}  // namespace huisbord
