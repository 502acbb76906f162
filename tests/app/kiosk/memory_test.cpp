// SPDX-License-Identifier: GPL-3.0-or-later
// After a session the process holds none of what it showed: the whole kiosk is run, touched, and its memory read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "app/kiosk/wiping.h"
#include "tests/app/kiosk/driven_kiosk.h"
#include "tests/app/kiosk/kiosk_folder.h"

namespace huisbord {
namespace {

constexpr unsigned char mask = 0xA5;

/// A text of kiosk_house.h, masked while the program is compiled: the search does not find itself.
struct Hidden {
  std::array<unsigned char, 40> masked{};
  std::size_t size = 0;
  template <std::size_t n>
  consteval Hidden(const char (&text)[n]) : size(n - 1) {
    for (std::size_t i = 0; i + 1 < n; ++i) masked[i] = static_cast<unsigned char>(static_cast<unsigned char>(text[i]) ^ mask);
  }
};
constexpr Hidden hidden[] = {"Winta Ghebremariam",
                             "Zwanenburg",
                             "Gesprek over de verblijfsvergunning",
                             "Keizersgracht 714",
                             "Zwaniru",
                             "Weekgeld met een toeslag voor reizen",
                             "402917",
                             "731846",
                             "groene fiets bij de sluis"};
constexpr const Hidden& resident_pin = hidden[6];
constexpr const Hidden& neighbours_pin = hidden[7];
constexpr const Hidden& hidden_passphrase = hidden[8];

/// Touches key after key; the whole never stands in this program's memory.
void type_hidden(DrivenKiosk& kiosk, const Hidden& what) {
  const std::string space = kiosk.say(i18n::Key("keyboard.space"));
  for (std::size_t i = 0; i < what.size; ++i) {
    const char c = static_cast<char>(what.masked[i] ^ mask);
    kiosk.tap_key(c == ' ' ? space : std::string(1, c));
  }
}

/// `width` bytes a character, little-endian: UTF-8, UTF-16 or UTF-32 of plain letters.
bool stands_at(const unsigned char* at, const Hidden& what, std::size_t width) {
  for (std::size_t i = 0; i < what.size; ++i) {
    if (at[i * width] != (what.masked[i] ^ mask)) return false;
    for (std::size_t zero = 1; zero < width; ++zero)
      if (at[i * width + zero] != 0) return false;
  }
  return true;
}

struct Found {
  int times = 0;
  std::string where;
};

/// How often it stands in the process's own writable memory, in any of the three encodings.
Found in_memory(const Hidden& what) {
  std::ifstream maps("/proc/self/maps");
  const int memory = ::open("/proc/self/mem", O_RDONLY);
  EXPECT_GE(memory, 0);
  Found found;
  static std::array<unsigned char, 1 << 20> window;
  std::string line;
  while (std::getline(maps, line)) {
    unsigned long from = 0, to = 0;
    char rights[5]{};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' || rights[1] != 'w') continue;
    const auto own = reinterpret_cast<unsigned long>(window.data());
    const std::size_t longest = what.size * 4;
    while (from < to) {
      const ssize_t got = ::pread(memory, window.data(), std::min<unsigned long>(to - from, window.size()), static_cast<off_t>(from));
      if (got <= static_cast<ssize_t>(longest)) break;
      const std::size_t last = static_cast<std::size_t>(got) - longest;
      const unsigned char* const end = window.data() + last + 1;
      for (const unsigned char* at = window.data(); at < end; ++at) {
        at = static_cast<const unsigned char*>(std::memchr(at, what.masked[0] ^ mask, static_cast<std::size_t>(end - at)));
        if (at == nullptr) break;
        const auto i = static_cast<std::size_t>(at - window.data());
        for (const std::size_t width : {1, 2, 4})
          if (stands_at(at, what, width) && (from + i + longest <= own || from + i >= own + window.size())) {
            ++found.times;
            found.where += "\n  " + line + " +" + std::to_string(i) + " width " + std::to_string(width);
          }
      }
      if (static_cast<unsigned long>(got) >= to - from) break;
      from += last + 1;
    }
  }
  ::close(memory);
  window.fill(0);
  return found;
}

[[maybe_unused]] int all_in_memory(std::string* where = nullptr) {
  int times = 0;
  for (const Hidden& secret : hidden) {
    const Found found = in_memory(secret);
    times += found.times;
    if (where != nullptr && found.times > 0) *where += "secret " + std::to_string(&secret - hidden) + ":" + found.where + "\n";
  }
  return times;
}

// A sanitizer's own heap keeps what is freed, to look at it: there this cannot hold.
#ifndef HUISBORD_SANITIZED_HEAP
class Memory : public testing::Test {
 protected:
  static void open_to_itself() { ::prctl(PR_SET_DUMPABLE, 1); }  // crypto::start() closed /proc/self/mem for everybody but root
  static void expect_nothing(const char* when) {
    DrivenKiosk::rest();
    std::string where;
    EXPECT_EQ(all_in_memory(&where), 0) << when << "\n" << where;
  }
  static void sign_in(DrivenKiosk& kiosk, const char* room, const Hidden& pin) {
    ASSERT_TRUE(kiosk.choose(room));
    type_hidden(kiosk, pin);
    ASSERT_TRUE(kiosk.see(kiosk.say(i18n::Key("home.leefgeld"))));
  }
  static void stop(DrivenKiosk& kiosk) {
    kiosk.tap(kiosk.say(i18n::Key("bar.stop")));
    kiosk.speak(i18n::Language::nl);
    kiosk.see(kiosk.say(i18n::Key("board.touch")));
  }
};

TEST_F(Memory, HoldsNothingOfASessionThatHasEnded) {
  const KioskFolder folder;
  DrivenKiosk driven(folder.options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    open_to_itself();
    kiosk.see(kiosk.say(i18n::Key("board.touch")));
    expect_nothing("before anybody signs in");

    sign_in(kiosk, "10", resident_pin);
    EXPECT_GT(in_memory(hidden[0]).times, 0) << "the search must be able to find it";
    EXPECT_GT(in_memory(hidden[2]).times, 0);
    i18n::Language now = i18n::Language::nl;
    for (const i18n::Language next : {i18n::Language::en, i18n::Language::ar, i18n::Language::ti, i18n::Language::nl}) {
      const std::string money = kiosk.say(i18n::Key("home.leefgeld")), plan = kiosk.say(i18n::Key("home.plan"));
      for (const std::string& tile : {kiosk.say(i18n::Key("common.look")), money, kiosk.say(i18n::Key("home.tasks")), plan}) {
        kiosk.tap(tile);
        DrivenKiosk::rest();
        EXPECT_TRUE(tile != plan || in_memory(hidden[1]).times > 0) << i18n::code(now);
        EXPECT_TRUE(tile != money || in_memory(hidden[5]).times > 0) << i18n::code(now);
        kiosk.tap(kiosk.say(i18n::Key("bar.start")));
        kiosk.see(kiosk.say(i18n::Key("home.plan")));
      }
      kiosk.tap(i18n::own_name(now));
      kiosk.tap(i18n::own_name(next));
      kiosk.speak(next);
      kiosk.tap(kiosk.say(i18n::Key("common.done")));
      now = next;
    }
    stop(kiosk);
    expect_nothing("after a session in four languages");

    sign_in(kiosk, "7", neighbours_pin);
    EXPECT_GT(in_memory(hidden[4]).times, 0);
    stop(kiosk);
    expect_nothing("after the second");
  }),
            0);
}

