// SPDX-License-Identifier: GPL-3.0-or-later
// The program on a bad day: a vault that another holds, that is damaged, newer or not there, missing files, signals, a full disk.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "core/crypto/keyslot.h"
#include "core/crypto/random.h"
#include "core/crypto/words.h"
#include "core/store/vault_file.h"
#include "tests/app/kiosk/driven_kiosk.h"
#include "tests/app/kiosk/kiosk_folder.h"
#include "tests/support/child_program.h"

namespace huisbord {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// "" or what the proof found wrong.
std::string faults_of(const Vault& vault) {
  std::string all;
  for (const std::string& fault : must(vault.verify()).faults) all += fault + "\n";
  return all;
}

class Program : public testing::Test {
 protected:
  static void SetUpTestSuite() { ::setenv("SDL_VIDEODRIVER", "dummy", 1); }
  std::unique_ptr<ChildProgram> start(const std::filesystem::path& share = HUISBORD_BINARY_DIR) {
    return std::make_unique<ChildProgram>(
        std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord",
        std::vector<std::string>{"--dir", folder_.path(), "--store-key-file", folder_.store_key(), "--share", share, "--windowed",
                                 "1280x800", "--software", "--semantics", socket()});
  }
  [[nodiscard]] std::string socket() const { return folder_.path() / "tree"; }
  static std::string say(i18n::Key key) { return i18n::Catalogue::dutch().text(key); }
  [[nodiscard]] bool shows(const std::string& text) const {
    for (int i = 0; i < 600; ++i) {
      if (tree_of(socket()).find(text) != std::string::npos) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
  [[nodiscard]] bool shows_the_board() const { return shows(say(i18n::Key("board.touch"))); }
  static int end(ChildProgram& program) {
    program.kill(SIGTERM);
    return program.wait();
  }
  [[nodiscard]] std::unique_ptr<Vault> open() const { return must(Vault::open(folder_.vault(), SmallOrganisation::store_key())); }

  KioskFolder folder_;
};

TEST_F(Program, ShowsTheBoardAndEndsWhenAsked) {
  const auto program = start();
  EXPECT_TRUE(shows_the_board());
  EXPECT_EQ(end(*program), 0);
  EXPECT_EQ(faults_of(*open()), "");
}

TEST_F(Program, SaysThatAnotherHoldsTheVaultAndOpensItWhenThatLetsGo) {
  auto held = open();
  const auto program = start();
  EXPECT_TRUE(shows(say(i18n::Key("error.store_locked"))));
  EXPECT_EQ(faults_of(*held), "");
  held.reset();
  EXPECT_TRUE(shows_the_board());
  EXPECT_EQ(end(*program), 0);
  EXPECT_EQ(faults_of(*open()), "");
}

TEST_F(Program, SaysThatAFolderHoldsNoKiosk) {
  std::filesystem::remove(folder_.vault());
  std::filesystem::remove(folder_.path() / "kiosk.toml");
  const auto program = start();
  EXPECT_TRUE(shows(say(i18n::Key("error.no_house"))));
  EXPECT_EQ(end(*program), 0);
  EXPECT_NE(program->errors().find("huisbordctl kiosk make"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_.vault()));
}

TEST_F(Program, SaysThatTheVaultIsDamagedAndLeavesItAsItIs) {
  std::string bytes = read(folder_.vault());
  bytes[1000] = static_cast<char>(bytes[1000] ^ 1);
  std::ofstream(folder_.vault(), std::ios::binary) << bytes;
  const auto program = start();
  EXPECT_TRUE(shows(say(i18n::Key("error.damaged"))));
  EXPECT_EQ(end(*program), 0);
  EXPECT_EQ(read(folder_.vault()), bytes);
}

TEST_F(Program, SaysThatTheVaultIsOfALaterRelease) {
  {
    const auto key = SmallOrganisation::store_key();
    const auto database = must(open_vault_file(folder_.vault(), key, {}));
    must(database->execute("PRAGMA user_version = 9999"));
  }
  const std::string before = read(folder_.vault());
  const auto program = start();
  EXPECT_TRUE(shows(say(i18n::Key("error.newer"))));
  EXPECT_EQ(end(*program), 0);
  EXPECT_EQ(read(folder_.vault()), before);
}

TEST_F(Program, SaysThatAKeyOpensNothing) {
  folder_.write("store-key", std::string(64, '7'));
  const auto program = start();
  EXPECT_TRUE(shows(say(i18n::Key("error.damaged"))));
  EXPECT_EQ(end(*program), 0);
}

TEST_F(Program, ShowsTheHouseThoughItsSettingsFileIsWrong) {
  folder_.write("kiosk.toml", "relay = = 5\n");
  const auto program = start();
  EXPECT_TRUE(shows_the_board());
  EXPECT_EQ(end(*program), 0);
  EXPECT_NE(program->errors().find("line 1"), std::string::npos) << program->errors();
}

TEST_F(Program, SpeaksDutchWithoutCataloguesAndDrawsWithoutItsFontList) {
  const TemporaryFolder nothing;
  const auto program = start(nothing.path());
  EXPECT_TRUE(shows_the_board());
  EXPECT_EQ(end(*program), 0);
  EXPECT_NE(program->errors().find("fonts.conf is missing"), std::string::npos) << program->errors();
  for (const char* language : {"en", "ar", "ti"})
    EXPECT_NE(program->errors().find(std::string("/locale/") + language), std::string::npos) << program->errors();
}

TEST_F(Program, LeavesOutALanguageWhoseCatalogueIsDamagedAndSaysSo) {
  const TemporaryFolder share;
  std::filesystem::copy(HUISBORD_BINARY_DIR "/locale", share.path() / "locale", std::filesystem::copy_options::recursive);
  std::filesystem::copy(HUISBORD_BINARY_DIR "/assets", share.path() / "assets", std::filesystem::copy_options::recursive);
  std::filesystem::resize_file(share.path() / "locale" / "ar" / "LC_MESSAGES" / "huisbord.mo", 999);
  folder_.write("kiosk.toml", "languages = [\"en\"]\n");
  const auto program = start(share.path());
  EXPECT_TRUE(shows("English"));
  EXPECT_TRUE(shows("ትግርኛ"));
  EXPECT_EQ(end(*program), 0);
  EXPECT_NE(program->errors().find("language ar"), std::string::npos) << program->errors();
  EXPECT_EQ(program->errors().find("language ti"), std::string::npos) << program->errors();
}

TEST_F(Program, TakesOtherFontsWhenItsOwnAreNotThereAndSaysSo) {
  const TemporaryFolder share;
  std::filesystem::copy(HUISBORD_BINARY_DIR "/locale", share.path() / "locale", std::filesystem::copy_options::recursive);
  std::filesystem::create_directory(share.path() / "assets");
  std::ofstream(share.path() / "assets" / "fonts.conf")
      << "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig><dir>" << share.path().string()
      << "</dir></fontconfig>";
  const auto program = start(share.path());
  EXPECT_TRUE(shows_the_board());
  EXPECT_EQ(end(*program), 0);
  EXPECT_NE(program->errors().find("install fonts-noto-core"), std::string::npos) << program->errors();
}

TEST_F(Program, EndsWhenAskedThoughTheRelayNeverAnswers) {
  const int relay = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(relay, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(relay, 4), 0);
  ASSERT_EQ(::getsockname(relay, reinterpret_cast<sockaddr*>(&address), &size), 0);
  folder_.write("kiosk.toml", "relay = \"http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "\"\ntick_seconds = 0.2\n");
  const auto program = start();
  EXPECT_TRUE(shows_the_board());
  pollfd asked{relay, POLLIN, 0};
  ASSERT_EQ(::poll(&asked, 1, 30000), 1) << "the kiosk never called";
  const int call = ::accept(relay, nullptr, nullptr);  // and is left without an answer
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(end(*program), 0);
  std::printf(
      "ended after %lld ms\n",
      static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count()));
  ::close(call);
  ::close(relay);
}

TEST_F(Program, ADiskThatIsFullIsSaidOnTheGlass) {
  DrivenKiosk driven(folder_.options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    ASSERT_TRUE(kiosk.sign_in("10", KioskHouse::pin));
    const std::string coming = kiosk.say(i18n::Key("answer.come"));
    {
      const FailingDisk disk;
      kiosk.tap(coming);
      kiosk.see(kiosk.say(i18n::Key("error.not_saved")));
    }
    kiosk.tap(coming);
    kiosk.see(kiosk.say(i18n::Key("toast.undo")));
  }),
            0);
  EXPECT_EQ(faults_of(*open()), "");
}

