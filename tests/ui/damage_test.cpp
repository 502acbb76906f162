// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing what changed alone gives the same pixels as drawing everything, over any run of changes.
#include <gtest/gtest.h>

#include <random>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/progress.h"
#include "app/kiosk/widgets/rows.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

struct Thing {
  int kind = 0;
  Rect r;
  Section section = Section::tasks;
  float share = 0;
};

void draw_thing(Ui& ui, const Thing& t) {
  switch (t.kind) {
    case 0:
      card(ui, t.r);
      break;
    case 1:
      tint_card(ui, t.r, t.section);
      break;
    case 2:
      tile(ui, t.r, t.section);
      break;
    case 3:
      person_disc(ui, t.r, {icon::pets, Pastel::sky});
      break;
    case 4:
      ui.text(t.r, "Donderdag geen warm water", type::body.bold());
      break;
    case 5:
      ui.countdown(t.r.centre(), 28, 6, t.share, Colour::hex(0x4D433A), ui.theme().ink);
      break;
    case 6:
      (void)button(ui, t.r, {.label = "Ik kom", .icon = icon::check, .kind = ButtonKind::secondary, .section = t.section});
      break;
    case 7:
      track(ui, {t.r.x, t.r.y, t.r.w, 16}, t.section, t.share, "n", "v");
      break;
    case 8:
      street(ui, t.r);
      break;
    case 9:
      ui.dashed(t.r, ui.theme().ink, 3, 20);
      break;
    default:
      pin_rings(ui, t.r, static_cast<int>(t.share * 6), "pin");
  }
}

Thing any_thing(std::mt19937& random) {
  const auto number = [&](float from, float to) { return std::uniform_real_distribution<float>(from, to)(random); };
  return {std::uniform_int_distribution<int>(0, 10)(random),
          {number(-40, 1200), number(-40, 760), number(20, 500), number(20, 300)},
          static_cast<Section>(std::uniform_int_distribution<int>(0, 7)(random)),
          number(0, 1)};
}

class Damage : public testing::TestWithParam<float> {};
INSTANTIATE_TEST_SUITE_P(Scales, Damage, testing::Values(1.0f, 0.61f));

TEST_P(Damage, RedrawEqualsAFullOne) {
  const std::uint32_t seed = 20260414;
  std::mt19937 random(seed);
  std::vector<Thing> things;
  for (int i = 0; i < 20; ++i) things.push_back(any_thing(random));
  SceneOf scene({}, [&](Ui& ui) {
    page_ground(ui);
    for (const Thing& t : things) draw_thing(ui, t);
  });
  const int w = static_cast<int>(1280 * GetParam()), h = static_cast<int>(800 * GetParam());
  Glass glass(w, h, scene);
  int partly = 0;
  for (int n = 0; n < 60; ++n) {
    const std::size_t which = std::uniform_int_distribution<std::size_t>(0, things.size() - 1)(random);
    if (n % 3 == 0)
      std::swap(things[which], things[0]);  // what lies on top changes
    else if (n % 3 == 1)
      things[which].share = std::uniform_real_distribution<float>(0, 1)(random);
    else
      things[which] = any_thing(random);
    glass.stage().request_frame();
    glass.settle();
    const Picture piecewise = glass.picture();
    glass.stage().invalidate();
    partly += glass.settle();
    ASSERT_EQ(piecewise.pixels, glass.picture().pixels) << "change " << n << " of seed " << seed;
  }
  EXPECT_EQ(partly, 60);
}

TEST(DamageTiles, OnePressedKeyTouchesItsOwnTilesAlone) {
  SceneOf scene({}, [](Ui& ui) {
    page_ground(ui);
    (void)keypad(ui, {866, 200, 356, 396}, {"lees voor", "wis"});
  });
  Glass glass(1280, 800, scene);
  const Rect key = glass.node("5").rect;
  glass.stage().input().finger_down(1, key.centre());
  const auto& rects = glass.stage().frame(glass.now(), scene);
  ASSERT_FALSE(rects.empty());
  int area = 0;
  for (const PixelRect& r : rects) {
    area += r.w * r.h;
    EXPECT_TRUE(r.meets({static_cast<int>(key.x), static_cast<int>(key.y), static_cast<int>(key.w), static_cast<int>(key.h)}));
  }
  EXPECT_LT(area, 200 * 200);
}

TEST(DamageTiles, AFullAtlasIsClearedAndTheFrameIsWhole) {
  // More sizes than the atlas holds, one after another: each frame must look like one drawn on a fresh stage.
  float size = 60;
  SceneOf scene({}, [&](Ui& ui) {
    page_ground(ui);
    for (int i = 0; i < 4; ++i)
      ui.text({20, 20 + static_cast<float>(i) * 190, 1240, 190}, "ABCDEFGHKMNOPQRSTUVWXYZ", type::body.sized(size + static_cast<float>(i)));
  });
  Glass glass(1280, 800, scene);
  int cleared = 0, rows = 0;
  for (int n = 0; n < 40; ++n) {
    size += 1.3f;
    glass.stage().request_frame();
    glass.settle();
    if (glass.stage().atlas_rows() < rows) ++cleared;
    rows = glass.stage().atlas_rows();
  }
  EXPECT_GT(cleared, 3);
  const Picture after_many = glass.picture();
  glass.stage().forget();
  glass.settle();
  EXPECT_EQ(after_many.pixels, glass.picture().pixels);
}

}  // namespace
}  // namespace huisbord::tests
