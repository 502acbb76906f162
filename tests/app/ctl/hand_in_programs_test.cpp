// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk that is cut while something sealed had not left it: handed in over the relay, waiting at the desk, counting once a person said
// so.
#include "tests/app/ctl/office_programs.h"

namespace huisbord {
namespace {

class HandInPrograms : public OfficePrograms {
 protected:
  void SetUp() override {
    OfficePrograms::SetUp();
    make_kiosk("kiosk");
    make_kiosk("other");
  }
  /// Sealed and kept; nothing of it left.
  void seal(Vault& kiosk) { ASSERT_FALSE(kiosk.segments_after(scope(), kiosk.heads(scope()).value(), 1 << 20)->empty()); }
  Words board_at_desk() {
    Desk office = desk();
    return board(office.vault());
  }
};

TEST_F(HandInPrograms, WhatACutKioskHadSealedWaitsForAPersonAndThenCountsEverywhere) {
  auto kiosk = open("kiosk");
  auto other = open("other");
  write(*kiosk, "sent");
  settle(*kiosk);
  ASSERT_EQ(replica(), 0) << out;
  settle(*other);

  write(*kiosk, "sealed");
  seal(*kiosk);
  write(*kiosk, "sealed too");
  seal(*kiosk);
  ASSERT_TRUE(kiosk->fold_log());
  kiosk.reset();
  std::filesystem::copy(folder.path() / "kiosk", folder.path() / "stolen", std::filesystem::copy_options::recursive);
  kiosk = open("kiosk");
  write(*kiosk, "not sealed");

  ASSERT_EQ(office({"device", "cut"}, {"--house", "zuid", "--device", "2"}), 0) << out;
  ASSERT_EQ(replica(), 0) << out;
  for (int again = 0; again < 3; ++again) (void)round(*kiosk);
  EXPECT_EQ(kiosk->own_state(), DeviceState::cut);
  EXPECT_EQ(kiosk->waiting_count(), 0u) << "handed in, with receipts";
  EXPECT_EQ(board(*kiosk), Words{"sent"});

  ASSERT_EQ(replica(), 0) << out;
  ASSERT_EQ(office({"device", "list"}), 0) << out;
  EXPECT_TRUE(said("waits for you: huisbordctl device accept")) << out;
  EXPECT_EQ(board_at_desk(), Words{"sent"});
  ASSERT_TRUE(round(*other).clean());
  EXPECT_EQ(board(*other), Words{"sent"}) << "nobody but the desk was given it";

  ASSERT_EQ(office({"device", "accept"}, {"--house", "zuid", "--device", "2"}), 0) << out;
  EXPECT_TRUE(said("device 2 counts up to")) << out;
  ASSERT_EQ(replica(), 0) << out;
  const Words accepted{"sealed", "sealed too", "sent"};
  EXPECT_EQ(board_at_desk(), accepted);
  ASSERT_TRUE(round(*other).clean());
  EXPECT_EQ(board(*other), accepted);
  (void)round(*kiosk);
  EXPECT_EQ(board(*kiosk), accepted);
  EXPECT_EQ(kiosk->own_state(), DeviceState::cut) << "accepted, and still cut";
  EXPECT_NE(office({"device", "accept"}, {"--house", "zuid", "--device", "2"}), 0);
  EXPECT_TRUE(said("handed nothing in that waits")) << out;
  {
    Desk office = desk();
    EXPECT_EQ(office.vault().digest(scope()).value(), other->digest(scope()).value());
    EXPECT_TRUE(office.vault().verify()->sound());
  }

  // Whoever has the machine's disk writes on at the same place, without having heard of the cut.
  auto stolen = open("stolen");
  write(*stolen, "by a thief");
  seal(*stolen);
  for (int again = 0; again < 3; ++again) (void)round(*stolen);
  ASSERT_EQ(replica(), 0) << out;
  ASSERT_TRUE(round(*other).clean());
  EXPECT_EQ(board_at_desk(), accepted);
  EXPECT_EQ(board(*other), accepted) << "beyond the cut nothing counts";
  ASSERT_EQ(office({"device", "list"}), 0) << out;
  EXPECT_TRUE(said("waits for you")) << "and a person is asked once more: " << out;
}

TEST_F(HandInPrograms, APersonMayAcceptLessThanAll) {
  auto kiosk = open("kiosk");
  write(*kiosk, "sent");
  settle(*kiosk);
  ASSERT_EQ(replica(), 0) << out;
  write(*kiosk, "sealed");
  seal(*kiosk);
  const OperationNumber first = kiosk->segments_of(scope(), 2)->back().last;
  write(*kiosk, "sealed too");
  seal(*kiosk);
  ASSERT_EQ(office({"device", "close"}, {"--house", "zuid", "--device", "2"}), 0) << out;
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_FALSE(kiosk->must_be_destroyed());
  for (int again = 0; again < 3; ++again) (void)round(*kiosk);
  EXPECT_TRUE(kiosk->must_be_destroyed()) << "closed, and all that it had sealed is handed in";
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_NE(office({"device", "accept"}, {"--house", "zuid", "--device", "2", "--up-to", "900"}), 0);
  EXPECT_TRUE(said("Nothing that the device handed in ends at that number")) << out;
  ASSERT_EQ(office({"device", "accept"}, {"--house", "zuid", "--device", "2", "--up-to", std::to_string(first)}), 0) << out;
  EXPECT_EQ(board_at_desk(), (Words{"sealed", "sent"}));
}

}  // namespace
}  // namespace huisbord
