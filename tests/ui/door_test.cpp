// SPDX-License-Identifier: GPL-3.0-or-later
// What the door says and takes while nothing is open: a board that opens by itself, that the office holds, that had too many tries.
#include "app/kiosk/screens/door.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using i18n::Key;

class DoorGlass {
 public:
  explicit DoorGlass(const std::string& language = "nl", int wide = 1280, int high = 800)
      : words(HUISBORD_BINARY_DIR "/locale", [](const std::string& line) { ADD_FAILURE() << line; }),
        language_(*i18n::language_of(language)),
        door(words, language_),
        scene_(door),
        wide_(wide),
        high_(high) {
    door.begin_open = [this](std::string phrase) { tried = std::move(phrase); };
    door.poll_open = [this] { return opens; };
  }
  void show() { glass_ = std::make_unique<Glass>(wide_, high_, scene_, std::nullopt, Drawn::when_looked_at); }
  /// Something was learnt on another thread.
  void see() {
    glass_->stage().request_frame();
    glass_->settle();
  }
  Glass& glass() { return *glass_; }
  [[nodiscard]] std::string say(Key key) { return words.of(language_).text(key); }
  void type(std::string_view text) {
    for (const char c : text) glass().tap(std::string(1, c));
  }
  void enter() { glass().tap(say(Key("unlock.open"))); }

  Words words;

 private:
  i18n::Language language_;

 public:
  Door door;
  std::string tried;
  std::optional<bool> opens;

 private:
  SceneWith<Door> scene_;
  int wide_, high_;
  std::unique_ptr<Glass> glass_;
};

TEST(Door, SaysThatItOpensByItselfUntilSomebodyWantsToType) {
  DoorGlass g;
  g.door.expect_alone();
  g.show();
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.alone"))));
  EXPECT_FALSE(g.glass().shows(g.say(Key("unlock.open")))) << "no keyboard";
  g.glass().tap(g.say(Key("unlock.self")));
  EXPECT_FALSE(g.glass().shows(g.say(Key("unlock.alone"))));
  g.type("anker");
  g.enter();
  EXPECT_EQ(g.tried, "anker");
}

TEST(Door, ATryToOpenAloneTakesTheKeyboardFromNobody) {
  DoorGlass g;
  g.show();
  g.type("anker");
  g.door.expect_alone();
  g.see();
  EXPECT_FALSE(g.glass().shows(g.say(Key("unlock.alone"))));
  g.enter();
  EXPECT_EQ(g.tried, "anker") << "what was typed is still there";
}

TEST(Door, SendsToTheOfficeWhenTheOfficeHoldsIt) {
  DoorGlass g;
  g.door.expect_alone();
  g.show();
  g.door.alone_failed(Door::Alone::ask_office);
  g.see();
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.ask_desk"))));
  g.door.alone_failed(Door::Alone::not_now);
  g.see();
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.phrase")))) << "no network is nobody's business";
}

TEST(Door, AMachineThatTakesNoMorePassphrasesSaysSoUntilSomebodyTypesOn) {
  DoorGlass g;
  g.door.expect(Door::Opener::words_or_passphrase);
  g.show();
  g.type("wachtzin");
  g.door.too_often();
  g.opens = false;
  g.enter();
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.too_often"))));
  g.type("a");
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.phrase_or"))));
}

TEST(Door, SaysThatTheseWordsAreWrongAndTakesOthers) {
  DoorGlass g;
  g.show();
  g.type("anker");
  g.opens = false;
  g.enter();
  EXPECT_TRUE(g.glass().shows(g.say(Key("error.wrong_phrase"))));
  g.type("b");
  EXPECT_TRUE(g.glass().shows(g.say(Key("unlock.phrase"))));
}

// --- pictures

struct Moment {
  std::string name, language;
  int wide, high;
  std::function<void(Door&)> is;
};
void PrintTo(const Moment& m, std::ostream* out) { *out << m.name; }

std::string name_of(const Moment& m) {
  return "door-" + m.name + "-" + m.language + "-" + std::to_string(m.wide) + "x" + std::to_string(m.high);
}

std::vector<Moment> moments() {
  const std::pair<const char*, std::function<void(Door&)>> states[] = {
      {"words", [](Door&) {}},
      {"alone", [](Door& door) { door.expect_alone(); }},
      {"ask-office", [](Door& door) { door.alone_failed(Door::Alone::ask_office); }},
      {"too-often",
       [](Door& door) {
         door.expect(Door::Opener::words_or_passphrase);
         door.too_often();
       }},
      {"closed", [](Door& door) { door.say(Obstacle::closed); }}};
  std::vector<Moment> all;
  for (const auto& [name, is] : states) {
    for (const char* language : {"nl", "en", "ar", "ti"}) all.push_back({name, language, 1280, 800, is});
    for (const char* language : {"nl", "ti"}) all.push_back({name, language, 800, 480, is});
    for (const char* language : {"nl", "ar"}) all.push_back({name, language, 390, 844, is});
    all.push_back({name, "ti", 800, 1280, is});
  }
  return all;
}

class DoorPictures : public testing::TestWithParam<Moment> {};

TEST_P(DoorPictures, AreAsStored) {
  DoorGlass g(GetParam().language, GetParam().wide, GetParam().high);
  GetParam().is(g.door);
  g.show();
  EXPECT_EQ(g.glass().stage().unknown_glyphs(), 0u);
  EXPECT_EQ(g.glass().stage().overflows(), 0) << "a text does not fit";
  EXPECT_EQ(g.glass().differs_from("screens/" + name_of(GetParam())), "");
}

INSTANTIATE_TEST_SUITE_P(All, DoorPictures, testing::ValuesIn(moments()), [](const auto& info) {
  std::string name = name_of(info.param);
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace huisbord::tests
