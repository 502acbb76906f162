// SPDX-License-Identifier: GPL-3.0-or-later
// A first start and a renewal: what they show, what they take, and what they keep to themselves; against stored pictures.
#include "app/kiosk/screens/pairing.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using i18n::Key;
using Stage = PairingView::Stage;
using End = PairingView::End;

class Office final : public PairingActions {
 public:
  [[nodiscard]] SixWords house_phrase() override { return phrases == 0 ? first : second; }
  void forget_phrase() override { ++phrases; }
  [[nodiscard]] bool is_code(const std::string& typed) const override { return typed == "ABCD2345"; }
  void begin(const std::string& code, const std::string& staff_passphrase) override {
    begun = code;
    passphrase = staff_passphrase;
    now.stage = Stage::looking;
  }
  [[nodiscard]] PairingView view() const override { return now; }
  void answer(bool words_agree) override { answered = words_agree; }
  void start_over() override {
    ++started_over;
    now = {};
  }

  static constexpr SixWords first{"anker", "bezem", "citroen", "duif", "emmer", "fluit"};
  static constexpr SixWords second{"gras", "hamer", "inkt", "jas", "kaars", "lepel"};
  int phrases = 0, started_over = 0;
  std::string begun, passphrase;
  std::optional<bool> answered;
  PairingView now;
};

class PairingGlass {
 public:
  explicit PairingGlass(const std::string& language = "nl", int wide = 1280, int high = 800)
      : words(HUISBORD_BINARY_DIR "/locale", [](const std::string& line) { ADD_FAILURE() << line; }),
        language_(*i18n::language_of(language)),
        wide_(wide),
        high_(high) {}
  void show() {
    std::optional<PairingScreen::Renewing> renewing;
    if (renews) {
      renewing = PairingScreen::Renewing{.begin_check = nullptr, .poll_check = [this] { return known; }, .leave = [this] { ++left; }};
      if (has_staff) renewing->begin_check = [this](const std::string& passphrase) { checked = passphrase; };
    }
    screen_ = std::make_unique<PairingScreen>(office, words, language_, std::move(renewing));
    scene_ = std::make_unique<SceneWith<PairingScreen>>(*screen_);
    glass_ = std::make_unique<Glass>(wide_, high_, *scene_, std::nullopt, Drawn::when_looked_at);
  }
  Glass& glass() { return *glass_; }
  [[nodiscard]] std::string say(Key key) { return words.of(language_).text(key); }
  void see(PairingView view) {
    office.now = view;
    glass().stage().request_frame();
    glass().settle();
  }
  void type(std::string_view text) {
    for (const char c : text) glass().tap(c == ' ' ? say(Key("keyboard.space")) : std::string(1, c));
    glass().tap(say(Key("keyboard.done")));
  }
  void to_phrase() { glass().tap(say(Key("pair.begin"))); }
  void to_phrase_again() {
    to_phrase();
    glass().tap(say(Key("pair.phrase.written")));
  }
  void to_staff() {
    to_phrase_again();
    type("anker bezem citroen duif emmer fluit");
  }
  void to_code() {
    to_staff();
    type("wachtzin");
    type("wachtzin");
  }
  void code(std::string_view text) {
    for (const char c : text) glass().tap(std::string(1, c));
  }
  [[nodiscard]] std::string all_said() const {
    std::string said;
    for (const ui::Node& node : glass_->stage().tree().nodes()) said += node.name + "\n" + node.value + "\n";
    return said;
  }

  Office office;
  Words words;
  bool renews = false, has_staff = true;
  std::optional<bool> known;  ///< whether it is a passphrase of staff
  std::string checked;
  int left = 0;

 private:
  i18n::Language language_;
  int wide_, high_;
  std::unique_ptr<PairingScreen> screen_;
  std::unique_ptr<SceneWith<PairingScreen>> scene_;
  std::unique_ptr<Glass> glass_;
};

