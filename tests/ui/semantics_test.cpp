// SPDX-License-Identifier: GPL-3.0-or-later
// What is on screen as a tree: names, values, states, languages, places after mirroring.
#include <gtest/gtest.h>

#include <cmath>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/pager.h"
#include "app/kiosk/widgets/rows.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

TEST(Semantics, ATargetTellsNameValueStateAndPlace) {
  SceneOf scene({}, [](Ui& ui) {
    auto root = ui.screen("x", "Leefgeld");
    (void)list_row(ui, {100, 200, 400, 88}, {.title = "Weekgeld", .reason = "week 15", .amount = "+ € 58,50", .selected = true});
    (void)button(ui, {100, 300, 200, 80}, {.label = "Ik kom", .dead = true});
  });
  Glass glass(1280, 800, scene);
  const Node row = glass.node("Weekgeld");
  EXPECT_EQ(row.role, Role::row);
  EXPECT_EQ(row.value, "week 15, + € 58,50");
  EXPECT_TRUE(row.target);
  EXPECT_TRUE(row.state.selected);
  EXPECT_EQ(row.language, "nl");
  EXPECT_EQ(row.rect, (Rect{100, 200, 400, 88}));
  ASSERT_GE(row.parent, 0);
  EXPECT_EQ(glass.stage().tree().nodes()[static_cast<std::size_t>(row.parent)].name, "Leefgeld");
  EXPECT_FALSE(glass.node("Ik kom").target);
  EXPECT_TRUE(glass.node("Ik kom").state.disabled);
}

TEST(Semantics, RightToLeftMirrorsPlacesButNotTheKeypad) {
  SceneOf scene({.language = "ar"}, [](Ui& ui) {
    ui.text({32, 24, 300, 40}, "أهلا", type::body);
    auto inside = ui.language("nl");
    ui.text({332, 24, 300, 40}, "Nederlands", type::body);
    (void)keypad(ui, {866, 200, 356, 396}, {"اقرأ", "امسح"});
  });
  Glass glass(1280, 800, scene);
  EXPECT_EQ(glass.node("أهلا").rect.x, 1280 - 332);
  EXPECT_EQ(glass.node("أهلا").language, "ar");
  EXPECT_EQ(glass.node("Nederlands").language, "nl");
  EXPECT_EQ(glass.node("1").rect.x, 1280 - 866 - 356);
  EXPECT_LT(glass.node("1").rect.x, glass.node("2").rect.x);
  EXPECT_LT(glass.node("2").rect.x, glass.node("3").rect.x);
}

TEST(Semantics, ThePagesOfASwipeShowTheirOwnNodesAlone) {
  PagerState state;
  SceneOf scene({}, [&](Ui& ui) {
    pager(ui, {0, 0, 1280, 400}, state, 2, "lijst", [&](int page, Rect area) { ui.text(area, page == 0 ? "een" : "twee", type::body); });
  });
  Glass glass(1280, 800, scene);
  glass.drag({900, 100}, {500, 100}, 100, false);
  EXPECT_TRUE(glass.shows("een"));
  EXPECT_FALSE(glass.shows("twee"));
}

TEST(Semantics, APinAndAPassphraseAreNeverInTheTree) {
  SceneOf scene({}, [](Ui& ui) {
    pin_rings(ui, {0, 0, 400, 40}, 3, "code");
    secret_field(ui, {0, 100, 800, 80}, Section::team, 5, "zin");
  });
  Glass glass(1280, 800, scene);
  EXPECT_EQ(glass.node("code").value, "3 / 6");
  EXPECT_EQ(glass.node("zin").value, "5");
}

TEST(Semantics, TargetsOfOneNameAreToldApart) {
  std::vector<int> hits(3);
  SceneOf scene({}, [&](Ui& ui) {
    for (int i = 0; i < 3; ++i)
      if (button(ui, {0, static_cast<float>(i) * 100, 200, 80}, {.label = "Vraag"})) ++hits[static_cast<std::size_t>(i)];
  });
  Glass glass(1280, 800, scene);
  const Point second{100, 140};
  glass.drag(second, second, 50);
  EXPECT_EQ(hits, (std::vector<int>{0, 1, 0}));
}

