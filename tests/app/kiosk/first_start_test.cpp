// SPDX-License-Identifier: GPL-3.0-or-later
// The program's first start: from a folder with nothing but an address to the board of a house, with a real relay and a real desk.
#include "core/crypto/words.h"
#include "core/joining/paired_store.h"
#include "core/store/store_key.h"
#include "tests/app/kiosk/house_office.h"
#include "tests/app/kiosk/kiosk_house.h"

namespace huisbord {
namespace {

using i18n::Key;
constexpr std::uint64_t seed = 61;

class FirstStartTest : public HouseOffice {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(path("kiosk"));
    HouseOffice::SetUp();
    write("kiosk/kiosk.toml", "relay = \"" + url_ + "\"\ntick_seconds = 0.5\n");
  }
  static std::string phrase() {
    SeededRandom random(seed);
    return to_string(crypto::make_house_phrase(random).view());
  }
  KioskOptions options() {
    KioskOptions options;
    options.folder = path("kiosk");
    options.random = &random_;
    return options;
  }
  static void up_to_the_code(DrivenKiosk& kiosk) {
    ASSERT_TRUE(kiosk.tap(kiosk.say(Key("pair.begin"))));
    ASSERT_TRUE(kiosk.tap(kiosk.say(Key("pair.phrase.written"))));
    const std::string done = kiosk.say(Key("keyboard.done"));
    kiosk.type_words(phrase(), done);
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.staff"))));
    kiosk.type_words(passphrase, done);
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.staff.again"))));
    kiosk.type_words(passphrase, done);
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.code.title"))));
  }

  SeededRandom random_{seed};
};

TEST_F(FirstStartTest, PairsOnTheGlassAndEndsOnTheBoardOfItsHouse) {
  {
    DrivenKiosk driven(options());
    EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
      up_to_the_code(kiosk);
      kiosk.type("00000000");
      ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.end.wrong_code"))));
      EXPECT_FALSE(std::filesystem::exists(path("kiosk/vault.db"))) << "nothing is made for a wrong code";
      kiosk.tap(kiosk.say(Key("pair.again")));

      Desk desk(folder_.path(), url_);
      pair(kiosk, desk);
      ASSERT_TRUE(kiosk.see(kiosk.say(Key("board.touch"))));
      EXPECT_TRUE(kiosk.shows("Huis Zuid"));
      EXPECT_EQ(desk.program.wait(), 0) << desk.program.errors();
    }),
              0);
  }
  const auto key = open_store_key(path("kiosk"), crypto::FactorInput::with_phrase(must(crypto::normalise_phrase(phrase()))));
  ASSERT_TRUE(key) << "the words on paper open it";
  const auto vault = must(Vault::open(vault_path(path("kiosk")), *key));
  EXPECT_FALSE(must(awaited_admission(*vault)).has_value());
  EXPECT_TRUE(must(vault->verify()).faults.empty());
  EXPECT_TRUE(must(vault->setting(custody_setting)).has_value()) << "staff can give residents a code";
}

TEST_F(FirstStartTest, AfterANoAtTheDeskNothingIsLeft) {
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    up_to_the_code(kiosk);
    Desk desk(folder_.path(), url_);
    kiosk.type(letters_of(desk.next("code")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.words.title"))));
    kiosk.tap(kiosk.say(Key("pair.words.yes")));
    desk.answer("no");
    EXPECT_NE(desk.program.wait(), 0);
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.again"))));
    EXPECT_FALSE(std::filesystem::exists(path("kiosk/vault.db")));
    EXPECT_FALSE(std::filesystem::exists(path("kiosk/keyslots")));
  }),
            0);
}

TEST_F(FirstStartTest, AStoreThatWaitsToBeAdmittedGoesOnWaitingAfterARestart) {
  relay_.reset();  // nobody answers
  const crypto::SecretBytes words = must(crypto::normalise_phrase(phrase()));
  {
    crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
    random_.fill(key.mutable_view());
    must(must(crypto::KeyslotFile::make(key, words, {1, std::size_t{8} * 1024}, random_)).save(keyslots_path(path("kiosk"))));
    PairingOffer offer;
    offer.organisation = random_.id<OrganisationTag>();
    offer.org.scope = offer.organisation.as<ScopeTag>();
    offer.house.scope = random_.id<ScopeTag>();
    offer.org.charter = offer.house.charter = 1;
    offer.device = random_.id<DeviceTag>();
    offer.root = crypto::make_signing_key(random_).public_key;
    offer.signing = crypto::make_signing_key(random_).public_key;
    offer.sealing = crypto::make_sealing_key(random_).public_key;
    must(make_paired_store(vault_path(path("kiosk")), key, make_new_device_keys(random_), offer, nullptr, random_));
  }
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("unlock.phrase"))));
    kiosk.type_words(phrase(), kiosk.say(Key("unlock.open")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.no_network"))));
    kiosk.tap(kiosk.say(Key("pair.start_over")));
    kiosk.tap(kiosk.say(Key("common.yes")));
    ASSERT_TRUE(kiosk.see(kiosk.say(Key("pair.begin"))));
    EXPECT_FALSE(std::filesystem::exists(path("kiosk/vault.db")));
  }),
            0);
}

TEST_F(FirstStartTest, AFolderThatNamesNoRelayBelongsToNoHouse) {
  write("kiosk/kiosk.toml", "");
  DrivenKiosk driven(options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) { kiosk.see(kiosk.say(Key("error.no_house"))); }), 0);
}

}  // namespace
}  // namespace huisbord