TEST_F(Memory, HoldsNoCodeThatWasWrong) {
  const KioskFolder folder;
  DrivenKiosk driven(folder.options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    open_to_itself();
    ASSERT_TRUE(kiosk.choose("10"));
    type_hidden(kiosk, neighbours_pin);
    kiosk.see(kiosk.say(i18n::Key("signin.wrong")));
    expect_nothing("after a wrong code");
  }),
            0);
}

TEST_F(Memory, HoldsNoPassphraseOnceStaffTypedIt) {
  const KioskFolder folder(KioskFolder::Neighbour::has_none);
  DrivenKiosk driven(folder.options());
  EXPECT_EQ(driven.run([&](DrivenKiosk& kiosk) {
    open_to_itself();
    ASSERT_TRUE(kiosk.choose("7"));
    kiosk.tap(kiosk.say(i18n::Key("signin.make_code")));
    type_hidden(kiosk, hidden_passphrase);
    EXPECT_GT(in_memory(hidden_passphrase).times, 0) << "the search must be able to find it";
    kiosk.tap(kiosk.say(i18n::Key("keyboard.done")));
    kiosk.see(kiosk.say(i18n::Key("enrol.i_know_it")));
    expect_nothing("after the passphrase was taken");
    kiosk.tap(kiosk.say(i18n::Key("common.back")));
    expect_nothing("after staff left");
  }),
            0);
}
#endif

}  // namespace
}  // namespace huisbord
