// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots over a relay: put and fetched in pieces, and a pull that begins from one where the log wants it.
#include "core/sync/snapshot_transfer.h"

#include <map>

#include "core/journal/envelope/charter_edit.h"
#include "core/journal/snapshot.h"
#include "core/office/cutting.h"
#include "core/office/snapshots.h"
#include "core/sync/puller.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

/// Keeps pieces and has nothing else.
class PieceRelay final : public RelayConnection {
 public:
  Result<PushAnswer> push(const ScopeId&, std::span<const Bytes>, const std::stop_token&) override { return PushAnswer{}; }
  Result<CharterAnswer> put_charter(const ScopeId&, ByteView, const std::stop_token&) override { return CharterAnswer{}; }
  Result<PullAnswer> pull(const ScopeId&, const PullQuestion& question, const std::stop_token&) override {
    ++pulls;
    PullAnswer answer;
    answer.charter = question.charter;
    answer.heads = question.heads;  // it lacks nothing that the asker has
    if (!charters.empty()) answer.charters = std::exchange(charters, {});
    answer.handed_in = handed_in_segments;
    return answer;
  }
  Result<std::optional<RelayRefusal>> put_snapshot_piece(const ScopeId&, const crypto::Hash& hash, std::uint32_t piece, ByteView bytes,
                                                         const std::stop_token&) override {
    pieces[{hash, piece}] = to_bytes(bytes);
    return std::nullopt;
  }
  Result<SnapshotPieceAnswer> snapshot_piece(const ScopeId&, const crypto::Hash& hash, std::uint32_t piece,
                                             const std::stop_token&) override {
    ++asked;
    const auto found = pieces.find({hash, piece});
    SnapshotPieceAnswer answer;
    if (found == pieces.end()) {
      answer.refusal = RelayRefusal{};
      answer.refusal->reason = RelayRefusal::Reason::no_such_snapshot;
    } else {
      answer.bytes = found->second;
    }
    return answer;
  }
  std::optional<RelayDate> date() const override { return std::nullopt; }

  std::map<std::pair<crypto::Hash, std::uint32_t>, Bytes> pieces;
  std::vector<Bytes> charters;
  std::vector<Bytes> handed_in_segments;
  int pulls = 0;
  int asked = 0;  ///< for pieces
};

class SnapshotTransfer : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
    fresh.founding = make_founding(vault->organisation(), root.public_key, random);
    for (const ScopeId& each : scopes()) fresh.number = must(office->admit(each, listed(fresh.founding, DeviceClass::kiosk)));
    fresh.vault = must(Vault::create(folder / "fresh.db", key, fresh.founding, options()));
    named = must(renew_snapshot(*office, scope()));
    snapshot = must(kept_snapshot(*vault, scope())).value();
  }
  void tell() {
    for (const ScopeId& each : scopes()) must(fresh.vault->take_charter(*must(vault->charter(each))));
  }
  [[nodiscard]] std::size_t woongroepen() { return must(fresh.vault->woongroepen(scope())).size(); }

  AdmittedKiosk fresh;
  SnapshotReference named;
  Bytes snapshot;
  PieceRelay relay;
};

TEST_F(SnapshotTransfer, GoesInPiecesAndComesBackWhole) {
  Bytes large(2 * snapshot_piece_size + 5, 7);
  ASSERT_EQ(must(put_snapshot(relay, scope(), large, {})), std::nullopt);
  EXPECT_EQ(relay.pieces.size(), 3u);
  EXPECT_EQ(must(fetch_snapshot(relay, scope(), snapshot_hash(large), {})), large);
  large.resize(2 * snapshot_piece_size);
  ASSERT_EQ(must(put_snapshot(relay, scope(), large, {})), std::nullopt);
  EXPECT_EQ(must(fetch_snapshot(relay, scope(), snapshot_hash(large), {})), large) << "a whole number of pieces";
  EXPECT_EQ(must(fetch_snapshot(relay, scope(), named.hash, {})), std::nullopt) << "it is not there";
}

