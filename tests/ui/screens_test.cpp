// SPDX-License-Identifier: GPL-3.0-or-later
// Every screen in every complete language, upright and wide, at every size of letters, against its stored picture; nothing cut, nothing too
// small to touch.
#include <algorithm>
#include <functional>

#include "core/i18n/dates.h"
#include "tests/ui/panels.h"

namespace huisbord::tests {
namespace {

struct Case {
  std::string screen;
  Place place;
  std::string language;
  int wide, high;
  TextSize size = TextSize::normal;
  Contrast contrast = Contrast::normal;
  std::function<void(HouseGlass&)> then = {};  ///< what is done on it before the picture is taken
};

std::string name_of(const Case& c) {
  std::string name = c.screen + "-" + c.language + "-" + std::to_string(c.wide) + "x" + std::to_string(c.high);
  if (c.size != TextSize::normal) name += c.size == TextSize::large ? "-130" : c.size == TextSize::larger ? "-160" : "-200";
  if (c.contrast == Contrast::high) name += "-contrast";
  return name;
}

void PrintTo(const Case& c, std::ostream* out) { *out << name_of(c); }

std::vector<Case> screens() {
  std::vector<Case> all;
  for (const auto& [name, place] : places) {
    for (const char* language : {"nl", "en", "ar", "ti"}) {
      all.push_back({name, place, language, 1280, 800});
      all.push_back({name, place, language, 390, 844});
    }
    for (const char* language : {"nl", "ar", "ti"}) all.push_back({name, place, language, 800, 480});  // 7 inch
    for (const char* language : {"en", "ti"}) all.push_back({name, place, language, 390, 844, TextSize::largest});
    all.push_back({name, place, "nl", 800, 480, TextSize::large});
    all.push_back({name, place, "nl", 800, 480, TextSize::largest});
    all.push_back({name, place, "nl", 1920, 1080});
    all.push_back({name, place, "nl", 800, 1280});
    for (const TextSize size : {TextSize::large, TextSize::larger, TextSize::largest}) {
      all.push_back({name, place, "nl", 1280, 800, size});
      all.push_back({name, place, "ar", 1280, 800, size});
      all.push_back({name, place, "nl", 390, 844, size});
    }
    all.push_back({name, place, "nl", 1280, 800, TextSize::normal, Contrast::high});
    all.push_back({name, place, "nl", 1280, 800, TextSize::larger, Contrast::high});
  }
  return all;
}

void choose_samir(HouseGlass& g) {
  const std::string who = g.sign_of(Symbol::paw, "7");
  for (int page = 0; page < 20 && !g.glass().shows(who); ++page) {
    const auto tabs = g.glass().stage().tree().all(ui::Role::tab);
    const auto chosen = std::ranges::find_if(tabs, [](const ui::Node* tab) { return tab->state.selected; });
    ASSERT_NE(chosen, tabs.end());
    ASSERT_NE(chosen + 1, tabs.end());
    g.glass().tap(std::string((*(chosen + 1))->name));
  }
  g.glass().tap(who);
}

void turn_until(HouseGlass& g, const std::string& begin) {
  const auto there = [&] {
    return std::ranges::any_of(g.glass().stage().tree().nodes(), [&](const ui::Node& node) { return node.name.starts_with(begin); });
  };
  for (int page = 0; page < 10 && !there(); ++page) {
    g.glass().tap(g.say(i18n::Key("common.page_next")));
    g.glass().advance(400);
  }
}

void type_code(HouseGlass& g, std::string_view code) {
  for (const char digit : code) g.glass().tap(std::string(1, digit));
}

std::vector<Case> moments() {
  using i18n::Key;
  const auto nl = [](const char* name, Place place, std::function<void(HouseGlass&)> then, int wide = 1280, int high = 800) {
    return Case{name, place, "nl", wide, high, TextSize::normal, Contrast::normal, std::move(then)};
  };
  const auto open_line = [](HouseGlass& g) {
    const std::string line = g.say(Key("question.open")) + ": " + g.say(Key("leefgeld.kind.deduction"));
    turn_until(g, line);
    g.glass().tap(line);
  };
  const auto ask_cannot = [](HouseGlass& g) { g.glass().tap(g.say(Key("answer.cannot"))); };
  const auto come = [](HouseGlass& g) { g.glass().tap(g.say(Key("answer.come"))); };
  std::vector<Case> all = {
      nl("moment-code", Place::sign_in, [](HouseGlass& g) { choose_samir(g), type_code(g, "482"); }),
      nl(
          "moment-code", Place::sign_in, [](HouseGlass& g) { choose_samir(g), type_code(g, "482"); }, 800, 1280),
      nl(
          "moment-code", Place::sign_in, [](HouseGlass& g) { choose_samir(g), type_code(g, "482"); }, 800, 480),
      nl("moment-toast", Place::home, come, 800, 480),
      nl(
          "moment-one", Place::appointments,
          [](HouseGlass& g) { g.glass().tap(g.target(i18n::near_day(g.host.words(), g.house.moment.today + 1, g.house.moment.today))); },
          800, 480),
      nl(
          "moment-letters", Place::home, [](HouseGlass& g) { g.glass().tap(g.say(Key("bar.letters"))); }, 800, 480),
      nl(
          "moment-languages", Place::home, [](HouseGlass& g) { g.glass().tap(i18n::own_name(i18n::Language::nl)); }, 800, 480),
      nl("moment-wrong-code", Place::sign_in,
         [](HouseGlass& g) {
           choose_samir(g), type_code(g, "111111");
           g.glass().advance(500);
         }),
      nl("moment-line", Place::leefgeld, open_line),
      nl("moment-line", Place::leefgeld, open_line, 390, 844),
      nl("moment-question", Place::leefgeld,
         [open_line](HouseGlass& g) {
           open_line(g);
           g.glass().tap(g.say(Key("question.ask")));
           g.glass().advance(9000);
         }),
      nl("moment-cell", Place::tasks,
         [](HouseGlass& g) {
           g.glass().tap(g.host.words().text(Key("task.cell_state"), {{"task", g.say(Key("task.kind.shower"))},
                                                                      {"day", i18n::weekday(g.host.words(), g.house.moment.today + 4)},
                                                                      {"state", g.say(Key("task.state.open"))}}));
         }),
      nl("moment-toast", Place::home, come),
      nl("moment-toast", Place::home, come, 390, 844),
      nl("moment-answered", Place::appointments,
         [come](HouseGlass& g) {
           come(g);
           g.glass().advance(9000);
         }),
      nl("moment-sure", Place::appointments, ask_cannot),
      nl("moment-sure", Place::appointments, ask_cannot, 390, 844),
      nl("moment-languages", Place::home, [](HouseGlass& g) { g.glass().tap(i18n::own_name(i18n::Language::nl)); }),
      nl(
          "moment-languages", Place::home, [](HouseGlass& g) { g.glass().tap(i18n::own_name(i18n::Language::nl)); }, 390, 844),
      nl("moment-letters", Place::home, [](HouseGlass& g) { g.glass().tap(g.say(Key("bar.letters"))); }),
      nl(
          "moment-letters", Place::home, [](HouseGlass& g) { g.glass().tap(g.say(Key("bar.letters"))); }, 390, 844),
      nl("moment-soon", Place::home, [](HouseGlass& g) { g.glass().advance(105000); }),
      nl(
          "moment-soon", Place::home, [](HouseGlass& g) { g.glass().advance(105000); }, 390, 844),
      nl("moment-waiting", Place::home,
         [](HouseGlass& g) {
           g.house.sync_view = {SyncView::State::waiting, 3, MinuteOfDay{10 * 60 + 32}, {}};
           g.glass().advance(2000);
         }),
      nl("moment-looked-at", Place::home,
         [](HouseGlass& g) {
           g.house.sync_view = {SyncView::State::someone_looks, 3, MinuteOfDay{10 * 60 + 32}, "Marieke"};
           g.glass().advance(2000);
         }),
  };
  const auto noticed = [](HouseGlass& g) {
    g.house.noticed = {
        {Concern::Kind::forked, {}}, {Concern::Kind::withheld, {}}, {Concern::Kind::nothing_from_office, g.house.moment.today + -5}};
    g.glass().advance(31000);
  };
  const auto matter = [noticed](HouseGlass& g) {
    noticed(g);
    g.glass().tap(g.say(Key("state.title")));
  };
  const auto lock = [](HouseGlass& g) {
    g.glass().tap(g.say(Key("bar.letters")));
    g.glass().tap(g.say(Key("lock.button")));
    g.glass().advance(400);
    g.glass().press(g.say(Key("lock.yes")));
    g.glass().advance(1500);
  };
  for (const char* language : {"nl", "en", "ar", "ti"})
    for (const auto& [wide, high] : {std::pair{1280, 800}, std::pair{800, 1280}}) {
      all.push_back({"moment-matter", Place::board, language, wide, high, TextSize::normal, Contrast::normal, matter});
      all.push_back({"moment-lock", Place::sign_in, language, wide, high, TextSize::normal, Contrast::normal, lock});
    }
  const auto copied = [](HouseGlass& g) {
    g.house.noticed = {{Concern::Kind::copied, {}}, {Concern::Kind::nothing_from_office, g.house.moment.today + -5}};
    g.host.on_renew = [] {};
    g.glass().advance(31000);
    g.glass().tap(g.say(Key("state.title")));
  };
  for (const char* language : {"nl", "en", "ar", "ti"})
    for (const auto& [wide, high] : {std::pair{1280, 800}, std::pair{390, 844}})
      all.push_back({"moment-copied", Place::board, language, wide, high, TextSize::normal, Contrast::normal, copied});
  all.push_back({"moment-copied", Place::board, "ti", 800, 480, TextSize::normal, Contrast::normal, copied});
  all.push_back({"moment-copied", Place::home, "nl", 390, 844, TextSize::largest, Contrast::normal, copied});
  all.push_back({"moment-copied", Place::home, "nl", 800, 480, TextSize::largest, Contrast::normal, copied});
  all.push_back({"moment-copied", Place::home, "nl", 800, 1280, TextSize::normal, Contrast::high, copied});
  all.push_back({"moment-noticed", Place::board, "nl", 1280, 800, TextSize::normal, Contrast::normal, noticed});
  all.push_back({"moment-noticed", Place::home, "ar", 800, 480, TextSize::normal, Contrast::normal, noticed});
  all.push_back({"moment-noticed", Place::home, "nl", 390, 844, TextSize::normal, Contrast::normal, noticed});
  all.push_back({"moment-matter", Place::home, "nl", 390, 844, TextSize::normal, Contrast::normal, matter});
  all.push_back({"moment-matter", Place::home, "nl", 1280, 800, TextSize::largest, Contrast::normal, matter});
  all.push_back({"moment-matter", Place::home, "nl", 800, 480, TextSize::largest, Contrast::normal, matter});
  all.push_back({"moment-matter", Place::home, "ar", 1280, 800, TextSize::normal, Contrast::high, matter});
  for (const Case& c : std::vector<Case>(all))
    if (c.screen == "moment-letters" || c.screen == "moment-sure" || c.screen == "moment-toast" || c.screen == "moment-soon") {
      Case largest = c;
      largest.size = TextSize::largest;
      if (c.screen != "moment-sure") all.push_back(largest);
      Case bright = c;
      bright.contrast = Contrast::high;
      all.push_back(bright);
    }
  for (const Case& c : std::vector<Case>(all))
    if (c.wide == 1280 && c.language == "nl" && c.size == TextSize::normal && c.contrast == Contrast::normal) {
      Case arabic = c;
      arabic.language = "ar";
      const bool has_one =
          c.screen == "moment-languages" || c.screen == "moment-matter" || c.screen == "moment-lock" || c.screen == "moment-copied";
      if (!has_one) all.push_back(arabic);
    }
  return all;
}

class Screens : public testing::TestWithParam<Case> {
 protected:
  static void show(HouseGlass& g) {
    const Case& c = GetParam();
    const bool inside = c.place != Place::board && c.place != Place::sign_in && c.place != Place::first_pin;
    if (inside) {
      g.let_in(c.place, c.language, c.size, c.contrast);
    } else {
      g.host.choose_text_size(c.size);
      g.host.choose_contrast(c.contrast);
      g.show(c.place);
    }
    g.glass().settle();
    if (c.then) c.then(g);
  }
};

/// By a standing person: large enough, apart, and on the glass.
void can_be_touched(HouseGlass& g, Place place) {
  const ui::Viewport& view = g.glass().stage().viewport();
  const float least = view.form == ui::Form::phone ? 56 : 72;
  std::vector<const ui::Node*> targets;
  for (const ui::Node& node : g.glass().stage().tree().nodes()) {
    if (node.role == ui::Role::dialog) targets.clear();  // what lies under a sheet is out of reach
    if (node.target) targets.push_back(&node);
  }
  for (const ui::Node* node : targets) {
    const bool letter = node->role == ui::Role::key && place == Place::first_pin;  // a whole keyboard fits in no other way
    if (!letter) {
      EXPECT_GE(std::min(node->rect.w, node->rect.h), least - 0.5f) << node->name;
    }
    EXPECT_GE(node->rect.x, -0.5f) << node->name;
    EXPECT_GE(node->rect.y, -0.5f) << node->name;
    EXPECT_LE(node->rect.end(), view.width + 0.5f) << node->name;
    EXPECT_LE(node->rect.bottom(), view.height + 0.5f) << node->name;
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    for (std::size_t k = i + 1; k < targets.size(); ++k) {
      const ui::Rect &a = targets[i]->rect, &b = targets[k]->rect;
      const float across = std::max(a.x - b.end(), b.x - a.end()), down = std::max(a.y - b.bottom(), b.y - a.bottom());
      const bool keys = targets[i]->role == ui::Role::key && place == Place::first_pin;
      // What comes for some seconds lies over the screen.
      const auto comes = [&](const ui::Node* node) { return node->name == g.say(i18n::Key("bar.stay")); };
      if (keys || comes(targets[i]) || comes(targets[k])) continue;
      const bool phone_bar = view.form == ui::Form::phone && std::min(a.y, b.y) > view.height - 88;
      EXPECT_GE(std::max(across, down), (phone_bar ? 4.0f : 6.0f) - 0.1f) << targets[i]->name << " and " << targets[k]->name;
    }
}

TEST_P(Screens, LookAsStoredAndCanBeTouched) {
  HouseGlass g(GetParam().language, GetParam().wide, GetParam().high);
  show(g);
  EXPECT_EQ(g.glass().stage().unknown_glyphs(), 0u);
  EXPECT_EQ(g.glass().stage().overflows(), 0) << "a text does not fit";
  EXPECT_EQ(g.glass().differs_from("screens/" + name_of(GetParam())), "");
  can_be_touched(g, GetParam().place);
}

const auto called = [](const auto& info) {
  std::string name = name_of(info.param);
  std::ranges::replace(name, '-', '_');
  return name;
};
INSTANTIATE_TEST_SUITE_P(Wide, Screens, testing::ValuesIn(screens()), called);
INSTANTIATE_TEST_SUITE_P(Moments, Screens, testing::ValuesIn(moments()), called);

}  // namespace
}  // namespace huisbord::tests
