// SPDX-License-Identifier: GPL-3.0-or-later
// The program with a real relay and a real desk: a board that is a copy is taken in again on its glass, and a relay that does wrong is
// told.
#include "core/store/store_key.h"
#include "tests/app/kiosk/house_office.h"
#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

using i18n::Key;

class KioskAndOffice : public HouseOffice {
 protected:
  void SetUp() override {
    HouseOffice::SetUp();
    if (!HasFatalFailure()) make_kiosk();
  }
  [[nodiscard]] KioskOptions options() const {
    KioskOptions options;
    options.folder = path("kiosk");
    options.store_key = path("kiosk.key");
    options.tick_seconds = 0.5;
    return options;
  }
  [[nodiscard]] std::unique_ptr<Vault> open() const {
    std::ifstream in(path("kiosk.key"));
    std::string hex;
    std::getline(in, hex);
    return must(Vault::open(vault_path(path("kiosk")), crypto::SecretBytes::copy_of(*from_hex(hex))));
  }
  static ScopeId house_of(const Vault& vault) {
    for (const ScopeId& scope : vault.scopes())
      if (scope != vault.organisation().as<ScopeTag>()) return scope;
    ADD_FAILURE() << "of no house";
    return {};
  }
  static void record(Vault& vault, const std::string& title) {
    Activity activity;
    activity.id = crypto::system_random().id<ActivityTag>();
    activity.title = title;
    activity.day = must(i18n::HouseZone::open()).house_time(vault.trusted_now()).day;
    must(vault.record(house_of(vault), Actor::none(), activity));
  }
  /// Opens what says that something is the matter, and goes on once it says this.
  static bool see_matter(DrivenKiosk& kiosk, Key matter) {
    return kiosk.tap(kiosk.say(Key("state.title"))) && kiosk.see(kiosk.say(matter));
  }
};

TEST_F(KioskAndOffice, ACopyIsTakenInAgainOnTheGlassAndSendsWhatWaited) {
  DeviceId before;
  {
    const auto vault = open();
    before = vault->founding().device;
    must(vault->mark_copied());
    record(*vault, "Waits to be sent");
    EXPECT_GT(vault->waiting_count(), 0u);
  }
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    ASSERT_TRUE(see_matter(kiosk, Key("state.copied")));
    kiosk.tap(kiosk.say(Key("renew.button")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("renew.need.staff"))));
    kiosk.tap(kiosk.say(Key("pair.begin")));
    kiosk.type_words("groene fets", kiosk.say(Key("keyboard.done")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("enrol.phrase_wrong"))));
    kiosk.type_words(passphrase, kiosk.say(Key("keyboard.done")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.code.title"))));

    Desk desk(folder_.path(), url_, "--instead-of 2");
    pair(kiosk, desk);
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("board.touch"))));
    EXPECT_TRUE(kiosk.see(kiosk.say(Key("state.title")), false)) << "nothing is the matter any more";
    EXPECT_EQ(desk.program.wait(), 0) << desk.program.errors();
  }),
            0);
  {
    const auto vault = open();
    EXPECT_FALSE(vault->must_become_new());
    EXPECT_NE(vault->founding().device, before);
    EXPECT_TRUE(must(vault->verify()).faults.empty());
    EXPECT_TRUE(must(vault->setting(custody_setting)).has_value()) << "the same staff can give residents a code";
  }
  // What had waited goes out as the new device's.
  DrivenKiosk again(options());
  EXPECT_EQ(again.run([&](DrivenKiosk& kiosk) { ASSERT_TRUE(kiosk.see("verstuurd")); }), 0);
  EXPECT_EQ(open()->waiting_count(), 0u);
}

TEST_F(KioskAndOffice, GoneBackFromTheCodeTheBoardIsTheCopyThatItWas) {
  must(open()->mark_copied());
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    ASSERT_TRUE(see_matter(kiosk, Key("state.copied")));
    kiosk.tap(kiosk.say(Key("renew.button")));
    kiosk.tap(kiosk.say(Key("common.back")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("board.touch"))));
    EXPECT_TRUE(kiosk.see(kiosk.say(Key("state.title"))));
  }),
            0);
  EXPECT_TRUE(open()->must_become_new());
}

TEST_F(KioskAndOffice, ARelayThatWasPutBackIsToldOnTheBoard) {
  const std::string at = listening_;
  const auto keep = [&](const char* from, const char* to) {
    std::filesystem::remove_all(path(to));
    std::filesystem::copy(path(from), path(to), std::filesystem::copy_options::recursive);
  };
  relay_.reset();
  keep("relay", "relay.before");
  start_relay(at);
  record(*open(), "Arrives and is lost");
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    ASSERT_TRUE(kiosk.see("verstuurd"));
    EXPECT_FALSE(kiosk.shows(kiosk.say(Key("state.title")))) << "an honest day";
    relay_.reset();
    keep("relay.before", "relay");
    start_relay(at);
    ASSERT_TRUE(see_matter(kiosk, Key("state.relay")));
    EXPECT_TRUE(kiosk.shows(kiosk.say(Key("error.rest_works"))));
    EXPECT_FALSE(kiosk.shows(kiosk.say(Key("renew.button")))) << "this board is no copy";
  }),
            0);
}

}  // namespace
}  // namespace huisbord