TEST(Pairing, AsksForThePhraseBackThenForStaffThenForTheCode) {
  PairingGlass g;
  g.show();
  g.to_code();
  g.code("ABCD2345");
  EXPECT_EQ(g.office.begun, "ABCD2345");
  EXPECT_EQ(g.office.passphrase, "wachtzin");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.looking"))));
  g.see({.stage = Stage::waiting_for_office});
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.waiting"))));
  g.see({.stage = Stage::comparing, .words = Office::second});
  EXPECT_TRUE(g.glass().shows("hamer")) << "read aloud to the office";
  g.glass().tap(g.say(Key("pair.words.yes")));
  EXPECT_EQ(g.office.answered, true);
  g.see({.stage = Stage::joining});
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.joining"))));
}

TEST(Pairing, ShowsThePhraseAndPublishesItToNobody) {
  PairingGlass g;
  g.show();
  g.to_phrase();
  for (const std::string_view word : Office::first) EXPECT_EQ(g.all_said().find(word), std::string::npos) << word;
}

TEST(Pairing, ShowsThePhraseAgainToWhoTypesItWrong) {
  PairingGlass g;
  g.show();
  g.to_phrase_again();
  g.type("anker bezem citroen duif fluit emmer");
  EXPECT_TRUE(g.glass().shows(g.say(Key("error.wrong_phrase"))));
  g.glass().tap(g.say(Key("pair.phrase.written")));
  g.type("anker  bezem citroen duif emmer fluit ");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.staff")))) << "spaces do not count";
}

TEST(Pairing, TakesNoShortAndNoTwoDifferentPassphrases) {
  PairingGlass g;
  g.show();
  g.to_staff();
  g.type("kort");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.staff.short"))));
  g.type("wachtzin");
  g.type("wachtzim");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.staff.differs"))));
  g.type("wachtzin");
  g.type("wachtzin");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
}

TEST(Pairing, SaysThatACodeCannotBeOne) {
  PairingGlass g;
  g.show();
  g.to_code();
  g.code("ABCD2346");
  EXPECT_EQ(g.office.begun, "");
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.not_one"))));
}

TEST(Pairing, EndsInItsOwnSentenceAndGoesBackToTheCode) {
  const std::pair<End, Key> ends[] = {{End::wrong_code, Key("pair.end.wrong_code")},
                                      {End::old_code, Key("pair.end.old_code")},
                                      {End::used_code, Key("pair.end.used_code")},
                                      {End::ended_there, Key("pair.end.ended_there")},
                                      {End::words_differ, Key("pair.end.words_differ")},
                                      {End::out_of_time, Key("pair.end.out_of_time")},
                                      {End::not_the_office, Key("pair.end.not_the_office")},
                                      {End::newer, Key("error.newer")},
                                      {End::store_failed, Key("error.read_only")}};
  PairingGlass g;
  g.show();
  g.to_code();
  g.code("ABCD2345");
  int again = 0;
  for (const auto& [end, key] : ends) {
    g.see({.stage = Stage::ended, .end = end});
    EXPECT_TRUE(g.glass().shows(g.say(key)));
    g.glass().tap(g.say(Key("pair.again")));
    EXPECT_EQ(g.office.started_over, ++again);
    EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
    EXPECT_EQ(g.office.phrases, 0) << "the words on paper stay";
    g.code("ABCD2345");
  }
}

TEST(Pairing, BeginsAnewWithOtherWordsWhenEverybodyWentAway) {
  PairingGlass g;
  g.show();
  g.to_code();
  g.glass().advance(179000);
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
  g.glass().advance(2000);
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.begin"))));
  EXPECT_EQ(g.office.phrases, 1);
}

TEST(Pairing, ABoardThatWaitsToBeAdmittedSaysSoAndStartsOverOnlyWhenAsked) {
  PairingGlass g;
  g.office.now.stage = Stage::waiting_for_yes;
  g.show();
  g.glass().advance(400000);
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.waiting_for_yes")))) << "however long nobody touches it";
  g.glass().tap(g.say(Key("pair.start_over")));
  g.glass().tap(g.say(Key("common.back")));
  EXPECT_EQ(g.office.started_over, 0);
  g.see({.stage = Stage::waiting_for_yes, .relay_reached = false});
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.no_network"))));
  g.glass().tap(g.say(Key("pair.start_over")));
  g.glass().tap(g.say(Key("common.yes")));
  EXPECT_EQ(g.office.started_over, 1);
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.begin"))));
}

class Renewal : public testing::Test {
 protected:
  Renewal() { g.renews = true; }
  PairingGlass g;
};

