// SPDX-License-Identifier: GPL-3.0-or-later
// The program's start with nobody there: by the machine's TPM and the share that a real relay gives; and when it must not open.
#include <cstdlib>

#include "core/crypto/durable_file.h"
#include "core/unlock/unlock_key.h"
#include "tests/app/kiosk/house_office.h"
#include "tests/core/tpm/software_tpm.h"

namespace huisbord {
namespace {

using i18n::Key;

class OpensAlone : public HouseOffice {
 protected:
  void SetUp() override {
    HouseOffice::SetUp();
    if (HasFatalFailure()) return;
    make_kiosk();
    ctl({"keyslot", "add", "--kind", "tpm+share", "--tpm", machine_.where(), "--relay", url_, "--dir", path("kiosk"), "--phrase-file",
         path("kiosk.phrase")});
    ::setenv("HUISBORD_TPM", machine_.where().c_str(), 1);
  }
  void TearDown() override { ::unsetenv("HUISBORD_TPM"); }

  /// The kiosk from its start on.
  void run(const std::function<void(DrivenKiosk&)>& script) {
    KioskOptions options;
    options.folder = path("kiosk");
    DrivenKiosk driven(options);
    EXPECT_EQ(driven.run(script), 0);
  }
  [[nodiscard]] std::string words() const { return to_string(crypto::read_small_file(folder_.path() / "kiosk.phrase", 200).value()); }
  static void see_the_board(DrivenKiosk& kiosk) { EXPECT_TRUE(kiosk.see(kiosk.say(Key("board.touch")))); }
  static void see_that_it_asks(DrivenKiosk& kiosk) { EXPECT_TRUE(kiosk.see(kiosk.say(Key("unlock.phrase")))); }

  SoftwareTpm machine_;
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
