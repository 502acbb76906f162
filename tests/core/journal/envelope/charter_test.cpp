// SPDX-License-Identifier: GPL-3.0-or-later
// Charters: what is refused, what one says about segments, what the next may not undo.
#include "core/journal/envelope/charter.h"

#include <gtest/gtest.h>

#include <functional>

namespace huisbord {
namespace {

constexpr std::int64_t quarter = 15 * 60 * 1000;

class CharterTest : public testing::Test {
 protected:
  CharterTest() {
    charter_.organisation = random_.id<OrganisationTag>();
    charter_.scope = random_.id<ScopeTag>();
    charter_.number = 1;
    charter_.written_quarter = 1'000;
    charter_.delegation = delegate(charter_.organisation, 1, {2'000 * quarter}, delegated_.public_key, root_);
    charter_.devices = {device(1, DeviceClass::desk), device(2, DeviceClass::kiosk)};
    random_.fill(epoch_.id);
    epoch_.number = 1;
    epoch_.grants = {{1, Bytes(80, 1)}, {2, Bytes(80, 2)}};
    charter_.epochs = {epoch_};
    charter_.keyring = {{random_.id<PersonTag>(), {}, 2, {}, Bytes(128, 3)}};
  }
  CharterDevice device(DeviceNumber number, DeviceClass device_class) {
    CharterDevice made;
    made.number = number;
    made.id = random_.id<DeviceTag>();
    made.device_class = device_class;
    made.signing_key = crypto::make_signing_key(random_).public_key;
    made.request_key = crypto::make_signing_key(random_).public_key;
    random_.fill(made.sealing_key.bytes);
    return made;
  }
  Bytes sign(Charter& charter) {
    auto bytes = charter.sign(delegated_);
    if (!bytes) ADD_FAILURE() << bytes.error().sentence;
    return bytes.value_or(Bytes{});
  }
  /// What a holder of charter_ says to number 2 after `change`.
  Status follows(const std::function<void(Charter&)>& change) {
    TRY_ASSIGN(const Charter held, Charter::verify(sign(charter_), root_.public_key, nullptr));
    Charter next = held;
    next.number = 2;
    next.previous = held.hash;
    change(next);
    TRY_STATUS(Charter::verify(sign(next), root_.public_key, &held));
    return {};
  }
  static void expect(ErrorCode code, const auto& result) {
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(name(result.error().code), std::string(name(code))) << result.error().sentence;
  }

  SeededRandom random_{11};
  crypto::SigningKeyPair root_ = crypto::make_signing_key(random_);
  crypto::SigningKeyPair delegated_ = crypto::make_signing_key(random_);
  Epoch epoch_;
  Charter charter_;
};

TEST_F(CharterTest, ComesBackAsItWasSigned) {
  charter_.devices[1].state = DeviceState::cut;
  charter_.devices[1].cut = Cut{9, crypto::hash("test", {})};
  charter_.epochs[0].grants.pop_back();
  charter_.keyring.clear();
  charter_.rulings = {{Ruling::Kind::free_waiting, 1, 4, crypto::hash("test", view("x")), 1}};
  charter_.erased = {random_.id<PersonTag>()};
  charter_.snapshot = SnapshotReference{crypto::hash("test", view("s")), {}, {{1, {5, crypto::hash("test", view("h")), 77}}}};
  const Bytes bytes = sign(charter_);
  const auto read = Charter::verify(bytes, root_.public_key, nullptr, Millis{1'500 * quarter});
  ASSERT_TRUE(read) << read.error().sentence;
  EXPECT_EQ(read->hash, charter_.hash);
  Charter again = *read;
  EXPECT_EQ(*again.sign(delegated_), bytes);
  EXPECT_EQ(read->devices[1].cut, charter_.devices[1].cut);
  EXPECT_EQ(read->snapshot->heads[0].head, charter_.snapshot->heads[0].head);
  EXPECT_TRUE(read->is_erased(charter_.erased[0]));
  const auto named = charter_name(bytes);
  ASSERT_TRUE(named);
  EXPECT_EQ(named->hash, charter_.hash);
  EXPECT_EQ(named->scope, charter_.scope);
}

TEST_F(CharterTest, NoChangedByteIsTaken) {
  const Bytes good = sign(charter_);
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes changed = good;
    changed[at] ^= 1;
    EXPECT_FALSE(Charter::verify(changed, root_.public_key, nullptr)) << "byte " << at;
  }
}

TEST_F(CharterTest, IsRefusedWhereverItIsCut) {
  const Bytes good = sign(charter_);
  for (std::size_t size = 0; size < good.size(); ++size)
    expect(ErrorCode::parse, Charter::verify(ByteView(good).first(size), root_.public_key, nullptr));
}

TEST_F(CharterTest, AnotherRootOrAnotherWriterIsRefused) {
  const auto stranger = crypto::make_signing_key(random_);
  expect(ErrorCode::signature, Charter::verify(sign(charter_), stranger.public_key, nullptr));
  Charter usurped = charter_;
  usurped.delegation.key = stranger.public_key;
  const auto bytes = usurped.sign(stranger);
  ASSERT_TRUE(bytes);
  expect(ErrorCode::signature, Charter::verify(*bytes, root_.public_key, nullptr));
  expect(ErrorCode::invalid, charter_.sign(stranger));
}

TEST_F(CharterTest, AnEndedDelegationWritesNoMore) {
  const Bytes bytes = sign(charter_);
  EXPECT_TRUE(Charter::verify(bytes, root_.public_key, nullptr, Millis{2'000 * quarter}));
  expect(ErrorCode::charter, Charter::verify(bytes, root_.public_key, nullptr, Millis{2'001 * quarter}));
  EXPECT_TRUE(Charter::verify(bytes, root_.public_key, nullptr)) << "one that was taken before stays good";
  charter_.written_quarter = 2'001;
  expect(ErrorCode::invalid, charter_.sign(delegated_));
}

TEST_F(CharterTest, ALowerNumberIsNeverTaken) {
  const Bytes first = sign(charter_);
  Charter second = charter_;
  second.number = 2;
  second.previous = charter_.hash;
  (void)sign(second);
  expect(ErrorCode::charter, Charter::verify(first, root_.public_key, &second));
}

TEST_F(CharterTest, TheSameAgainIsFineAndTwoOfOneNumberAreAnAlarm) {
  const Bytes bytes = sign(charter_);
  EXPECT_TRUE(Charter::verify(bytes, root_.public_key, &charter_));
  Charter other = charter_;
  other.rule_number = 2;
  const auto refused = Charter::verify(sign(other), root_.public_key, &charter_);
  expect(ErrorCode::charter, refused);
  EXPECT_EQ(refused.error().sentence, "There are two charters of one number.");
}

TEST_F(CharterTest, TheNextNamesTheOneHeldAndALaterOneNeedNot) {
  EXPECT_TRUE(follows([](Charter&) {}));
  expect(ErrorCode::charter, follows([](Charter& next) { next.previous[0] ^= 1; }));
  EXPECT_TRUE(follows([](Charter& next) { next.number = 5, next.previous[0] ^= 1; }));
}

TEST_F(CharterTest, WhatStandsForEverIsNotUndone) {
  charter_.erased = {random_.id<PersonTag>()};
  charter_.rulings = {{Ruling::Kind::free_waiting, 1, 4, crypto::hash("test", view("x")), 1}};
  charter_.rule_number = 2;
  charter_.delegation = delegate(charter_.organisation, 2, {2'000 * quarter}, delegated_.public_key, root_);
  EXPECT_TRUE(follows([](Charter&) {}));
  expect(ErrorCode::charter, follows([](Charter& next) { next.erased.clear(); }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.rulings.clear(); }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.rule_number = 1; }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.epochs.clear(); }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.epochs[0].grants.clear(), next.keyring.clear(), next.devices.pop_back(); }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.devices[0].device_class = DeviceClass::kiosk; }));
  expect(ErrorCode::charter, follows([this](Charter& next) { next.devices[0].signing_key = root_.public_key; }));
  expect(ErrorCode::charter, follows([this](Charter& next) { next.devices[0].id = random_.id<DeviceTag>(); }));
  expect(ErrorCode::charter, follows([this](Charter& next) {
           next.delegation = delegate(next.organisation, 1, {2'000 * quarter}, delegated_.public_key, root_);
         }));
  EXPECT_TRUE(follows([this](Charter& next) { random_.fill(next.devices[0].sealing_key.bytes); })) << "sealing keys are replaced";
}

TEST_F(CharterTest, ACutIsNeverLoweredNorLiftedNorMoved) {
  const auto cut_at = [](Charter& charter, OperationNumber number, const char* hash) {
    charter.devices[1].state = DeviceState::cut;
    charter.devices[1].cut = Cut{number, crypto::hash("test", view(hash))};
    charter.epochs[0].grants.resize(1);
    charter.keyring.clear();
  };
  EXPECT_TRUE(follows([&](Charter& next) { cut_at(next, 5, "a"); }));
  cut_at(charter_, 5, "a");
  EXPECT_TRUE(follows([](Charter&) {}));
  EXPECT_TRUE(follows([&](Charter& next) { cut_at(next, 6, "b"); }));
  expect(ErrorCode::charter, follows([&](Charter& next) { cut_at(next, 4, "a"); }));
  expect(ErrorCode::charter, follows([&](Charter& next) { cut_at(next, 5, "b"); }));
  expect(ErrorCode::charter, follows([](Charter& next) { next.devices[1].state = DeviceState::active, next.devices[1].cut.reset(); }));
}

TEST_F(CharterTest, IsNotWrittenWithoutSense) {
  const auto nonsense = [this](const std::function<void(Charter&)>& change) {
    Charter changed = charter_;
    change(changed);
    expect(ErrorCode::invalid, changed.sign(delegated_));
  };
  nonsense([](Charter& charter) { charter.devices.push_back(charter.devices[0]); });
  nonsense([](Charter& charter) { charter.devices[0].cut = Cut{1, crypto::hash("test", {})}; });
  nonsense([](Charter& charter) { charter.devices[0].state = DeviceState::wiped; });
  nonsense([](Charter& charter) { charter.epochs.push_back(charter.epochs[0]); });
  nonsense([](Charter& charter) { charter.epochs[0].grants.push_back({9, Bytes(80)}); });
  nonsense([](Charter& charter) { charter.epochs[0].grants[0].sealed.pop_back(); });
  nonsense([](Charter& charter) { charter.keyring[0].device = 1; });
  nonsense([](Charter& charter) { charter.keyring[0].sealed.resize(80); });
  nonsense([](Charter& charter) { charter.erased = {charter.keyring[0].person}; });
  nonsense([](Charter& charter) { charter.scope = charter.organisation.as<ScopeTag>(); });
  nonsense([](Charter& charter) { charter.rulings = {{Ruling::Kind::free_waiting, 9, 4, {}, 1}}; });
  nonsense([](Charter& charter) { charter.number = 0; });
  nonsense([](Charter& charter) { charter.erased.resize(32769); });
}

class CharterAndSegments : public CharterTest {
 protected:
  CharterAndSegments() {
    charter_.devices[1].signing_key = kiosk_.public_key;
    (void)sign(charter_);
    header_.scope = charter_.scope;
    header_.device = 2;
    header_.charter = 1;
    header_.first = 5;
    header_.count = 3;
    header_.sealed_size = 64;
    header_.last_stamp = 9;
    header_.epoch = epoch_.id;
  }
  Status check(const SegmentHeader& header, const crypto::SigningKeyPair& key) {
    Bytes bytes = write_header(header);
    const auto signature = sign_header(bytes, key);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return charter_.check_segment(*parse_evidence(bytes));
  }
  crypto::SigningKeyPair kiosk_ = crypto::make_signing_key(random_);
  SegmentHeader header_;
};

TEST_F(CharterAndSegments, TakesOneOfAListedDeviceUnderAListedEpoch) {
  EXPECT_TRUE(check(header_, kiosk_));
  expect(ErrorCode::signature, check(header_, delegated_));
  SegmentHeader other = header_;
  other.device = 3;
  expect(ErrorCode::charter, check(other, kiosk_));
  other = header_;
  other.charter = 2;
  expect(ErrorCode::charter, check(other, kiosk_));
  other = header_;
  other.epoch[0] ^= 1;
  expect(ErrorCode::epoch, check(other, kiosk_));
  other = header_;
  other.scope = random_.id<ScopeTag>();
  expect(ErrorCode::charter, check(other, kiosk_));
}

TEST_F(CharterAndSegments, ACutDecidesByNumberAndAtItsNumberByHash) {
  const HeaderHash own = crypto::hash("test", view("own"));
  EXPECT_EQ(charter_.standing(header_, own), SegmentStanding::counts);
  const auto cut_at = [&](OperationNumber number, const HeaderHash& hash) {
    charter_.devices[1].state = DeviceState::cut;
    charter_.devices[1].cut = Cut{number, hash};
    return charter_.standing(header_, own);
  };
  EXPECT_EQ(cut_at(0, {}), SegmentStanding::past_cut);
  EXPECT_EQ(cut_at(6, own), SegmentStanding::past_cut);
  EXPECT_EQ(cut_at(7, own), SegmentStanding::counts);
  EXPECT_EQ(cut_at(7, crypto::hash("test", view("other"))), SegmentStanding::off_chain);
  EXPECT_EQ(cut_at(8, own), SegmentStanding::counts);
}

TEST_F(CharterAndSegments, ARulingFreesExactlyOneSegment) {
  const HeaderHash own = crypto::hash("test", view("own"));
  EXPECT_FALSE(charter_.freed(header_, own));
  charter_.rulings = {{Ruling::Kind::free_waiting, 2, 7, own, 1}};
  EXPECT_TRUE(charter_.freed(header_, own));
  EXPECT_FALSE(charter_.freed(header_, crypto::hash("test", view("other"))));
}

TEST_F(CharterAndSegments, TheHighestEpochIsTheOneToSealUnder) {
  EXPECT_EQ(charter_.highest_epoch()->id, epoch_.id);
  Epoch next;
  next.number = 2;
  next.id = {1, 2, 3};
  charter_.epochs.insert(charter_.epochs.begin(), next);
  EXPECT_EQ(charter_.highest_epoch()->number, 2u);
  charter_.epochs.clear();
  EXPECT_EQ(charter_.highest_epoch(), nullptr);
}

}  // namespace
}  // namespace huisbord