TEST_F(Renewal, AsksWhoItIsThenForTheCodeAndMakesNoWords) {
  g.show();
  g.glass().tap(g.say(Key("pair.begin")));
  g.type("wachtzim");
  EXPECT_EQ(g.checked, "wachtzim");
  EXPECT_FALSE(g.glass().shows(g.say(Key("pair.code.title")))) << "before it is known";
  g.known = false;
  g.see({});
  EXPECT_TRUE(g.glass().shows(g.say(Key("enrol.phrase_wrong"))));
  g.known = true;
  g.type("wachtzin");
  EXPECT_EQ(g.checked, "wachtzin");
  g.see({});
  ASSERT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
  g.code("ABCD2345");
  EXPECT_EQ(g.office.begun, "ABCD2345");
  g.see({.stage = Stage::comparing, .words = Office::second});
  g.glass().tap(g.say(Key("pair.words.yes")));
  EXPECT_EQ(g.office.answered, true);
  g.see({.stage = Stage::waiting_for_yes});
  EXPECT_FALSE(g.glass().shows(g.say(Key("pair.start_over")))) << "there is nothing to throw away";
  g.see({.stage = Stage::joining});
  EXPECT_TRUE(g.glass().shows(g.say(Key("renew.joining"))));
  EXPECT_EQ(g.left, 0);
}

TEST_F(Renewal, WhereNobodyOfStaffIsKnownItAsksForTheCodeAlone) {
  g.has_staff = false;
  g.show();
  g.glass().tap(g.say(Key("pair.begin")));
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
}

TEST_F(Renewal, LeadsBackToTheBoardFromEveryStep) {
  g.has_staff = false;
  g.show();
  g.glass().tap(g.say(Key("common.back")));
  EXPECT_EQ(g.left, 1);
  g.glass().tap(g.say(Key("pair.begin")));
  g.glass().tap(g.say(Key("common.back")));
  EXPECT_EQ(g.left, 2);
  g.show();
  g.glass().tap(g.say(Key("pair.begin")));
  g.code("ABCD2345");
  for (const Stage stage : {Stage::looking, Stage::waiting_for_office, Stage::waiting_for_yes, Stage::joining, Stage::ended}) {
    g.see({.stage = stage});
    const int before = g.left;
    g.glass().tap(g.say(Key("common.back")));
    EXPECT_EQ(g.left, before + 1);
    EXPECT_GT(g.office.started_over, 0) << "and nothing goes on behind it";
  }
}

TEST_F(Renewal, KeepsAHouseFromItsBoardNoLongerThanSomebodyStandsThere) {
  g.show();
  g.glass().advance(179000);
  EXPECT_EQ(g.left, 0);
  g.glass().advance(2000);
  EXPECT_GT(g.left, 0);
}

TEST_F(Renewal, AfterAnEndAnotherCodeMayBeTyped) {
  g.has_staff = false;
  g.show();
  g.glass().tap(g.say(Key("pair.begin")));
  g.code("ABCD2345");
  g.see({.stage = Stage::ended, .end = End::old_code});
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.end.old_code"))));
  g.glass().tap(g.say(Key("pair.again")));
  EXPECT_TRUE(g.glass().shows(g.say(Key("pair.code.title"))));
  EXPECT_EQ(g.left, 0);
}

// --- pictures

struct Moment {
  std::string name, language;
  int wide, high;
  int letters = 0;  ///< taps on the button that makes them larger
  bool renews = false;
  std::function<void(PairingGlass&)> then;
};
void PrintTo(const Moment& m, std::ostream* out) { *out << m.name; }

std::string name_of(const Moment& m) {
  static constexpr const char* sizes[] = {"", "-130", "-160", "-200"};
  return (m.renews ? "renewal-" : "pairing-") + m.name + "-" + m.language + "-" + std::to_string(m.wide) + "x" + std::to_string(m.high) +
         sizes[m.letters];
}