TEST_F(Program, LockedItForgetsTheKeyUntilTheWordsOfTheHouseOpenItAlsoAfterARestart) {
  auto& random = crypto::system_random();
  const crypto::SecretBytes phrase = crypto::make_house_phrase(random);
  must(must(crypto::KeyslotFile::make(SmallOrganisation::store_key(), phrase, {1, std::size_t{8} * 1024}, random))
           .save(folder_.path() / "keyslots"));
  const std::string words = to_string(phrase.view());
  const std::string locked = say(i18n::Key("unlock.phrase"));
  {
    DrivenKiosk driven(folder_.options());
    EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
      kiosk.tap(kiosk.say(i18n::Key("board.touch")));
      kiosk.tap(kiosk.say(i18n::Key("bar.letters")));
      kiosk.tap(kiosk.say(i18n::Key("lock.button")));
      kiosk.hold(kiosk.say(i18n::Key("lock.yes")), 3500);
      kiosk.see(locked);
      EXPECT_TRUE(Vault::open(folder_.vault(), SmallOrganisation::store_key())) << "nobody holds the vault any more";
    }),
              0);
  }
  DrivenKiosk driven(folder_.options());  // the same command, with the file that holds the key
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    kiosk.see(locked);
    kiosk.type_words(words, kiosk.say(i18n::Key("unlock.open")));
    kiosk.see(kiosk.say(i18n::Key("board.touch")));
  }),
            0);
  const auto program = start();
  EXPECT_TRUE(shows_the_board()) << "unlocked it opens by itself again";
  EXPECT_EQ(end(*program), 0);
}

