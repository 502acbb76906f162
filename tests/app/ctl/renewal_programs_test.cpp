// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk's folder that was copied: both send, both are told, each is taken in as a device of its own, and everything arrives once.
#include "tests/app/ctl/office_programs.h"

namespace huisbord {
namespace {

/// invite --instead-of 2 and kiosk renew --code side by side; both people say yes.
constexpr const char* meeting = R"sh(
cd "$1"; url=$2; bin=$3
mkfifo desk.in kiosk.in
"$bin/huisbordctl" invite --dir desk --phrase-file desk.phrase --house zuid --instead-of 2 --relay "$url" < desk.in > desk.out 2> desk.err & desk=$!
exec 3> desk.in
wait_for() { for i in $(seq 600); do grep -q "$1" "$2" 2>/dev/null && return 0; kill -0 "$3" 2>/dev/null || return 1; sleep 0.1; done; return 1; }
wait_for '^code' desk.out $desk || { cat desk.err; exit 1; }
code=$(sed -n 's/^code *\([^ ]*\).*/\1/p' desk.out)
"$bin/huisbordctl" kiosk renew --dir clone --phrase-file kiosk.phrase --code "$code" --relay "$url" < kiosk.in > kiosk.out 2> kiosk.err & kiosk=$!
exec 4> kiosk.in
wait_for '^words' desk.out $desk && wait_for '^words' kiosk.out $kiosk || { cat desk.err kiosk.err; exit 1; }
echo yes >&4; echo yes >&3
wait $desk; echo "desk $?"
wait $kiosk; echo "kiosk $?"
cat desk.out kiosk.out desk.err kiosk.err
)sh";

class RenewalPrograms : public OfficePrograms {
 protected:
  void SetUp() override {
    OfficePrograms::SetUp();
    make_kiosk("kiosk");
    auto store = open("kiosk");
    write(*store, "before");
    settle(*store);
    ASSERT_TRUE(store->fold_log());
    store.reset();
    std::filesystem::copy(folder.path() / "kiosk", folder.path() / "clone", std::filesystem::copy_options::recursive);
  }
  /// The clone's came to the relay first, the kiosk's was refused; then each was shown both.
  void let_both_send() {
    std::filesystem::remove_all(folder.path() / "clone");
    auto store = open("kiosk");
    const auto first = HttpsRelay::open({.url = url}, *store, system_clock()).value();
    SyncRound of_kiosk(*store, *first, system_clock());
    write(*store, "also before");
    for (int again = 0; again < 3; ++again) ASSERT_TRUE(of_kiosk.run({}).clean());
    ASSERT_EQ(store->waiting_count(), 0u);
    ASSERT_TRUE(store->fold_log());
    std::filesystem::create_directory(folder.path() / "clone");
    for (const char* file : {"vault.db", "keyslots", "kiosk.toml"})
      std::filesystem::copy_file(folder.path() / "kiosk" / file, folder.path() / "clone" / file);

    auto clone = open("clone");
    const auto second = HttpsRelay::open({.url = url}, *clone, system_clock()).value();
    SyncRound of_clone(*clone, *second, system_clock());
    write(*clone, "clone 1");
    ASSERT_TRUE(of_clone.run({}).clean());
    write(*store, "kiosk 1");
    EXPECT_FALSE(of_kiosk.run({}).clean()) << "it had pulled before, and sends at once";
    EXPECT_TRUE(store->must_become_new());
    ASSERT_TRUE(of_clone.run({}).reached());
    EXPECT_TRUE(clone->must_become_new()) << "the relay shows both what forked";
    write(*store, "kiosk 2");
    write(*clone, "clone 2");
    EXPECT_EQ(of_kiosk.run({}).segments_pushed(), 0u);
    EXPECT_EQ(of_clone.run({}).segments_pushed(), 0u);
  }
  /// By file: what stands at the kiosk is said to the office.
  void readmit_by_file(const std::string& kiosk) {
    const std::string file = path(kiosk + ".request");
    ASSERT_EQ(at(kiosk, {"kiosk", "renew"}, {"--out", file}), 0) << out;
    const std::string words = line_after("words    ");
    ASSERT_EQ(office({"kiosk", "readmit"}, {"--request", file, "--words", words, "--relay", url}), 0) << out;
  }
  /// The six words that follow this on a line of `out`.
  std::string line_after(const std::string& beginning) {
    const auto at = out.find(beginning);
    EXPECT_NE(at, std::string::npos) << out;
    if (at == std::string::npos) return {};
    const auto from = at + beginning.size();
    return out.substr(from, out.find("  ", from) - from);
  }
};

TEST_F(RenewalPrograms, OfACopiedFolderBothBecomeNewByFileAndEverythingArrivesOnce) {
  let_both_send();
  if (HasFatalFailure()) return;
  ASSERT_EQ(replica(), 0) << out;
  EXPECT_TRUE(said("forked")) << out;

  readmit_by_file("kiosk");
  EXPECT_TRUE(said("kiosk 3 of Zuid is taken in")) << out;
  EXPECT_TRUE(said("device 2  cut at ")) << out;
  readmit_by_file("clone");
  EXPECT_TRUE(said("kiosk 4 of Zuid is taken in")) << out;

  auto store = open("kiosk");
  auto clone = open("clone");
  for (Vault* each : {store.get(), clone.get(), store.get(), clone.get(), store.get(), clone.get()}) EXPECT_TRUE(round(*each).reached());
  for (Vault* each : {store.get(), clone.get()}) {
    EXPECT_FALSE(each->must_become_new());
    EXPECT_EQ(each->waiting_count(), 0u);
  }
  EXPECT_TRUE(round(*store).clean());
  ASSERT_EQ(replica(), 0) << out;
  const Words all{"also before", "before", "clone 1", "clone 2", "kiosk 1", "kiosk 2"};
  {
    Desk office = desk();
    EXPECT_EQ(board(office.vault()), all);
    EXPECT_EQ(office.vault().digest(scope()).value(), store->digest(scope()).value());
    EXPECT_TRUE(office.vault().verify()->sound());
  }
  EXPECT_EQ(board(*store), all);
  EXPECT_EQ(board(*clone), all);
  EXPECT_EQ(charter().device(2)->state, DeviceState::cut);

  write(*clone, "clone 3");
  EXPECT_TRUE(round(*clone).clean());
  EXPECT_EQ(clone->waiting_count(), 0u) << "it is a kiosk like any other";
}

TEST_F(RenewalPrograms, ACopyMeetsItsOfficeAtTheRelayByACode) {
  {
    auto clone = open("clone");
    write(*clone, "clone 1");
  }
  EXPECT_NE(at("clone", {"kiosk", "renew"}, {"--out", path("none")}), 0);
  EXPECT_TRUE(said("no copy as far as it knows")) << out;
  EXPECT_TRUE(said("--copied")) << out;
  {
    auto store = open("kiosk");
    write(*store, "kiosk 1");
    settle(*store);
    auto clone = open("clone");
    EXPECT_TRUE(round(*clone).reached());
    EXPECT_TRUE(clone->must_become_new()) << "it pulled before it pushed";
  }
  ChildProgram bash("bash", {"-c", meeting, "bash", folder.path().string(), url, programs});
  out = bash.rest();
  bash.wait();
  ASSERT_TRUE(said("desk 0\nkiosk 0\n")) << out;
  EXPECT_TRUE(said("kiosk 2 is cut")) << out;
  EXPECT_TRUE(said("0 operations wait")) << out;
  ASSERT_EQ(replica(), 0) << out;
  Desk office = desk();
  EXPECT_EQ(board(office.vault()), (Words{"before", "clone 1", "kiosk 1"}));
}

TEST_F(RenewalPrograms, AFolderThatWasPutBackIsTakenInBeforeAnythingShowedIt) {
  {
    auto clone = open("clone");
    write(*clone, "clone 1");
  }
  const std::string file = path("request");
  ASSERT_EQ(at("clone", {"kiosk", "renew"}, {"--copied", "--out", file}), 0) << out;
  const std::string words = line_after("words    ");
  EXPECT_NE(office({"kiosk", "readmit"}, {"--request", file, "--words", "aap noot mies wim zus jet"}), 0);
  EXPECT_TRUE(said("the words are not the same")) << out;
  ASSERT_EQ(office({"kiosk", "readmit"}, {"--request", file, "--words", words, "--keep-former"}), 0) << out;
  EXPECT_EQ(charter().device(2)->state, DeviceState::active) << "the other machine goes on";
  ASSERT_EQ(replica(), 0) << out;
  auto clone = open("clone");
  auto store = open("kiosk");
  write(*store, "kiosk 1");
  for (Vault* each : {clone.get(), store.get(), clone.get()}) EXPECT_TRUE(round(*each).reached());
  EXPECT_FALSE(store->must_become_new());
  ASSERT_EQ(replica(), 0) << out;
  Desk office = desk();
  EXPECT_EQ(board(office.vault()), (Words{"before", "clone 1", "kiosk 1"}));
}

TEST_F(RenewalPrograms, ADeskThatIsACopyIsToldWhatToDoAndGoesOnAsAnother) {
  std::filesystem::copy(folder.path() / "desk", folder.path() / "desk.old", std::filesystem::copy_options::recursive);
  ASSERT_EQ(office({"notice", "add"}, {"--house", "zuid", "--text", "nl=Eerste"}), 0) << out;
  ASSERT_EQ(replica(), 0) << out;
  // The disk is put back to what it was.
  std::filesystem::remove_all(folder.path() / "desk");
  std::filesystem::rename(folder.path() / "desk.old", folder.path() / "desk");
  EXPECT_NE(office({"device", "renew"}), 0);
  EXPECT_TRUE(said("no copy as far as it knows")) << out;
  ASSERT_EQ(office({"notice", "add"}, {"--house", "zuid", "--text", "nl=Tweede"}), 0) << out;
  EXPECT_NE(replica(), 0);
  EXPECT_TRUE(said("this desk's store is a copy")) << out;
  EXPECT_TRUE(said("huisbordctl device renew --dir " + path("desk") + " --relay " + url)) << out;

  ASSERT_EQ(office({"device", "renew"}, {"--relay", url}), 0) << out;
  EXPECT_TRUE(said("the one that it was is cut")) << out;
  ASSERT_EQ(replica(), 0) << out;
  Desk office = desk();
  EXPECT_FALSE(office.vault().must_become_new());
  EXPECT_EQ(office.vault().waiting_count(), 0u);
  EXPECT_EQ(office.vault().all_notices(scope())->size(), 2u) << "what the backup did not know, and what was written after it";
  EXPECT_EQ(office.vault().held_charter(scope())->device(1)->state, DeviceState::cut);
  EXPECT_TRUE(office.vault().verify()->sound());
}

}  // namespace
}  // namespace huisbord