std::vector<Moment> moments() {
  const std::pair<const char*, std::function<void(PairingGlass&)>> steps[] = {
      {"welcome", [](PairingGlass&) {}},
      {"phrase", [](PairingGlass& g) { g.to_phrase(); }},
      {"staff", [](PairingGlass& g) { g.to_staff(); }},
      {"code", [](PairingGlass& g) { g.to_code(), g.code("AB2"); }},
      {"words",
       [](PairingGlass& g) {
         g.to_code(), g.code("ABCD2345");
         g.see({.stage = Stage::comparing, .words = {"molen", "appel", "fiets", "winter", "brug", "tulp"}});
       }},
      {"waiting",
       [](PairingGlass& g) {
         g.to_code(), g.code("ABCD2345");
         g.see({.stage = Stage::waiting_for_yes});
       }},
      {"ended", [](PairingGlass& g) {
         g.to_code(), g.code("ABCD2345");
         g.see({.stage = Stage::ended, .end = End::words_differ});
       }}};
  std::vector<Moment> all;
  for (const auto& [name, then] : steps) {
    for (const char* language : {"nl", "en", "ar", "ti"})
      for (const auto& [wide, high] : {std::pair{1280, 800}, std::pair{800, 1280}})
        all.push_back({name, language, wide, high, 0, false, then});
    all.push_back({name, "nl", 390, 844, 0, false, then});
    all.push_back({name, "nl", 800, 480, 0, false, then});
    all.push_back({name, "ti", 800, 480, 0, false, then});
    all.push_back({name, "nl", 1280, 800, 3, false, then});
    all.push_back({name, "ar", 1280, 800, 2, false, then});
    all.push_back({name, "nl", 800, 1280, 3, false, then});
  }
  const std::pair<const char*, std::function<void(PairingGlass&)>> renewal[] = {
      {"welcome", [](PairingGlass&) {}},
      {"staff", [](PairingGlass& g) { g.glass().tap(g.say(Key("pair.begin"))); }},
      {"code",
       [](PairingGlass& g) {
         g.known = true;
         g.glass().tap(g.say(Key("pair.begin")));
         g.type("wachtzin");
         g.see({});
         g.code("AB2");
       }},
      {"joining", [](PairingGlass& g) {
         g.known = true;
         g.glass().tap(g.say(Key("pair.begin")));
         g.type("wachtzin");
         g.see({});
         g.code("ABCD2345");
         g.see({.stage = Stage::joining});
       }}};
  for (const auto& [name, then] : renewal) {
    for (const char* language : {"nl", "en", "ar", "ti"}) all.push_back({name, language, 1280, 800, 0, true, then});
    all.push_back({name, "ti", 800, 1280, 0, true, then});
    all.push_back({name, "nl", 390, 844, 0, true, then});
    all.push_back({name, "ar", 390, 844, 0, true, then});
    all.push_back({name, "ti", 800, 480, 0, true, then});
    all.push_back({name, "nl", 1280, 800, 3, true, then});
  }
  return all;
}

class PairingPictures : public testing::TestWithParam<Moment> {
 protected:
  static void show(PairingGlass& g) {
    g.renews = GetParam().renews;
    g.show();
    for (int i = 0; i < GetParam().letters; ++i) g.glass().tap(g.say(Key("bar.letters")));
    GetParam().then(g);
  }
};

TEST_P(PairingPictures, AreAsStored) {
  PairingGlass g(GetParam().language, GetParam().wide, GetParam().high);
  show(g);
  EXPECT_EQ(g.glass().stage().unknown_glyphs(), 0u);
  EXPECT_EQ(g.glass().stage().overflows(), 0) << "a text does not fit";
  EXPECT_EQ(g.glass().differs_from("screens/" + name_of(GetParam())), "");
  const ui::Viewport& view = g.glass().stage().viewport();
  const float least = view.form == ui::Form::phone ? 56 : 72;
  for (const ui::Node& node : g.glass().stage().tree().nodes()) {
    if (!node.target) continue;
    const bool letter = node.role == ui::Role::key && GetParam().name == "staff";  // a whole keyboard fits in no other way
    if (!letter) {
      EXPECT_GE(std::min(node.rect.w, node.rect.h), least - 0.5f) << node.name;
    }
    EXPECT_LE(node.rect.end(), view.width + 0.5f) << node.name;
    EXPECT_LE(node.rect.bottom(), view.height + 0.5f) << node.name;
  }
}

INSTANTIATE_TEST_SUITE_P(All, PairingPictures, testing::ValuesIn(moments()), [](const auto& info) {
  std::string name = name_of(info.param);
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace huisbord::tests
