// SPDX-License-Identifier: GPL-3.0-or-later
// A desk that watches does its errands; a desk that burnt is restored beside a relay that knows more than its backups.
#include "core/journal/snapshot.h"
#include "core/office/epochs_tending.h"
#include "core/unlock/opening.h"
#include "tests/app/ctl/office_programs.h"

namespace huisbord {
namespace {

class DeskPrograms : public OfficePrograms {
 protected:
  void SetUp() override {
    OfficePrograms::SetUp();
    make_kiosk("kiosk");
  }
  /// Until a line of it holds these words.
  static bool says(ChildProgram& program, const std::string& words) {
    for (;;) {
      const std::string line = program.line();
      if (line.empty()) return false;
      if (line.find(words) != std::string::npos) return true;
    }
  }
  /// The one that the house's charter names.
  bool relay_has_snapshot() {
    const Desk office = desk();
    const auto named = office.vault().held_charter(scope()).value().snapshot;
    const auto connection = HttpsRelay::open({.url = url}, office.vault(), system_clock()).value();
    const auto piece = connection->snapshot_piece(scope(), named.value().hash, 0, {});
    return piece && !piece->refusal;
  }
  void back_up() {
    ASSERT_EQ(office({"backup"}, {"--out", path("copy"), "--phrase-out", path("copy.phrase"), "--keys-out", path("keys"),
                                  "--keys-phrase-out", path("keys.phrase")}),
              0)
        << out;
  }
  int restore(const Words& more) {
    Words words{"restore",           "--dir",      path("restored"), "--from",  path("copy"), "--phrase-file",
                path("copy.phrase"), "--root-dir", path("root"),     "--relay", url};
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  }
  [[nodiscard]] Words with_keys() const { return {"--keys", path("keys"), "--keys-phrase-file", path("keys.phrase")}; }
  Desk restored() {
    const auto typed = crypto::read_small_file(folder.path() / "copy.phrase", 200);
    return Desk::open(folder.path() / "restored", crypto::normalise_phrase(text_view(typed.value())).value()).value();
  }
};

TEST_F(DeskPrograms, WhileWatchingPutSnapshotsAndFetchWhatTheRelayDidWithShares) {
  ASSERT_EQ(at("kiosk", {"keyslot", "add"}, {"--kind", "share", "--i-understand", "--relay", url}), 0) << out;
  const auto alone =
      open_unattended(keyslots_path(folder.path() / "kiosk"), UnattendedMeans{.tpm = {}, .relay = {.url = url, .https = {}}});
  ASSERT_TRUE(alone) << alone.error().sentence;
  ASSERT_EQ(office({"snapshot"}), 0) << out;
  {
    ChildProgram watching(programs + "huisbordctl", {"replica", "--watch", "--tick", "1", "--dir", path("desk"), "--phrase-file",
                                                     path("desk.phrase"), "--relay", url});
    EXPECT_TRUE(says(watching, "snapshot put")) << watching.errors();
    EXPECT_TRUE(says(watching, "snapshot put")) << "of the other scope, at another tick: " << watching.errors();
    watching.kill(SIGTERM);
    EXPECT_EQ(watching.wait(), 0);
  }
  ASSERT_EQ(office({"status"}), 0) << out;
  EXPECT_TRUE(said("share of device 2")) << out;
  EXPECT_TRUE(said("given")) << out;

  // Put once, and a kiosk that asks has them.
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_FALSE(said("snapshot put")) << out;
  const auto kiosk = open("kiosk");
  ASSERT_TRUE(round(*kiosk).reached());
  const auto connection = HttpsRelay::open({.url = url}, *kiosk, system_clock()).value();
  const auto named = kiosk->held_charter(scope())->snapshot;
  ASSERT_TRUE(named);
  const auto piece = connection->snapshot_piece(scope(), named->hash, 0, {});
  ASSERT_TRUE(piece && !piece->refusal);
  EXPECT_EQ(snapshot_hash(piece->bytes), named->hash);
}

TEST_F(DeskPrograms, GiveASnapshotAgainToARelayThatLostIt) {
  ASSERT_EQ(office({"snapshot"}), 0) << out;
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_TRUE(said("snapshot put")) << out;
  relay.reset();
  std::filesystem::remove_all(path("relay"));
  start_relay();
  EXPECT_FALSE(relay_has_snapshot());
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_TRUE(relay_has_snapshot()) << "it had lost everything";
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_FALSE(said("snapshot put")) << out;

  // Put back to the state before there was another snapshot; something of the desk that it had confirmed went with that.
  relay.reset();
  std::filesystem::copy(path("relay"), path("former"), std::filesystem::copy_options::recursive);
  start_relay();
  {
    Desk office = desk();
    write(office.vault(), "after the relay's backup");
  }
  ASSERT_EQ(office({"snapshot"}), 0) << out;
  ASSERT_EQ(replica(), 0) << out;
  ASSERT_TRUE(relay_has_snapshot());
  relay.reset();
  std::filesystem::remove_all(path("relay"));
  std::filesystem::rename(path("former"), path("relay"));
  start_relay();
  EXPECT_FALSE(relay_has_snapshot());
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_TRUE(relay_has_snapshot()) << "it was put back to an older state";

  // Lost once more, and the desk was killed after it had given everything else again.
  relay.reset();
  std::filesystem::remove_all(path("relay"));
  start_relay();
  {
    Desk office = desk();
    const auto connection = HttpsRelay::open({.url = url}, office.vault(), system_clock()).value();
    SyncRound rounds(office.vault(), *connection, system_clock());
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(rounds.run({}).failure);
  }
  EXPECT_FALSE(relay_has_snapshot());
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_TRUE(relay_has_snapshot()) << "nobody had noted that it was lost";
}

TEST_F(DeskPrograms, RestoredFollowsTheChartersOfTheRelayAndFindsHousesFoundedSince) {
  back_up();
  // What both backups do not know: a device that was cut, a house, and what was written.
  make_kiosk("other");
  ASSERT_EQ(office({"device", "wipe"}, {"--house", "zuid", "--device", "3"}), 0) << out;
  {
    Desk office = desk();
    ASSERT_TRUE(office.found_house("Noord"));
  }
  ASSERT_EQ(replica(), 0) << out;
  auto kiosk = open("kiosk");
  write(*kiosk, "after the backup");
  settle(*kiosk);
  const CharterNumber last = charter().number;
  std::filesystem::rename(folder.path() / "desk", folder.path() / "burnt");

  ASSERT_EQ(restore(with_keys()), 0) << out;
  EXPECT_TRUE(said("a device of its own")) << out;
  {
    Desk office = restored();
    const Charter now = office.vault().held_charter(scope()).value();
    EXPECT_GT(now.number, last);
    EXPECT_EQ(now.device(3)->state, DeviceState::wiped) << "it stands for ever";
    EXPECT_EQ(now.device(1)->state, DeviceState::cut);
    EXPECT_EQ(now.delegation.number, 2u);
    ASSERT_EQ(office.vault().houses()->size(), 2u);
    EXPECT_EQ(office.vault().scopes().size(), 3u);
    EXPECT_EQ(office.vault().held_charter(office.find_house("noord")->id.as<ScopeTag>())->device(1)->state, DeviceState::cut);
    EXPECT_TRUE(office.vault().verify()->sound());
  }
  ASSERT_EQ(ctl({"replica", "--once", "--dir", path("restored"), "--phrase-file", path("copy.phrase"), "--relay", url}), 0) << out;
  settle(*kiosk);
  EXPECT_EQ(kiosk->held_charter(scope())->delegation.number, 2u) << "the kiosk follows it";

  // The desk that burnt, if somebody has it all the same, is told so.
  std::filesystem::rename(folder.path() / "burnt", folder.path() / "desk");
  EXPECT_NE(replica(), 0) << out;
}

TEST_F(DeskPrograms, RestoredWithoutTheBackupOfKeysSaysWhatStaysClosed) {
  back_up();
  {
    Desk office = desk();
    ASSERT_TRUE(begin_next_epoch(office.office(), scope()));
  }
  ASSERT_EQ(replica(), 0) << out;
  auto kiosk = open("kiosk");
  settle(*kiosk);
  write(*kiosk, "under a key of no backup");
  settle(*kiosk);
  ASSERT_EQ(restore({}), 0) << out;
  EXPECT_TRUE(said("people   0 whose records open here")) << out;
  EXPECT_TRUE(said("segments under keys that are in no backup: their days stay closed")) << out;
  Desk office = restored();
  EXPECT_TRUE(board(office.vault()).empty());
}

}  // namespace
}  // namespace huisbord
