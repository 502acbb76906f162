// SPDX-License-Identifier: GPL-3.0-or-later
// What a finger may do: tap, swipe, slip, tremble, come back too soon; and what it must never do.
#include <gtest/gtest.h>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/pager.h"
#include "app/kiosk/widgets/rows.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

/// Two screens, a list of three pages on the first, a sheet on demand.
struct House {
  std::string screen = "list";
  PagerState pager;
  int taps = 0, opened = 0, answers = 0;
  bool sheet = false;
  Look look;

  void draw(Ui& ui) {
    auto root = ui.screen(screen, screen);
    page_ground(ui);
    if (screen == "list") {
      ui::pager(ui, {32, 120, 1216, 400}, pager, 3, "lijst", [&](int page, Rect area) {
        for (int row = 0; row < 3; ++row) {
          const std::string title = "rij " + std::to_string(page * 3 + row);
          if (list_row(ui, {area.x, area.y + static_cast<float>(row) * 120, area.w, 108}, {.title = title})) ++taps;
        }
      });
      const std::string where = "Pagina " + std::to_string(pager.page + 1) + " van 3";
      pager_arrows(ui, {32, 540, 400, 72}, pager, 3, {"vorige", "volgende", where});
      if (button(ui, {500, 540, 200, 80}, {.label = "open"})) screen = "other";
      if (button(ui, {720, 540, 200, 80}, {.label = "vraag"})) sheet = true;
    } else if (button(ui, {500, 540, 200, 80}, {.label = "diep"})) {
      ++opened;
    }
    if (sheet) {
      const SheetAnswer answer = confirm_sheet(ui, {.question = "Zeker?", .yes = "ja", .no = "nee"});
      if (answer != SheetAnswer::none) {
        ++answers;
        sheet = false;
      }
    }
  }
};

class Touch : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { scene_.look_.language = GetParam(); }
  [[nodiscard]] bool rtl() const { return std::string(GetParam()) == "ar"; }
  /// To the next page: the finger moves against the line of reading.
  [[nodiscard]] float onward(float distance) const { return rtl() ? distance : -distance; }

  House house_;
  SceneOf scene_{{}, [this](Ui& ui) { house_.draw(ui); }};
};
INSTANTIATE_TEST_SUITE_P(LeftAndRight, Touch, testing::Values("nl", "ar"), [](const auto& p) { return std::string(p.param); });

TEST_P(Touch, ATapIsAnsweredAndShownInTheSameFrame) {
  Glass glass(1280, 800, scene_);
  glass.tap("open");
  EXPECT_TRUE(glass.shows("diep"));
  EXPECT_FALSE(glass.shows("open"));
}

TEST_P(Touch, AFastTapWithinOneFrameCounts) {
  Glass glass(1280, 800, scene_);
  const Rect r = glass.node("rij 1").rect;
  const Point at{r.centre().x, r.centre().y};
  glass.stage().input().finger_down(7, at);
  glass.stage().input().finger_up(7, at);
  glass.settle();
  EXPECT_EQ(house_.taps, 1);
}

TEST_P(Touch, TouchesAreIgnoredFor300MsAfterTheScreenChanged) {
  Glass glass(1280, 800, scene_);
  glass.tap("open");
  glass.advance(100);
  glass.tap_at_once("diep");  // the second tap of a double tap: it lies where "open" was
  EXPECT_EQ(house_.opened, 0);
  glass.advance(300);
  glass.tap_at_once("diep");
  EXPECT_EQ(house_.opened, 1);
}

TEST_P(Touch, ASheetThatOpensIgnoresTheSecondTapToo) {
  Glass glass(1280, 800, scene_);
  glass.tap("vraag");
  glass.advance(50);
  glass.tap_at_once("ja");
  EXPECT_EQ(house_.answers, 0);
  glass.tap("ja");
  EXPECT_EQ(house_.answers, 1);
}

TEST_P(Touch, WhatLiesUnderASheetIsOutOfReach) {
  Glass glass(1280, 800, scene_);
  const Rect row = glass.node("rij 0").rect;
  glass.tap("vraag");
  glass.advance(400);
  glass.drag({row.x + 20, row.y + 20}, {row.x + 20, row.y + 20}, 40);
  EXPECT_EQ(house_.taps, 0);
  glass.drag({row.x + 300, row.y + 20}, {row.x + 900, row.y + 20}, 100);
  EXPECT_EQ(house_.pager.page, 0);
}