TEST_F(SnapshotTransfer, AnotherOneThanWasAskedForIsNoSnapshot) {
  relay.pieces[{named.hash, 0}] = Bytes(100, 1);
  const auto fetched = fetch_snapshot(relay, scope(), named.hash, {});
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().code, ErrorCode::network);
}

TEST_F(SnapshotTransfer, APullOfANewKioskBeginsFromIt) {
  ASSERT_EQ(must(put_snapshot(relay, scope(), snapshot, {})), std::nullopt);
  tell();
  Puller puller(*fresh.vault, relay, clock);
  PullReport report;
  must(puller.pull(scope(), {}, report));
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(relay.pulls, 1);
  EXPECT_EQ(woongroepen(), 1u);
}

TEST_F(SnapshotTransfer, APullThatBringsTheCharterWhichNamesItBeginsAgain) {
  ASSERT_EQ(must(put_snapshot(relay, scope(), snapshot, {})), std::nullopt);
  tell();
  const SnapshotReference later = must(renew_snapshot(*office, scope()));
  ASSERT_EQ(must(put_snapshot(relay, scope(), must(kept_snapshot(*vault, scope())).value(), {})), std::nullopt);
  std::erase_if(relay.pieces, [&](const auto& piece) { return piece.first.first != later.hash; });
  relay.charters = {*must(vault->charter(scope()))};
  Puller puller(*fresh.vault, relay, clock);
  PullReport report;
  must(puller.pull(scope(), {}, report));
  EXPECT_EQ(relay.pulls, 2);
  EXPECT_EQ(woongroepen(), 1u);
}

TEST_F(SnapshotTransfer, OneThatDoesNotLoadIsToldAndNotFetchedAgainBeforeAnotherCharter) {
  const Bytes of_another_release(100, 9);
  must(office->amend(scope(),
                     [&](Charter& next) { return name_snapshot(next, {snapshot_hash(of_another_release), named.digest, named.heads}); }));
  ASSERT_EQ(must(put_snapshot(relay, scope(), of_another_release, {})), std::nullopt);
  tell();
  Puller puller(*fresh.vault, relay, clock);
  for (int twice = 0; twice < 2; ++twice) {
    PullReport report;
    must(puller.pull(scope(), {}, report));
    ASSERT_TRUE(report.charter_error);
    EXPECT_EQ(report.charter_error->sentence, "These bytes are no snapshot.");
    EXPECT_EQ(relay.asked, 1);
  }
  must(renew_snapshot(*office, scope()));
  ASSERT_EQ(must(put_snapshot(relay, scope(), must(kept_snapshot(*vault, scope())).value(), {})), std::nullopt);
  tell();
  PullReport report;
  must(puller.pull(scope(), {}, report));
  EXPECT_FALSE(report.charter_error);
  EXPECT_EQ(woongroepen(), 1u);
}

TEST_F(SnapshotTransfer, WhatACutKioskHandedInWaitsAtTheDeskForAPerson) {
  const AdmittedKiosk kiosk = admit("kiosk");
  Activity activity;
  activity.id = random.id<ActivityTag>();
  activity.title = "sealed before it was cut";
  activity.day = Day{static_cast<std::int32_t>(clock.now().value / TestClock::day)};
  must(kiosk.vault->record(scope(), Actor::none(), activity));
  relay.handed_in_segments = {must(kiosk.vault->next_segment_to_send(scope())).value()};
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), {}));
  Puller puller(*vault, relay, clock);
  PullReport report;
  must(puller.pull(scope(), {}, report));
  EXPECT_EQ(report.quarantined, 1u);
  const auto seen = [&] { return must(vault->activities(scope(), Day{0}, Day{50'000})).size(); };
  EXPECT_EQ(seen(), 0u);
  ASSERT_EQ(must(handed_in(*vault, scope(), kiosk.number)).size(), 1u);
  must(accept_handed_in(*office, scope(), kiosk.number, std::nullopt));
  EXPECT_EQ(seen(), 1u);
}

TEST_F(SnapshotTransfer, ARelayWithoutItIsPulledAsEver) {
  tell();
  Puller puller(*fresh.vault, relay, clock);
  PullReport report;
  must(puller.pull(scope(), {}, report));
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(woongroepen(), 0u);
}

}  // namespace
}  // namespace huisbord
