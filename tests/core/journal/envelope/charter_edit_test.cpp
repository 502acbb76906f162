// SPDX-License-Identifier: GPL-3.0-or-later
// Each edit of the next charter gives one that its reader takes, and refuses what no reader would.
#include "core/journal/envelope/charter_edit.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace huisbord {
namespace {

constexpr std::int64_t quarter = 15 * 60 * 1000;

class CharterEdit : public testing::Test {
 protected:
  CharterEdit()
      : held_(first_charter(organisation_, random_.id<ScopeTag>(),
                            delegate(organisation_, 1, {9'000 * quarter}, delegated_.public_key, root_), {1'000 * quarter})) {
    EXPECT_EQ(add_device(held_, device(DeviceClass::desk)), 1u);
    EXPECT_EQ(add_device(held_, device(DeviceClass::kiosk)), 2u);
    EXPECT_TRUE(begin_epoch(held_, key(1), std::vector<EpochGrant>{{1, Bytes(80, 1)}, {2, Bytes(80, 2)}}));
    EXPECT_TRUE(put_keyring_entry(held_, entry(person_)));
    const auto bytes = held_.sign(delegated_);
    EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().sentence);
    next_ = next_charter(held_, {1'010 * quarter});
  }
  CharterDevice device(DeviceClass device_class) {
    CharterDevice made;
    made.id = random_.id<DeviceTag>();
    made.device_class = device_class;
    made.signing_key = crypto::make_signing_key(random_).public_key;
    made.request_key = crypto::make_signing_key(random_).public_key;
    random_.fill(made.sealing_key.bytes);
    return made;
  }
  static crypto::KeyId key(std::uint8_t which) { return {which, 7, 7, 7, 7, 7, 7, 7}; }
  static KeyringEntry entry(const PersonId& person) { return {person, key(9), 2, key(8), Bytes(128, 3)}; }
  static Cut cut(OperationNumber number, const char* what = "h") { return {number, crypto::hash("test", view(std::string_view(what)))}; }
  /// A reader who holds the first takes the next as it stands.
  Status taken() {
    TRY_ASSIGN(const Bytes bytes, next_.sign(delegated_));
    TRY_STATUS(Charter::verify(bytes, root_.public_key, &held_, Millis{1'020 * quarter}));
    return {};
  }
  void expect_taken() {
    const Status status = taken();
    EXPECT_TRUE(status) << status.error().sentence;
  }
  static void expect_refused(const auto& result, const char* sentence) {
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().sentence, sentence);
  }

  SeededRandom random_{31};
  crypto::SigningKeyPair root_ = crypto::make_signing_key(random_);
  crypto::SigningKeyPair delegated_ = crypto::make_signing_key(random_);
  OrganisationId organisation_ = random_.id<OrganisationTag>();
  PersonId person_ = random_.id<PersonTag>();
  Charter held_;
  Charter next_;
};

TEST_F(CharterEdit, TheNextIsNumberedLinkedAndNeverWrittenEarlier) {
  EXPECT_EQ(next_.number, 2u);
  EXPECT_EQ(next_.previous, held_.hash);
  EXPECT_EQ(next_.written_quarter, 1'010);
  EXPECT_EQ(next_charter(held_, {5 * quarter}).written_quarter, 1'000);
  expect_taken();
}

TEST_F(CharterEdit, ADeviceGetsANumberThatWasNeverGiven) {
  ASSERT_TRUE(cut_device(next_, 2, {}));
  EXPECT_EQ(add_device(next_, device(DeviceClass::kiosk)), 3u);
  EXPECT_EQ(next_.device(DeviceNumber{3})->state, DeviceState::active);
  expect_taken();
}

TEST_F(CharterEdit, ADeviceIsListedOnce) {
  CharterDevice again = device(DeviceClass::kiosk);
  again.id = held_.devices[1].id;
  expect_refused(add_device(next_, again), "That device is listed already: a device that was cut comes back as a new one.");
  again = device(DeviceClass::kiosk);
  again.signing_key = held_.devices[1].signing_key;
  expect_refused(add_device(next_, again), "A device with that signing key is listed already.");
}

TEST_F(CharterEdit, ACutDeviceGetsNoKeysAndNeverComesBack) {
  ASSERT_TRUE(cut_device(next_, 2, cut(5)));
  EXPECT_EQ(next_.epochs[0].grants.size(), 1u);
  EXPECT_TRUE(next_.keyring.empty());
  expect_refused(end_device(next_, 2, DeviceState::active, cut(5)),
                 "A device that was cut never becomes active again: it comes back as a new one.");
  expect_refused(grant_epoch(next_, key(1), {2, Bytes(80, 1)}), "An epoch is granted to active devices alone.");
  expect_refused(put_keyring_entry(next_, entry(person_)), "A keyring gives a person's key to active kiosks alone.");
  expect_taken();
}

TEST_F(CharterEdit, ACutIsRaisedAndNeverLoweredOrMoved) {
  expect_refused(raise_cut(next_, 2, cut(5)), "That device is active: all of it counts.");
  ASSERT_TRUE(cut_device(next_, 2, cut(5)));
  expect_refused(raise_cut(next_, 2, cut(4)), "What of that device counts already counts for ever: its cut is never lowered.");
  expect_refused(raise_cut(next_, 2, cut(5, "other")), "That device's cut stands at this number with another header, and is not moved.");
  expect_refused(raise_cut(next_, 2, {6, {}}),
                 "A cut names a number and the header that ends there, or neither when nothing of the device counts.");
  ASSERT_TRUE(raise_cut(next_, 2, cut(9)));
  EXPECT_EQ(next_.device(DeviceNumber{2})->cut, cut(9));
  expect_taken();
}

TEST_F(CharterEdit, CutThenClosedThenWipedAndNoWayBack) {
  ASSERT_TRUE(cut_device(next_, 2, cut(5)));
  ASSERT_TRUE(close_device(next_, 2, cut(5)));
  ASSERT_TRUE(wipe_device(next_, 2, cut(5)));
  expect_refused(close_device(next_, 2, cut(5)), "A device that was closed or wiped stays so.");
  expect_refused(cut_device(next_, 7, cut(5)), "The charter lists no such device.");
  expect_taken();
}

TEST_F(CharterEdit, AnEpochStaysListedWhenItsKeyIsUsedNoMore) {
  expect_refused(drop_grants(next_, key(1)), "The epoch in use keeps its grants until the next has begun.");
  ASSERT_TRUE(begin_epoch(next_, key(2), std::vector<EpochGrant>{{1, Bytes(80, 1)}}));
  EXPECT_EQ(next_.highest_epoch()->id, key(2));
  ASSERT_TRUE(grant_epoch(next_, key(2), {2, Bytes(80, 4)}));
  ASSERT_TRUE(grant_epoch(next_, key(2), {2, Bytes(80, 5)}));
  EXPECT_EQ(next_.highest_epoch()->grants.size(), 2u) << "granted again, replaced";
  ASSERT_TRUE(drop_grants(next_, key(1)));
  EXPECT_TRUE(next_.epoch(key(1))->grants.empty());
  expect_refused(begin_epoch(next_, key(1), {}), "That epoch was there before: each has a key of its own.");
  expect_refused(grant_epoch(next_, key(3), {1, Bytes(80, 1)}), "The charter lists no such epoch.");
  expect_refused(grant_epoch(next_, key(2), {9, Bytes(80, 1)}), "An epoch is granted to a device that the charter does not list.");
  expect_refused(grant_epoch(next_, key(2), {1, Bytes(79, 1)}), "A grant is a sealed key of 80 bytes.");
  expect_taken();
}

TEST_F(CharterEdit, ANewSealingKeyTakesTheKeyringSealedToTheFormerAndLeavesTheGrants) {
  crypto::SealingPublicKey fresh;
  random_.fill(fresh.bytes);
  ASSERT_TRUE(set_sealing_key(next_, 2, fresh));
  EXPECT_EQ(next_.epochs[0].grants.size(), 2u);
  EXPECT_TRUE(std::ranges::none_of(next_.keyring, [](const KeyringEntry& entry) { return entry.device == 2; }));
  ASSERT_TRUE(grant_epoch(next_, key(1), {2, Bytes(80, 6)}));
  expect_taken();
  ASSERT_TRUE(cut_device(next_, 2, {}));
  expect_refused(set_sealing_key(next_, 2, fresh), "Nothing is sealed any more to a device that is not active.");
}

TEST_F(CharterEdit, AKeyringEntryReplacesTheOneOfThatKioskAndPerson) {
  KeyringEntry renewed = entry(person_);
  renewed.custody = key(5);
  ASSERT_TRUE(put_keyring_entry(next_, renewed));
  ASSERT_EQ(next_.keyring.size(), 1u);
  EXPECT_EQ(next_.keyring[0].custody, key(5));
  KeyringEntry to_desk = entry(person_);
  to_desk.device = 1;
  expect_refused(put_keyring_entry(next_, to_desk), "A keyring gives a person's key to active kiosks alone.");
  next_.scope = organisation_.as<ScopeTag>();
  expect_refused(put_keyring_entry(next_, entry(person_)), "The organisation's scope has no residents and no keyring.");
}

TEST_F(CharterEdit, AnErasedPersonStandsForEverAndNoKeyringHoldsTheKeyAgain) {
  ASSERT_TRUE(erase_person(next_, person_));
  ASSERT_TRUE(erase_person(next_, person_));
  EXPECT_EQ(next_.erased, std::vector{person_});
  EXPECT_TRUE(next_.keyring.empty());
  expect_refused(put_keyring_entry(next_, entry(person_)), "That person was erased: no keyring holds their key again.");
  expect_taken();
}

TEST_F(CharterEdit, ARulingIsAboutAListedDeviceAndStandsOnce) {
  const Ruling ruling{Ruling::Kind::free_waiting, 2, 5, crypto::hash("test", {}), 1};
  ASSERT_TRUE(add_ruling(next_, ruling));
  ASSERT_TRUE(add_ruling(next_, ruling));
  EXPECT_EQ(next_.rulings.size(), 1u);
  expect_refused(add_ruling(next_, {Ruling::Kind::free_waiting, 9, 5, {}, 1}), "A ruling is about a device that the charter lists.");
  expect_taken();
}

TEST_F(CharterEdit, ASnapshotHoldsWhatCountsAndAtLeastAsMuchAsTheFormer) {
  const auto hash = [](const char* what) { return crypto::hash("test", view(std::string_view(what))); };
  ASSERT_TRUE(name_snapshot(next_, {hash("s"), hash("d"), {{2, {5, hash("h"), 77}}}}));
  expect_taken();
  EXPECT_EQ(next_.snapshot_end(2), (Cut{5, hash("h")}));
  EXPECT_FALSE(next_.snapshot_end(1));
  expect_refused(name_snapshot(next_, {hash("s"), hash("d"), {{2, {4, hash("h"), 77}}}}),
                 "A snapshot holds less of a device than the one before it.");
  expect_refused(name_snapshot(next_, {hash("s"), hash("d"), {{9, {4, hash("h"), 77}}}}),
                 "A snapshot holds a device that the charter does not list.");
  expect_refused(name_snapshot(next_, {hash("s"), hash("d"), {{2, {6, hash("h"), 77}}, {2, {6, hash("h"), 77}}}}),
                 "A snapshot names a device twice.");
  ASSERT_TRUE(cut_device(next_, 2, cut(4)));
  EXPECT_TRUE(next_.snapshot && next_.snapshot->heads.empty()) << "of that device it held more than counts";
  EXPECT_FALSE(next_.snapshot_end(2));
  expect_refused(name_snapshot(next_, {hash("s"), hash("d"), {{2, {5, hash("h"), 77}}}}), "A snapshot holds more of a device than counts.");
}

TEST_F(CharterEdit, ADelegationGoesOnAndNeverBack) {
  const auto other = crypto::make_signing_key(random_);
  const auto given = [&](std::uint32_t number, std::int64_t expires) {
    return delegate(organisation_, number, {expires * quarter}, other.public_key, root_);
  };
  expect_refused(set_delegation(next_, given(1, 9'000)), "There are two delegations of that number.");
  expect_refused(set_delegation(next_, given(2, 900)), "That delegation has ended: the organisation must make a new one.");
  ASSERT_TRUE(set_delegation(next_, given(2, 9'000)));
  const auto bytes = next_.sign(other);
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(Charter::verify(*bytes, root_.public_key, &held_));
  expect_refused(set_delegation(next_, held_.delegation), "That delegation was replaced by a later one.");
}

TEST_F(CharterEdit, SuiteAndRulesNeverFall) {
  ASSERT_TRUE(raise_rule_number(next_, 3));
  expect_refused(raise_rule_number(next_, 2), "The number of the merge rules never falls.");
  expect_refused(raise_lowest_suite(next_, 0), "The lowest suite that is accepted never falls.");
  expect_refused(raise_lowest_suite(next_, 2), "This release does not know that suite.");
  expect_taken();
}

}  // namespace
}  // namespace huisbord
