// SPDX-License-Identifier: GPL-3.0-or-later
// Desk, relay and kiosk as programs: a kiosk is invited, paired and joined; opens alone by TPM and share; and is locked.
#include <gtest/gtest.h>

#include <fstream>

#include "core/crypto/memory.h"
#include "core/unlock/opening.h"
#include "tests/app/ctl/office_programs.h"
#include "tests/core/tpm/software_tpm.h"

namespace huisbord {
namespace {

/// invite and kiosk pair side by side, each with somebody who types $1 at the desk and $2 at the kiosk.
constexpr const char* play = R"sh(
cd "$1"; at_desk=$2; at_kiosk=$3; url=$4; bin=$5
mkfifo desk.in kiosk.in
"$bin/huisbordctl" invite --dir desk --phrase-file desk.phrase --house zuid --relay "$url" < desk.in > desk.out 2> desk.err & desk=$!
exec 3> desk.in
wait_for() { for i in $(seq 600); do grep -q "$1" "$2" 2>/dev/null && return 0; kill -0 "$3" 2>/dev/null || return 1; sleep 0.1; done; return 1; }
wait_for '^code' desk.out $desk || { cat desk.err; exit 1; }
code=$(sed -n 's/^code *\([^ ]*\).*/\1/p' desk.out)
"$bin/huisbordctl" kiosk pair --dir kiosk --code "$code" --relay "$url" --kiosk-phrase-file kiosk.phrase \
  --staff-passphrase-file staff.phrase < kiosk.in > kiosk.out 2> kiosk.err & kiosk=$!
exec 4> kiosk.in
wait_for '^words' desk.out $desk && wait_for '^words' kiosk.out $kiosk || { cat desk.err kiosk.err; exit 1; }
[ "$(sed -n 's/^words *//p' desk.out)" = "$(sed -n 's/^words *//p' kiosk.out)" ] && echo "same words"
echo "$at_kiosk" >&4
echo "$at_desk" >&3
wait $desk; echo "desk $?"
wait $kiosk; echo "kiosk $?"
cat desk.err kiosk.err
)sh";

class PairingPrograms : public OfficePrograms {
 protected:
  std::string pair(const std::string& at_desk, const std::string& at_kiosk) {
    ChildProgram bash("bash", {"-c", play, "bash", folder.path().string(), at_desk, at_kiosk, url, programs});
    std::string said = bash.rest();
    bash.wait();
    return said;
  }
  std::size_t kiosks_in_charter() { return charter().devices.size() - 1; }
};

TEST_F(PairingPrograms, LetAKioskInAndItOpensAloneUntilItIsLocked) {
  const std::string said = pair("yes", "yes");
  ASSERT_NE(said.find("same words\ndesk 0\nkiosk 0\n"), std::string::npos) << said;
  EXPECT_EQ(kiosks_in_charter(), 1u);
  const auto kiosk = folder.path() / "kiosk";
  EXPECT_EQ(ctl({"verify", "--dir", kiosk.string(), "--phrase-file", (folder.path() / "kiosk.phrase").string()}), 0) << out;

  SoftwareTpm machine;
  const std::vector<std::string> who{"--dir", kiosk.string(), "--phrase-file", (folder.path() / "kiosk.phrase").string()};
  const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), who.begin(), who.end());
    words.insert(words.end(), more.begin(), more.end());
    return ctl(words);
  };
  EXPECT_NE(with({"keyslot", "add"}, {"--kind", "share", "--relay", url}), 0) << "a share alone is warned of";
  EXPECT_NE(out.find("--i-understand"), std::string::npos) << out;
  ASSERT_EQ(with({"keyslot", "add"}, {"--kind", "tpm+share", "--tpm", machine.where(), "--relay", url}), 0) << out;
  ASSERT_EQ(ctl({"keyslot", "list", "--dir", kiosk.string()}), 0);
  EXPECT_NE(out.find("2  TPM and the relay's share"), std::string::npos) << out;

  const auto store_key = open_store_key(kiosk, crypto::normalise_phrase([&] {
                                                 std::ifstream in(folder.path() / "kiosk.phrase");
                                                 std::string line;
                                                 std::getline(in, line);
                                                 return line;
                                               }())
                                                   .value())
                             .value();
  const UnattendedMeans means{.tpm = machine.where(), .relay = {.url = url, .https = {}}};
  const auto alone = open_unattended(keyslots_path(kiosk), means);
  ASSERT_TRUE(alone.has_value()) << alone.error().sentence;
  EXPECT_TRUE(crypto::equal(alone->view(), store_key.view()));

  // After the relay lost its memory of calls, somebody at the desk has to say so.
  start_relay();
  const UnattendedMeans again{.tpm = machine.where(), .relay = {.url = url, .https = {}}};
  EXPECT_EQ(open_unattended(keyslots_path(kiosk), again).error().code, ErrorCode::refused);
  ASSERT_EQ(ctl({"unlock", "--dir", (folder.path() / "desk").string(), "--phrase-file", (folder.path() / "desk.phrase").string(), "--house",
                 "zuid", "--device", "2", "--relay", url}),
            0)
      << out;
  EXPECT_NE(out.find("waits for a click"), std::string::npos) << out;
  EXPECT_TRUE(open_unattended(keyslots_path(kiosk), again).has_value());

  ASSERT_EQ(with({"keyslot", "lock"}, {}), 0) << out;
  EXPECT_EQ(open_unattended(keyslots_path(kiosk), again).error().code, ErrorCode::not_found);
  ASSERT_EQ(with({"keyslot", "remove"}, {"--slot", "2"}), 0) << out;
  EXPECT_NE(with({"keyslot", "remove"}, {"--slot", "1"}), 0) << "the last way in stays";
}

TEST_F(PairingPrograms, LetNobodyInAfterANoAtTheDesk) {
  const std::string said = pair("no", "yes");
  EXPECT_NE(said.find("desk 1\nkiosk 1\n"), std::string::npos) << said;
  EXPECT_NE(said.find("nothing was handed out"), std::string::npos) << said;
  EXPECT_EQ(kiosks_in_charter(), 0u);
}

}  // namespace
}  // namespace huisbord