TEST_P(Touch, ASwipeTurnsThePageAndTapsNothing) {
  Glass glass(1280, 800, scene_);
  glass.swipe("lijst", onward(600));
  EXPECT_EQ(house_.pager.page, 1);
  glass.advance(400);
  EXPECT_TRUE(glass.shows("rij 3"));
  EXPECT_FALSE(glass.shows("rij 0"));
  glass.swipe("lijst", -onward(600));
  EXPECT_EQ(house_.pager.page, 0);
  EXPECT_EQ(house_.taps, 0);
}

TEST_P(Touch, TheListFollowsTheFinger) {
  Glass glass(1280, 800, scene_);
  const float x = glass.node("rij 0").rect.x;
  const Point from = glass.node("lijst").rect.centre();
  glass.drag(from, {from.x + onward(200), from.y}, 100, false);
  EXPECT_NEAR(glass.node("rij 0").rect.x - x, onward(200), 1);
  EXPECT_FALSE(glass.node("rij 0").state.pressed);
  glass.release();
}

TEST_P(Touch, AShortSlowSwipeComesBack) {
  Glass glass(1280, 800, scene_);
  glass.swipe("lijst", onward(200), 1600);
  EXPECT_EQ(house_.pager.page, 0);
  EXPECT_EQ(house_.taps, 0);
  glass.advance(400);
  EXPECT_FLOAT_EQ(glass.node("rij 0").rect.x, 32);
}

TEST_P(Touch, AQuickShortSwipeTurns) {
  Glass glass(1280, 800, scene_);
  glass.swipe("lijst", onward(200), 80);
  EXPECT_EQ(house_.pager.page, 1);
}

TEST_P(Touch, NoPageLiesBeforeTheFirst) {
  Glass glass(1280, 800, scene_);
  glass.swipe("lijst", -onward(700));
  EXPECT_EQ(house_.pager.page, 0);
  glass.advance(400);
  EXPECT_FLOAT_EQ(glass.node("rij 0").rect.x, 32);
}

TEST_P(Touch, TheArrowDoesWhatTheSwipeDoes) {
  Glass glass(1280, 800, scene_);
  glass.tap("volgende");
  EXPECT_EQ(house_.pager.page, 1);
  glass.advance(400);
  EXPECT_TRUE(glass.shows("rij 3"));
  EXPECT_TRUE(glass.shows("Pagina 2 van 3"));
  glass.tap("vorige");
  EXPECT_EQ(house_.pager.page, 0);
  EXPECT_TRUE(glass.node("vorige").state.disabled);
}

TEST_P(Touch, AFingerThatTremblesStillTaps) {
  Glass glass(1280, 800, scene_);
  const Point at = glass.node("rij 2").rect.centre();
  glass.drag(at, {at.x + 14, at.y - 9}, 200);
  EXPECT_EQ(house_.taps, 1);
}

TEST_P(Touch, AFingerThatSlidesOffTapsNothing) {
  Glass glass(1280, 800, scene_);
  const Point at = glass.node("open").rect.centre();
  glass.drag(at, {at.x, at.y - 300}, 200);
  EXPECT_TRUE(glass.shows("open"));
}

TEST_P(Touch, ASecondFingerIsNoTap) {
  Glass glass(1280, 800, scene_);
  const Point row = glass.node("rij 1").rect.centre(), open = glass.node("open").rect.centre();
  glass.stage().input().finger_down(1, row);
  glass.settle();
  glass.stage().input().finger_down(2, open);
  glass.stage().input().finger_up(2, open);
  glass.settle();
  EXPECT_TRUE(glass.shows("open"));
  glass.stage().input().finger_up(1, row);
  glass.settle();
  EXPECT_EQ(house_.taps, 1);
}

TEST_P(Touch, ADeviceThatVanishesWithAFingerDownTapsNothingAndTheNextFingerWorks) {
  Glass glass(1280, 800, scene_);
  const Point row = glass.node("rij 1").rect.centre();
  glass.stage().input().finger_down(1, row);
  glass.settle();
  glass.stage().input().cancel();
  glass.settle();
  EXPECT_EQ(house_.taps, 0);
  EXPECT_FALSE(glass.node("rij 1").state.pressed);
  glass.tap("rij 1");
  EXPECT_EQ(house_.taps, 1);
}

TEST_P(Touch, NothingIsDrawnWhenNothingChanged) {
  Glass glass(1280, 800, scene_);
  EXPECT_FALSE(glass.stage().due(glass.now()));
  EXPECT_FALSE(glass.stage().wake().has_value());
  glass.stage().request_frame();
  EXPECT_EQ(glass.settle(), 0);
}

}  // namespace
}  // namespace huisbord::tests
