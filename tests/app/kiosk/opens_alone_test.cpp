// SPDX-License-Identifier: GPL-3.0-or-later
// The program's start with nobody there: by the machine's TPM and the share that a real relay gives; and when it must not open.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>

#include "core/crypto/durable_file.h"
#include "core/crypto/start.h"
#include "core/unlock/unlock_key.h"
#include "tests/app/kiosk/driven_kiosk.h"
#include "tests/core/tpm/software_tpm.h"
#include "tests/support/child_program.h"

namespace huisbord {
namespace {

using i18n::Key;

class OpensAlone : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    std::ofstream(folder_.path() / "people.csv") << "huis;woongroep;kamer;roepnaam;symbool;taal;instroom\n"
                                                    "Huis Zuid;Groep 1;1;Winta;fiets;nl;09-07-2026\n";
    std::ofstream(folder_.path() / "staff") << "een lange zin van staf";
    ctl({"init", "--dir", path("desk"), "--root-dir", path("root"), "--root-dir", path("copy"), "--name", "Test", "--phrase-out",
         path("phrase")});
    std::smatch root;
    ASSERT_TRUE(std::regex_search(said_, root, std::regex("[0-9a-f]{64}")));
    relay_.emplace(programs_ + "huisbord-relay", std::vector<std::string>{"--listen", "127.0.0.1:0", "--data", path("relay"), "--root",
                                                                          root.str(), "--log-level", "off"});
    const std::string line = relay_->line();
    url_ = "http://" + line.substr(line.rfind(' ') + 1);
    at_desk({"import", "people", path("people.csv")});
    at_desk({"kiosk", "make", "--house", "Huis Zuid", "--out", path("kiosk"), "--kiosk-phrase-file", path("words"),
             "--staff-passphrase-file", path("staff"), "--relay", url_});
    at_desk({"replica", "--once", "--relay", url_});
    ctl({"keyslot", "add", "--kind", "tpm+share", "--tpm", machine_.where(), "--relay", url_, "--dir", path("kiosk"), "--phrase-file",
         path("words")});
    ::setenv("HUISBORD_TPM", machine_.where().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("HUISBORD_TPM"); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void ctl(const std::vector<std::string>& words) {
    ChildProgram program(programs_ + "huisbordctl", words);
    said_ = program.rest();
    ASSERT_EQ(program.wait(), 0) << words[0] << ": " << program.errors();
  }
  void at_desk(std::vector<std::string> words) {
    for (const char* word : {"--dir", "desk", "--phrase-file", "phrase"}) words.push_back(*word == '-' ? word : path(word));
    ctl(words);
  }
  /// The kiosk from its start on.
  void run(const std::function<void(DrivenKiosk&)>& script) {
    KioskOptions options;
    options.folder = path("kiosk");
    DrivenKiosk driven(options);
    EXPECT_EQ(driven.run(script), 0);
  }
  [[nodiscard]] std::string words() const { return to_string(crypto::read_small_file(folder_.path() / "words", 200).value()); }
  static void see_the_board(DrivenKiosk& kiosk) { EXPECT_TRUE(kiosk.see(kiosk.say(Key("board.touch")))); }
  static void see_that_it_asks(DrivenKiosk& kiosk) { EXPECT_TRUE(kiosk.see(kiosk.say(Key("unlock.phrase")))); }

  const std::string programs_ = std::string(HUISBORD_BINARY_DIR) + "/bin/";
  TemporaryFolder folder_;
  SoftwareTpm machine_;
  std::optional<ChildProgram> relay_;
  std::string url_, said_;
};

TEST_F(OpensAlone, ByTpmAndShareWithNobodyThere) {
  run(see_the_board);
  machine_.restart();  // as the machine is, whose plug was pulled
  run(see_the_board);
}

TEST_F(OpensAlone, NeverInAnotherMachineAndThereThePhraseStillDoes) {
  SoftwareTpm other;
  ::setenv("HUISBORD_TPM", other.where().c_str(), 1);
  run([&](DrivenKiosk& kiosk) {
    see_that_it_asks(kiosk);
    kiosk.type_words(words(), kiosk.say(Key("unlock.open")));
    see_the_board(kiosk);
  });
  ::setenv("HUISBORD_TPM", "device:/dev/no-such-tpm", 1);
  run(see_that_it_asks);
  ::setenv("HUISBORD_TPM", machine_.where().c_str(), 1);
  run(see_the_board);
}

TEST_F(OpensAlone, NotOnceTheOfficeHasCutIt) {
  at_desk({"device", "cut", "--house", "Huis Zuid", "--device", "2"});
  at_desk({"replica", "--once", "--relay", url_});
  run([](DrivenKiosk& kiosk) { EXPECT_TRUE(kiosk.see(kiosk.say(Key("unlock.ask_desk")))); });
}

TEST_F(OpensAlone, NotOnceItWasLockedUntilAPersonHasOpenedIt) {
  run([&](DrivenKiosk& kiosk) {
    kiosk.tap(kiosk.say(Key("board.touch")));
    kiosk.tap(kiosk.say(Key("bar.letters")));
    kiosk.tap(kiosk.say(Key("lock.button")));
    kiosk.hold(kiosk.say(Key("lock.yes")), 3500);
    see_that_it_asks(kiosk);
  });
  EXPECT_FALSE(std::filesystem::exists(unlock_key_path(path("kiosk"))));
  run([&](DrivenKiosk& kiosk) {
    see_that_it_asks(kiosk);
    kiosk.type_words(words(), kiosk.say(Key("unlock.open")));
    see_the_board(kiosk);
  });
  run(see_the_board);
}

}  // namespace
}  // namespace huisbord
