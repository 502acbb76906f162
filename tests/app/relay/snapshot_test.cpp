// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots at the relay: pieces in and out, what an older one covered goes, and a relay that lost its memory begins after one.
#include <gtest/gtest.h>

#include "tests/app/relay/chain_writer.h"
#include "tests/app/relay/running_relay.h"

namespace huisbord::relay {
namespace {

class SnapshotTest : public ::testing::Test {
 protected:
  SnapshotTest()
      : organisation(1, 3, 1),
        house(organisation.house()),
        chain(organisation, house, 2),
        relay(settings_for(organisation, folder.path()), organisation) {
    put_charter();
  }
  void put_charter() { ASSERT_EQ(relay.put_charter(organisation.organisation(), house, organisation.charter_bytes(house)).status, 200u); }
  std::string path(std::uint8_t hash, std::uint32_t piece) const {
    return Asked::path(organisation.organisation(), house) + "snapshot/" + to_hex(Bytes(32, hash)) + "/" + std::to_string(piece);
  }
  Reply put(std::uint8_t hash, std::uint32_t piece, const std::string& bytes) {
    wire::SnapshotPiece message;
    message.set_bytes(bytes);
    return relay.ask("PUT", path(hash, piece), wire::snapshot_type, wire::to_padded_body(message));
  }
  std::string get(std::uint8_t hash, std::uint32_t piece) {
    const Reply reply = relay.ask("GET", path(hash, piece), {}, {});
    if (reply.status == 200) return wire::parse_snapshot_piece(reply.body)->bytes();
    EXPECT_EQ(wire::parse_refusal(reply.body)->reason(), wire::Refusal::NO_SUCH_SNAPSHOT);
    return {};
  }
  void name_snapshot(std::uint8_t hash, const ChainHead& head) {
    organisation.amend(house, [&](Charter& charter) {
      SnapshotReference snapshot;
      snapshot.hash.fill(hash);
      snapshot.heads.push_back({.device = 2, .head = head});
      charter.snapshot = snapshot;
    });
  }
  Reply push(const Bytes& segment) { return relay.push(organisation.organisation(), house, {segment}); }
  wire::PullReply everything() { return *wire::parse_page(relay.pull(organisation.organisation(), house, {}).body); }

  PaperOrganisation organisation;
  ScopeId house;
  ChainWriter chain;
  TemporaryFolder folder;
  Asked relay;
};

}  // namespace

TEST_F(SnapshotTest, PiecesThatADeskPutAreThereForEveryActiveDevice) {
  ASSERT_EQ(put(1, 0, "first piece").status, 200u);
  ASSERT_EQ(put(1, 0, "first piece").status, 200u) << "again";
  ASSERT_EQ(put(1, 1, "second").status, 200u);
  relay.as(3);
  EXPECT_EQ(get(1, 0), "first piece");
  EXPECT_EQ(get(1, 1), "second");
  EXPECT_EQ(get(1, 2), "");
  EXPECT_EQ(put(1, 2, "third").status, 403u) << "no kiosk puts one";
}

TEST_F(SnapshotTest, OnlyTheNamedOneAndTheLastPutAreKept) {
  put(1, 0, "one");
  name_snapshot(1, {});
  put_charter();
  put(2, 0, "two");
  EXPECT_EQ(get(1, 0), "one");
  put(3, 0, "three");
  EXPECT_EQ(get(2, 0), "");
  EXPECT_EQ(get(1, 0), "one");
  name_snapshot(3, {});
  put_charter();
  EXPECT_EQ(get(1, 0), "");
  EXPECT_EQ(get(3, 0), "three");
}

TEST_F(SnapshotTest, WhatASnapshotCoveredGoesWhenAnotherFollowsItAndTheFloorSaysSo) {
  const Bytes first = chain.next(2);
  const ChainHead covered = chain.head;
  const Bytes second = chain.next(2);
  ASSERT_EQ(push(first).status, 200u);
  ASSERT_EQ(push(second).status, 200u);
  name_snapshot(1, covered);
  put_charter();
  EXPECT_EQ(everything().segments_size(), 2) << "who was on the way to it still finds everything";
  EXPECT_EQ(everything().floors_size(), 0);
  name_snapshot(2, chain.head);
  put_charter();
  ASSERT_EQ(everything().segments_size(), 1);
  EXPECT_EQ(everything().segments(0), to_string(second));
  ASSERT_EQ(everything().floors_size(), 1);
  EXPECT_EQ(everything().floors(0).number(), 3u);
  EXPECT_EQ(push(first).status, 200u) << "its header stayed, so the same again has its receipt again";
}

TEST_F(SnapshotTest, AfterItLostItsMemoryAChainBeginsAfterTheSnapshot) {
  chain.next(2);
  name_snapshot(1, chain.head);
  put_charter();
  const Bytes second = chain.next(2);
  EXPECT_EQ(push(second).status, 200u);
  EXPECT_EQ(everything().segments_size(), 1);
  EXPECT_EQ(everything().floors(0).number(), 3u);
}

}  // namespace huisbord::relay