TEST(Keyboard, TypesLettersShiftsAndChangesLanguage) {
  KeyboardState state;
  std::u32string typed;
  int erased = 0, entered = 0;
  SceneOf scene({}, [&](Ui& ui) {
    const KeyPress press = keyboard(ui, state,
                                    {.shift = "hoofdletter",
                                     .erase = "wis",
                                     .enter = "klaar",
                                     .digits = "123",
                                     .letters = "abc",
                                     .space = "spatie",
                                     .other_language = "taal",
                                     .space_label = "Nederlands",
                                     .other_label = "العربية",
                                     .other_layout = "ar"});
    if (press.kind == KeyPress::Kind::character) typed += press.character;
    if (press.kind == KeyPress::Kind::erase) ++erased;
    if (press.kind == KeyPress::Kind::enter) ++entered;
  });
  Glass glass(1280, 800, scene);
  for (const char* key : {"h", "hoofdletter", "U", "i", "spatie", "123", "7", "abc", "wis", "klaar", "العربية", "ب"}) glass.tap(key);
  EXPECT_EQ(typed, U"hUi 7ب");
  EXPECT_EQ(erased, 1);
  EXPECT_EQ(entered, 1);
}

TEST(Viewport, EveryPanelGivesTheArrangementsWhatTheyWerePromised) {
  for (const auto& [w, h] : {std::pair{800, 480}, {1280, 800}, {1920, 1080}, {1024, 600}, {3840, 2160}}) {
    for (const std::optional<float> mm : {std::optional<float>{}, std::optional{3.6f}, std::optional{5.87f}, std::optional{12.0f}}) {
      const Viewport v = viewport_for(w, h, mm);
      const bool small = v.form == Form::small;
      EXPECT_TRUE(small || v.form == Form::landscape);
      EXPECT_GE(v.width, small ? 849.9f : 1279.9f) << w << 'x' << h;
      EXPECT_GE(v.height, small ? 509.9f : 799.9f) << w << 'x' << h;
      EXPECT_NEAR(v.width * v.scale, static_cast<float>(w), 0.5f);
    }
  }
  EXPECT_FLOAT_EQ(viewport_for(1280, 800, 149 / 25.4f).scale, 1);
  EXPECT_EQ(viewport_for(390, 844).form, Form::phone);
  EXPECT_FLOAT_EQ(viewport_for(390, 844).width, 390);
  EXPECT_EQ(viewport_for(800, 1280).form, Form::portrait);
  EXPECT_FLOAT_EQ(viewport_for(800, 1280).width, 800);
}

TEST(Viewport, ASmallPanelKeepsTheMillimetres) {
  struct Panel {
    int wide, high;
    float inches;
    Form form;
  };
  for (const Panel& panel : {Panel{800, 480, 7, Form::small}, Panel{1024, 600, 7, Form::small}, Panel{1280, 800, 8, Form::small},
                             Panel{1024, 600, 9, Form::small}, Panel{1280, 800, 10.1f, Form::landscape},
                             Panel{1920, 1200, 10.1f, Form::landscape}, Panel{1920, 1080, 15.6f, Form::landscape}}) {
    const float per_mm = std::hypot(static_cast<float>(panel.wide), static_cast<float>(panel.high)) / (panel.inches * 25.4f);
    const Viewport v = viewport_for(panel.wide, panel.high, per_mm);
    EXPECT_EQ(v.form, panel.form) << panel.wide << " on " << panel.inches;
    EXPECT_GE(72 * v.scale / per_mm, 11.5f) << panel.wide << " on " << panel.inches << ": a target of 72 units in millimetres";
  }
  EXPECT_EQ(viewport_for(800, 480).form, Form::small) << "a panel that says nothing";
}

TEST(BottomBar, WordsGiveWayWhenTheyDoNotFitAndEveryButtonStaysInItsPlace) {
  for (const TextSize size : {TextSize::normal, TextSize::large, TextSize::larger, TextSize::largest})
    for (const auto& [w, h] : {std::pair{1280, 800}, {800, 480}, {390, 844}, {800, 1280}}) {
      SceneOf scene({.text_size = size}, [&](Ui& ui) {
        (void)bottom_bar(ui, {.home = "Start",
                              .language = "Nederlands",
                              .read_aloud = "Lees voor",
                              .letters = "Letters",
                              .stop = "Stoppen",
                              .stop_time = "nog 1:42",
                              .stop_left = 0.8f});
      });
      Glass glass(w, h, scene);
      EXPECT_EQ(glass.stage().overflows(), 0) << w << 'x' << h << " at " << static_cast<int>(size);
      float end = 0;
      for (const char* name : {"Start", "Nederlands", "Lees voor", "Letters", "Stoppen"}) {
        const Rect r = glass.node(name).rect;
        EXPECT_GE(r.x, end) << name << ' ' << w << 'x' << h << " at " << static_cast<int>(size);
        end = r.end();
      }
      EXPECT_LE(end, glass.stage().viewport().width + 0.1f);
    }
}

}  // namespace
}  // namespace huisbord::tests
