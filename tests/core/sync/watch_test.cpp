// SPDX-License-Identifier: GPL-3.0-or-later
// What a hostile relay and a stolen device are caught at, rule by rule; and what is nobody's fault.
#include "core/sync/watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/crypto/start.h"

namespace huisbord {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr DeviceNumber desk = 1;
constexpr DeviceNumber kiosk = 2;
constexpr DeviceNumber other = 3;
constexpr std::int64_t monday = 1'980'000;
constexpr std::int64_t day = 96;

/// One scope with a desk and two kiosks, as one of them sees it.
class Watch : public ::testing::Test {
 protected:
  Watch() {
    EXPECT_TRUE(crypto::start().has_value());
    for (const DeviceNumber number : {desk, kiosk, other}) {
      keys_.push_back(crypto::make_signing_key(random_));
      CharterDevice device;
      device.number = number;
      device.device_class = number == desk ? DeviceClass::desk : DeviceClass::kiosk;
      device.signing_key = keys_.back().public_key;
      devices_.push_back(device);
    }
  }
  static HeldWitness says(DeviceNumber device, OperationNumber number, std::int64_t quarter, std::vector<WitnessHead> heads) {
    HeldWitness made{device, number, {}};
    made.witness.heads = std::move(heads);
    made.witness.trusted_quarter = quarter;
    return made;
  }
  [[nodiscard]] Watched seen_by(DeviceNumber own) const {
    Watched watched;
    watched.own = own;
    watched.devices = devices_;
    watched.read_before = before_;
    watched.witnesses = witnesses_;
    watched.received = received_;
    watched.forks = forks_;
    watched.only_witnesses = [](DeviceNumber, OperationNumber, OperationNumber) { return true; };
    return watched;
  }
  [[nodiscard]] ForkReport fork_by(DeviceNumber author, DeviceNumber signer, OperationNumber first = 7) {
    ForkReport report{author, {}, {}};
    for (Bytes* bytes : {&report.first, &report.second}) {
      SegmentHeader header;
      header.device = author;
      header.charter = 1;
      header.first = first;
      header.count = 1;
      header.opened_size = 10;
      header.sealed_size = 30;
      header.last_stamp = 5;
      header.previous.fill(1);
      random_.fill(header.nonce);
      *bytes = write_header(header);
      const crypto::Signature signature = sign_header(*bytes, keys_.at(signer - 1));
      bytes->insert(bytes->end(), signature.begin(), signature.end());
    }
    return report;
  }

