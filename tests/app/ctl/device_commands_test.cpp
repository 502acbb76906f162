// SPDX-License-Identifier: GPL-3.0-or-later
// Cutting, closing, wiping, accepting, ruling and listing as an operator meets them, with every refusal; snapshots with them.
#include "tests/app/ctl/command_line.h"

namespace huisbord {
namespace {

/// Ahead of the system's clock by three days.
class FastClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return {system_clock().now().value + 3 * std::int64_t{86'400'000}}; }
  [[nodiscard]] Millis running() const override { return system_clock().running(); }
};

class DeviceCommands : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    fill_house();
  }
  [[nodiscard]] std::string device(const std::string& what, const std::string& more = " --house 'huis zuid' --device 2") const {
    return "device " + what + access() + more;
  }
  ScopeId scope(Desk& desk) { return desk.find_house("huis zuid")->id.as<ScopeTag>(); }
  /// The kiosk writes and seals, and the desk is brought it or not.
  void kiosk_writes(const std::string& title, bool brought, const VaultOptions& options = {}) {
    const auto kiosk = open_kiosk(options);
    Desk desk = open_desk();
    Activity activity;
    activity.id = crypto::system_random().id<ActivityTag>();
    activity.title = title;
    activity.day = Day{static_cast<std::int32_t>(system_clock().now().value / 86'400'000)};
    ASSERT_TRUE(kiosk->record(scope(desk), Actor::none(), activity));
    const auto segments = kiosk->segments_after(scope(desk), kiosk->heads(scope(desk)).value(), 1 << 20);
    ASSERT_TRUE(segments);
    if (!brought) return;
    ASSERT_TRUE(desk.vault().take_segments(scope(desk), *segments));
  }
  void bring() {
    const auto kiosk = open_kiosk();
    Desk desk = open_desk();
    const auto held = desk.vault().heads(scope(desk));
    ASSERT_TRUE(desk.vault().take_segments(scope(desk), kiosk->segments_after(scope(desk), *held, 1 << 20).value()));
  }
  std::size_t board() {
    Desk desk = open_desk();
    return desk.vault().activities(scope(desk), Day{0}, Day{50'000})->size();
  }
};

TEST_F(DeviceCommands, ListWhoIsWhere) {
  expect_done(device("list", ""));
  EXPECT_TRUE(has_said("org  scope ")) << said;
  EXPECT_TRUE(has_said("Huis Zuid  scope ")) << said;
  EXPECT_TRUE(has_said("kiosk  active")) << said;
  expect_done(device("list", " --house org"));
  EXPECT_FALSE(has_said("Huis Zuid")) << said;
  EXPECT_NE(refused(device("list", " --house elders")).find("Huis Zuid"), std::string::npos) << "it tells which houses there are";
}

TEST_F(DeviceCommands, CutWhereAPersonSaysAndNeverThisDesk) {
  kiosk_writes("first", true);
  kiosk_writes("second", true);
  EXPECT_EQ(board(), 2u);
  EXPECT_NE(refused("device cut" + access() + " --device 2").find("--house"), std::string::npos);
  EXPECT_NE(refused("device cut" + access() + " --house 'huis zuid'").find("--device"), std::string::npos);
  EXPECT_NE(refused(device("cut") + "x").find("--device"), std::string::npos);
  EXPECT_EQ(refused(device("cut", " --house 'huis zuid' --device 9")), "that scope has no device 9");
  EXPECT_EQ(refused(device("cut", " --house 'huis zuid' --device 1")), "This desk cannot end itself: another desk does that.");
  EXPECT_NE(refused(device("cut", " --house elders --device 2")).find("elders"), std::string::npos);
  EXPECT_EQ(refused(device("cut") + " --at 40"), "No segment of that device ends at number 40 here; the nearest before it ends at 2.");
  expect_done(device("cut") + " --at 1");
  EXPECT_TRUE(has_said("device 2  cut at 1")) << said;
  EXPECT_EQ(board(), 1u);
  expect_done(device("cut") + " --at 2");
  EXPECT_EQ(board(), 2u) << "a cut may be raised";
  EXPECT_NE(refused(device("cut") + " --at 1"), "") << "and not lowered";
  EXPECT_EQ(board(), 2u);
  expect_done(device("close"));
  expect_done(device("wipe"));
  EXPECT_TRUE(has_said("wiped at 2")) << said;
  EXPECT_NE(refused(device("cut")), "") << "wiped is wiped";
  expect_done(device("list", ""));
  EXPECT_TRUE(has_said("kiosk  wiped at 2")) << said;
}

TEST_F(DeviceCommands, AcceptWhatWasHandedIn) {
  kiosk_writes("first", true);
  kiosk_writes("second", false);
  EXPECT_EQ(refused(device("accept")), "That device handed nothing in that waits for a decision.");
  expect_done(device("cut"));
  EXPECT_EQ(refused(device("accept")), "That device handed nothing in that waits for a decision.");
  bring();
  EXPECT_EQ(board(), 1u);
  expect_done(device("list", ""));
  EXPECT_TRUE(has_said("handed in 2 to 2, waits for you")) << said;
  EXPECT_EQ(refused(device("accept") + " --up-to 7"), "Nothing that the device handed in ends at that number.");
  EXPECT_EQ(refused(device("accept", " --house 'huis zuid' --device 9")), "The charter lists no such device.");
  expect_done(device("accept") + " --up-to 2");
  EXPECT_TRUE(has_said("device 2 counts up to 2")) << said;
  EXPECT_EQ(board(), 2u);
}

TEST_F(DeviceCommands, ChooseABranchOfOneThatForked) {
  kiosk_writes("first", true);
  std::filesystem::copy(path("kiosk"), path("clone"), std::filesystem::copy_options::recursive);
  kiosk_writes("here", true);
  std::filesystem::rename(path("kiosk"), path("original"));
  std::filesystem::rename(path("clone"), path("kiosk"));
  kiosk_writes("there", true);
  expect_done(device("list", ""));
  EXPECT_TRUE(has_said("device 2 forked at number 2")) << said;
  EXPECT_EQ(board(), 1u);
  const std::string asks = refused(device("cut") + " --at 2");
  const std::string choose = "Two segments of that device end at number 2; choose the branch: ";
  ASSERT_TRUE(asks.starts_with(choose)) << asks;
  EXPECT_NE(refused(device("cut") + " --at 2 --branch zz"), "");
  expect_done(device("cut") + " --at 2 --branch " + asks.substr(choose.size(), 16));
  EXPECT_EQ(board(), 2u);
}

TEST_F(DeviceCommands, FreeWhatIsStampedAhead) {
  const std::string rule = "rule" + access() + " --house 'huis zuid' --device 2";
  EXPECT_NE(refused(rule).find("--number"), std::string::npos);
  EXPECT_EQ(refused(rule + " --number 1"), "No segment of that device that ends at that number waits for its time to come.");
  const FastClock fast;
  VaultOptions options;
  options.clock = &fast;
  kiosk_writes("ahead", true, options);
  EXPECT_EQ(board(), 0u);
  expect_done(device("list", ""));
  EXPECT_TRUE(has_said("1 to 1 stamped ahead")) << said;
  EXPECT_EQ(refused(rule + " --number 5"), "No segment of that device that ends at that number waits for its time to come.");
  expect_done(rule + " --number 1");
  EXPECT_TRUE(has_said("the segment of device 2 that ends at 1 counts")) << said;
  EXPECT_EQ(board(), 1u);
}

TEST_F(DeviceCommands, MakeSnapshots) {
  kiosk_writes("first", true);
  expect_done("snapshot" + access() + " --house 'huis zuid'");
  EXPECT_TRUE(has_said("goes to the relay with the next huisbordctl replica")) << said;
  const auto lines = std::ranges::count(said, '\n');
  EXPECT_EQ(lines, 2);
  expect_done("snapshot" + access());
  EXPECT_EQ(std::ranges::count(said, '\n'), 4) << "of every scope, and that no copy has what the first one covered";
  EXPECT_NE(refused("snapshot" + access() + " --house elders").find("elders"), std::string::npos);
  const std::string kiosk = "snapshot --dir " + path("kiosk") + " --phrase-file " + path("kiosk-phrase");
  EXPECT_EQ(refused(kiosk), "This store is no desk's: it holds no key that writes charters.");
}

TEST_F(DeviceCommands, OpenNothingWithoutTheStoreOrItsPhrase) {
  EXPECT_NE(refused("device list --dir " + path("nowhere") + " --phrase-file " + path("phrase")), "");
  EXPECT_NE(refused("device list --dir " + dir() + " --phrase-file " + path("kiosk-phrase")).find("phrase"), std::string::npos);
  write(path("typo"), "aap noot mies");
  EXPECT_NE(refused("device list --dir " + dir() + " --phrase-file " + path("typo")), "");
  Desk open = open_desk();
  EXPECT_NE(refused(device("list", "")).find("another p"), std::string::npos) << "in use by another process";
}

TEST_F(DeviceCommands, ReadmitOnlyWhoAsks) {
  const std::string readmit = "kiosk readmit" + access() + " --request " + path("request");
  const std::string renew = "kiosk renew --dir " + path("kiosk") + " --phrase-file " + path("kiosk-phrase");
  EXPECT_NE(refused(readmit), "");
  EXPECT_NE(refused(renew).find("--out"), std::string::npos);
  EXPECT_NE(refused(renew + " --code ABCD-EFGH --out " + path("request")).find("--out"), std::string::npos);
  EXPECT_NE(refused(renew + " --out " + path("request")).find("--copied"), std::string::npos);
  EXPECT_EQ(refused("kiosk renew --copied --out x --dir " + dir() + " --phrase-file " + path("phrase")),
            "this is a desk's store: huisbordctl device renew is for that");
  EXPECT_EQ(refused(renew + " --copied --code ABCD-EFGH"), "--relay is needed with --code: kiosk and office meet there");
  expect_done(renew + " --out " + path("request"));
  std::string bytes = to_string(read_source(path("request"), 1000).value());
  const std::string whole = bytes;
  bytes[60] = static_cast<char>(bytes[60] ^ 1);
  write(path("request"), bytes);
  EXPECT_TRUE(refused(readmit).starts_with("That file was changed on its way"));
  write(path("request"), whole);
  EXPECT_EQ(refused(readmit + " --words 'aap noot mies wim zus jet'"),
            "the words are not the same: nothing was done. Get the file again from the kiosk itself");
  EXPECT_TRUE(has_said("kiosk 2 of Huis Zuid asks to be taken in again")) << said;
  expect_done(device("wipe"));
  EXPECT_TRUE(refused(readmit).starts_with("That kiosk was closed"));
}

TEST_F(DeviceCommands, InviteInsteadOfAKioskThatIsThere) {
  const auto stand_in = "invite --relay http://127.0.0.1:1 --house 'huis zuid' --instead-of 9" + access();
  CLI::App program;
  Chosen chosen;
  add_invite(program, chosen);
  program.parse(stand_in);
  const Status done = chosen.run();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().sentence, "--instead-of: Huis Zuid has no kiosk 9; see huisbordctl status");
}

}  // namespace
}  // namespace huisbord
