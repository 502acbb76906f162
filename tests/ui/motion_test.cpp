// SPDX-License-Identifier: GPL-3.0-or-later
// What moves: the fade between screens, a toast that comes, a pressed button that lets go; and that nothing does with less motion.
#include <gtest/gtest.h>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/buttons.h"
#include "tests/ui/house_glass.h"

namespace huisbord::tests {
namespace {

using i18n::Key;
using ui::Colour;
using ui::page_ground;

std::uint32_t middle_of(const Picture& picture) { return picture.at(picture.width / 2, picture.height / 2) & 0xFFFFFF; }

/// Two screens, all of one colour, and a button that leads from one to the other.
class TwoScreens : public testing::Test {
 protected:
  explicit TwoScreens(bool less_motion = false)
      : scene_({.less_motion = less_motion}, [this](ui::Ui& ui) {
          const auto screen = ui.screen(second_ ? "second" : "first", "");
          if (cuts_) ui.cut();
          ui.fill(ui.page(), second_ ? Colour::hex(0xFFFFFF) : Colour::hex(0x000000));
          if (ui.target({0, 0, 200, 100}, ui::Role::button, "Verder")) second_ = true;
        }) {}
  void change() {
    glass_.press("Verder");
    glass_.lift();
  }

  bool second_ = false, cuts_ = false;
  SceneOf scene_;
  Glass glass_{320, 200, scene_};
};

TEST_F(TwoScreens, FadeIntoEachOtherForATenthOfASecond) {
  change();
  const std::uint32_t first = middle_of(glass_.picture_after(0)), later = middle_of(glass_.picture_after(60));
  EXPECT_GT(first, 0x000000u) << "the frame of the tap shows the new screen already";
  EXPECT_LT(first, 0xFFFFFFu);
  EXPECT_GT(later, first);
  EXPECT_LT(later, 0xFFFFFFu);
  EXPECT_EQ(middle_of(glass_.picture_after(61)), 0xFFFFFFu);
  EXPECT_EQ(glass_.settle(), 0) << "and then everything stands still";
}

TEST_F(TwoScreens, NothingOfTheFormerStaysWhenASessionEnds) {
  cuts_ = true;
  change();
  EXPECT_EQ(middle_of(glass_.picture_after(0)), 0xFFFFFFu);
}

TEST_F(TwoScreens, AFadeIsOverWhenTheSessionIsForgotten) {
  change();
  EXPECT_LT(middle_of(glass_.picture_after(0)), 0xFFFFFFu);
  glass_.stage().forget();
  EXPECT_EQ(middle_of(glass_.picture_after(16)), 0xFFFFFFu);
}

TEST_F(TwoScreens, AFadeIsOverWhenTheGlassGetsAnotherSize) {
  change();
  (void)glass_.picture_after(0);
  glass_.stage().resize(320, 200, {}, 1.0f);
  EXPECT_LT(middle_of(glass_.picture_after(16)), 0xFFFFFFu) << "the same size is no other";
  glass_.stage().resize(160, 200);
  EXPECT_EQ(glass_.picture_after(16).at(40, 100) & 0xFFFFFF, 0xFFFFFFu);
}

class TwoStillScreens : public TwoScreens {
 protected:
  TwoStillScreens() : TwoScreens(true) {}
};

TEST_F(TwoStillScreens, ChangeAtOnce) {
  change();
  EXPECT_EQ(middle_of(glass_.picture_after(0)), 0xFFFFFFu);
}

TEST(Press, LetsGoSoftlyAfterTheFinger) {
  for (const bool still : {false, true}) {
    SceneOf scene({.less_motion = still}, [](ui::Ui& ui) {
      page_ground(ui);
      (void)ui::button(ui, {20, 20, 200, 80}, {.label = "Ik kom", .kind = ui::ButtonKind::quiet});
    });
    Glass glass(320, 200, scene);
    const auto ground = [](const Picture& picture) { return picture.at(40, 30) & 0xFFFFFF; };
    const std::uint32_t rest = ground(glass.picture());
    glass.press("Ik kom");
    const std::uint32_t pressed = ground(glass.picture());
    EXPECT_NE(pressed, rest);
    glass.lift();
    (void)glass.picture_after(0);
    const std::uint32_t between = ground(glass.picture_after(30));
    if (still) {
      EXPECT_EQ(between, rest);
    } else {
      EXPECT_NE(between, rest);
      EXPECT_NE(between, pressed);
    }
    EXPECT_EQ(ground(glass.picture_after(90)), rest);
  }
}

TEST(ToastMotion, ComesDownToItsPlace) {
  HouseGlass g;
  g.let_in(Place::home);
  const auto toast = [&] { return g.glass().node(g.say(Key("toast.come"))).rect.y; };
  g.glass().advance(400);
  g.glass().press(g.say(Key("answer.come")));
  g.glass().lift();
  (void)g.glass().picture_after(16);
  (void)g.glass().picture_after(16);
  const float first = toast();
  g.glass().advance(400);
  EXPECT_LT(first, toast() - 1);
  EXPECT_GE(first, toast() - 16.5f);
}

TEST(BoardMotion, LanguagesTakeTurnsWhileSomebodyMayStandThere) {
  HouseGlass g;
  g.show(Place::board);
  // Nobody has touched it: nothing but the minute's frame changes it.
  EXPECT_GE(g.glass().stage().wake()->value - g.glass().now().value, 25000);
  const Picture before = g.glass().picture();
  g.glass().advance(29000);
  EXPECT_EQ(before.pixels, g.glass().picture().pixels);
  g.glass().advance(2000);
  EXPECT_NE(before.pixels, g.glass().picture().pixels) << "the minute's frame turns them";
  // After a touch they turn every four seconds.
  g.host.touched(g.glass().now());
  g.glass().stage().request_frame();
  g.glass().settle();
  const Picture touched = g.glass().picture();
  g.glass().advance(4100);
  EXPECT_NE(touched.pixels, g.glass().picture().pixels);
}

TEST(SoonSignedOut, IsToldOnceInASoftSound) {
  HouseGlass g;
  int told = 0;
  g.let_in(Place::home);
  g.host.on_soon = [&] { ++told; };
  g.glass().advance(99000);
  EXPECT_EQ(told, 0);
  g.glass().advance(10000);
  EXPECT_EQ(told, 1);
  g.glass().tap(g.say(Key("bar.stay")));
  g.glass().advance(90000);
  EXPECT_EQ(told, 1);
  g.glass().advance(20000);
  EXPECT_EQ(told, 2) << "each time anew";
}

}  // namespace
}  // namespace huisbord::tests