  SeededRandom random_{1};
  std::vector<crypto::SigningKeyPair> keys_;
  std::vector<CharterDevice> devices_;
  std::vector<HeldWitness> before_;
  std::vector<HeldWitness> witnesses_;
  std::vector<Head> received_;
  std::vector<ForkReport> forks_;
};

TEST_F(Watch, ARelayThatDropsOneSegmentWithholdsIt) {
  before_ = {says(other, 9, monday, {{desk, 40, {}}})};
  received_ = {{desk, 39, {}}, {other, 9, {}}};
  EXPECT_THAT(withheld(seen_by(kiosk)), ElementsAre(Finding{Finding::Kind::withheld, desk, 40, 0}));
}

TEST_F(Watch, WhatIsHeldWithholdsNothing) {
  before_ = {says(other, 9, monday, {{desk, 40, {}}})};
  received_ = {{desk, 41, {}}, {other, 9, {}}};
  EXPECT_THAT(withheld(seen_by(kiosk)), IsEmpty());
}

TEST_F(Watch, AWitnessThatCameWithThisVeryPullIsNotJudgedYet) {
  witnesses_ = {says(other, 9, monday, {{desk, 40, {}}})};
  received_ = {{desk, 39, {}}, {other, 9, {}}};
  EXPECT_THAT(withheld(seen_by(kiosk)), IsEmpty());
}

TEST_F(Watch, WhatTheRelaySaysThatItHasNoMoreIsNotWithheld) {
  before_ = {says(other, 9, monday, {{desk, 40, {}}})};
  received_ = {{other, 9, {}}};
  Watched watched = seen_by(kiosk);
  watched.floor[desk] = 40;
  EXPECT_THAT(withheld(watched), IsEmpty());
  watched.floor[desk] = 39;
  EXPECT_THAT(withheld(watched), ElementsAre(Finding{Finding::Kind::withheld, desk, 40, 0}));
}

TEST_F(Watch, WhatLiesPastACutIsHandedOutToNobody) {
  devices_[2].state = DeviceState::cut;
  devices_[2].cut = Cut{10, {}};
  before_ = {says(desk, 9, monday, {{other, 12, {}}})};
  received_ = {{desk, 9, {}}, {other, 10, {}}};
  EXPECT_THAT(withheld(seen_by(kiosk)), IsEmpty());
}

TEST_F(Watch, ACutDeviceAccusesNobody) {
  devices_[2].state = DeviceState::cut;
  devices_[2].cut = Cut{10, {}};
  before_ = {says(other, 9, monday, {{desk, 1'000'000, {}}})};
  EXPECT_THAT(withheld(seen_by(kiosk)), IsEmpty());
}

TEST_F(Watch, AStolenKeyThatSignsTwiceIsAForkAndNotTheRelaysFault) {
  forks_ = {fork_by(kiosk, kiosk)};
  EXPECT_THAT(judge(seen_by(desk)), ElementsAre(Finding{Finding::Kind::device_forked, kiosk, 7, 0}));
}

TEST_F(Watch, AForkThatTheRelayMadeUpIsNotBelieved) {
  forks_ = {fork_by(kiosk, other)};
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
  ForkReport once = fork_by(kiosk, kiosk);
  once.second = once.first;
  forks_ = {once};
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
  ForkReport garbled = fork_by(kiosk, kiosk);
  garbled.second[100] ^= 1;
  forks_ = {garbled, ForkReport{kiosk, {}, {}}, fork_by(9, kiosk)};
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
}

TEST_F(Watch, AKioskThatIsFrozenShowsInItsOwnWitnesses) {
  witnesses_ = {says(desk, 10, monday, {}), says(desk, 20, monday + day, {}), says(desk, 30, monday + 2 * day, {}),
                says(kiosk, 5, monday + day + 3, {{desk, 9, {}}}), says(kiosk, 6, monday + 2 * day + 3, {{desk, 9, {}}})};
  EXPECT_THAT(judge(seen_by(desk)), ElementsAre(Finding{Finding::Kind::shown_old_state, kiosk, 10, monday + day}));
}

TEST_F(Watch, AKioskThatComesBackAfterWeeksHasADayToCatchUp) {
  witnesses_ = {says(desk, 10, monday, {}), says(desk, 20, monday + day, {}), says(desk, 30, monday + 20 * day, {}),
                says(kiosk, 5, monday + 20 * day, {{desk, 9, {}}})};
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
  witnesses_.push_back(says(kiosk, 6, monday + 21 * day, {{desk, 30, {}}}));
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
}

TEST_F(Watch, WhatHasNoReceiptYetIsExpectedOfNobody) {
  witnesses_ = {says(desk, 10, monday, {}), says(kiosk, 5, monday + 1, {{desk, 9, {}}}), says(kiosk, 6, monday + 4 * day, {{desk, 9, {}}})};
  EXPECT_THAT(judge(seen_by(desk)), IsEmpty());
}

TEST_F(Watch, AfterThreeDaysOnLineWithoutADeskTheKioskSaysSo) {
  witnesses_ = {says(desk, 10, monday, {}), says(kiosk, 5, monday + day, {}), says(kiosk, 6, monday + 2 * day, {})};
  EXPECT_THAT(judge(seen_by(kiosk)), IsEmpty());
  witnesses_.push_back(says(kiosk, 7, monday + 3 * day, {}));
  EXPECT_THAT(judge(seen_by(kiosk)), ElementsAre(Finding{Finding::Kind::nothing_from_office, 0, 0, monday}));
  witnesses_.push_back(says(desk, 11, monday + 3 * day, {}));
  EXPECT_THAT(judge(seen_by(kiosk)), IsEmpty());
}

TEST_F(Watch, WeeksOffLineAreNotTheOfficesSilence) {
  witnesses_ = {says(desk, 10, monday, {}), says(kiosk, 5, monday + 1, {}), says(kiosk, 6, monday + 30 * day, {})};
  EXPECT_THAT(judge(seen_by(kiosk)), IsEmpty());
}

class WatchTables : public Watch {
 protected:
  /// Both kiosks on two days; the digests of the second kiosk are as given.
  void both(std::uint8_t first, std::uint8_t second) {
    witnesses_.clear();
    const auto with = [](HeldWitness witness, std::uint8_t digest) {
      witness.witness.digest.fill(digest);
      return witness;
    };
    witnesses_ = {says(desk, 10, monday + 2 * day, {}), with(says(kiosk, 5, monday, heads_), 1),
                  with(says(kiosk, 6, monday + day, heads_), 1), with(says(other, 5, monday, heads_), first),
                  with(says(other, 6, monday + day, heads_), second)};
  }
  std::vector<WitnessHead> heads_ = {{desk, 9, {}}};
};

TEST_F(WatchTables, OtherTablesOfTheSameOperationsTwiceInARowAreSaid) {
  both(2, 2);
  EXPECT_THAT(tables_differ(seen_by(kiosk)), ElementsAre(Finding{Finding::Kind::tables_differ, other, 0, 0}));
  both(1, 2);
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
  both(1, 1);
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
}

TEST_F(WatchTables, TablesMadeByOtherRolesAreNotComparable) {
  both(2, 2);
  for (HeldWitness& one : witnesses_) one.witness.roles.emplace().fill(7);
  EXPECT_THAT(tables_differ(seen_by(kiosk)), ElementsAre(Finding{Finding::Kind::tables_differ, other, 0, 0}));
  witnesses_.back().witness.roles.emplace().fill(8);
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
  // Of a release that does not say them.
  witnesses_.back().witness.roles.reset();
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
}

TEST_F(WatchTables, UnequalVectorsChartersReleasesAndClassesAreNotComparable) {
  both(2, 2);
  witnesses_.back().witness.charter = 2;
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
  both(2, 2);
  witnesses_.back().witness.kinds = 14;
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
  both(2, 2);
  witnesses_.back().witness.heads = {{desk, 12, {}}};
  Watched watched = seen_by(kiosk);
  watched.only_witnesses = [](DeviceNumber, OperationNumber, OperationNumber) { return false; };
  EXPECT_THAT(tables_differ(watched), IsEmpty());
  both(2, 2);
  EXPECT_THAT(tables_differ(seen_by(desk)), IsEmpty());
  both(2, 2);
  witnesses_.back().witness.trusted_quarter += 30 * day;
  EXPECT_THAT(tables_differ(seen_by(kiosk)), IsEmpty());
}

}  // namespace
}  // namespace huisbord