TEST(ClosedBoard, DestroysItsKeysAndSaysSoForEver) {
  ::setenv("SDL_VIDEODRIVER", "dummy", 1);
  const KioskFolder folder(KioskFolder::Neighbour::has_pin, KioskFolder::Office::wiped_it);
  const std::string closed = i18n::Catalogue::dutch().text(i18n::Key("closed.title"));
  for (int start = 0; start < 2; ++start) {
    DrivenKiosk driven(folder.options());
    EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) { kiosk.see(closed); }), 0);
    EXPECT_FALSE(std::filesystem::exists(folder.vault()));
    EXPECT_FALSE(std::filesystem::exists(folder.store_key()));
  }
}

TEST_F(Program, WhatWasAcknowledgedOutlivesAKill) {
  // A process that stores one answer after the other and tells each that the screen would show as stored.
  int told[2];
  ASSERT_EQ(::pipe(told), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto vault = open();
    HouseId house;
    for (const ScopeId& scope : vault->scopes())
      if (scope != vault->organisation().as<ScopeTag>()) house = scope.as<HouseTag>();
    HouseActions actions({.vault = vault.get(),
                          .house = house,
                          .zone = must(i18n::HouseZone::open()),
                          .clock = &system_clock(),
                          .random = &crypto::system_random(),
                          .changed = [] {},
                          .sync_news = [] { return SyncNews{}; },
                          .log = [](const std::string&) {}});
    for (const Sleeper& sleeper : actions.sleepers())
      if (sleeper.room_label == "10") actions.begin_sign_in(sleeper.person, KioskHouse::pin);
    wait_for([&] { return actions.poll_sign_in(); });
    for (std::uint32_t i = 0;; ++i) {
      const auto size = static_cast<TextSize>(1 + i % 4);
      const auto contrast = static_cast<Contrast>(1 + i / 4 % 2);
      if (!actions.set_preferences({"ar", size, contrast})) ::_exit(1);
      if (::write(told[1], &i, sizeof i) != sizeof i) ::_exit(2);
    }
  }
  ::close(told[1]);
  std::uint32_t last = 0;
  for (int i = 0; i < 300; ++i) ASSERT_EQ(::read(told[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
  ::kill(child, SIGKILL);
  for (std::uint32_t more = 0; ::read(told[0], &more, sizeof more) == sizeof more;) last = more;
  ::close(told[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << status;

  const auto vault = open();
  EXPECT_EQ(faults_of(*vault), "");
  // Every acknowledged change is one operation that waits for the relay; one more may be stored and not told.
  EXPECT_GE(vault->waiting_count(), last + 1);
  EXPECT_LE(vault->waiting_count(), last + 2);
}

}  // namespace
}  // namespace huisbord
