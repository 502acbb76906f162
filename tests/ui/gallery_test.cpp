// SPDX-License-Identifier: GPL-3.0-or-later
// Mockup 20, the components, drawn with our widgets at the same places.
#include <gtest/gtest.h>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/progress.h"
#include "app/kiosk/widgets/rows.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

void label(Ui& ui, float x, float y, std::string_view text) {
  ui.text({x, y, 700, 28}, text, type::small.bold().lined(1.4f).in(ui.theme().ink2), Role::heading);
}

void gallery(Ui& ui) {
  auto screen = ui.screen("gallery", "Onderdelen");
  page_ground(ui);
  label(ui, 32, 20, "Knop: gewoon, ingedrukt, gekozen, uit");
  const Button yes{.label = "Ja", .icon = icon::check, .section = Section::appointments};
  (void)button(ui, {32, 56, 138, 80}, yes);
  (void)button(ui, {178, 56, 138, 80}, {.label = "Ja", .icon = icon::check, .section = Section::appointments});
  (void)button(ui, {333, 56, 138, 80},
               {.label = "Ja", .icon = icon::check, .kind = ButtonKind::secondary, .section = Section::appointments, .selected = true});
  (void)button(ui, {487, 56, 139, 80}, {.label = "Ja", .icon = icon::check, .section = Section::appointments, .dead = true});
  label(ui, 32, 156, "Toets: gewoon, ingedrukt");
  (void)digit_key(ui, {32, 192, 88, 84}, "4");
  (void)digit_key(ui, {132, 192, 88, 84}, "5");
  label(ui, 356, 156, "Label");
  const float chip_end = chip(ui, {356, 196}, Section::tasks, icon::check_circle, "komt");
  chip(ui, {356 + chip_end + 12, 196}, Section::leefgeld, icon::help, "wacht");
  chip(ui, {356, 248}, Section::house, icon::event_busy, "kan niet");
  label(ui, 660, 20, "Opslag: verstuurd, hier, kijk even");
  const auto badge = [&](float y, SyncState state, std::string_view text) {
    // The badge stands at the end of its header; here its start is what counts.
    const float w = 16 + 30 + 12 + ui.measure(text, type::small).w + 20;
    (void)sync_badge(ui, {660, y, w, 56}, {state, text, text});
  };
  badge(56, SyncState::sent, "Opgeslagen hier, verstuurd 10:32");
  badge(124, SyncState::here, "Opgeslagen hier, 3 wachten");
  badge(192, SyncState::looking, "Marieke kijkt hiernaar");
  label(ui, 1108, 68, "Teken");
  person_disc(ui, {1108, 104, 64, 64}, {icon::sailing, Pastel::mint});
  person_disc(ui, {1184, 104, 64, 64}, {icon::pets, Pastel::sky});
  tile(ui, {1108, 180, 64, 64}, Section::appointments);
  tile(ui, {1184, 180, 64, 64}, Section::leefgeld);
  label(ui, 32, 292, "Rij");
  (void)list_row(ui, {32, 328, 600, 108},
                 {.title = "donderdag 14:00",
                  .reason = "dokter",
                  .section = Section::appointments,
                  .tile = icon::local_hospital,
                  .state = icon::check_circle,
                  .state_colour = ui.colours(Section::tasks).deep,
                  .state_name = "ja",
                  .arrow = true});
  label(ui, 32, 452, "Terugdraaien: 8 seconden");
  (void)toast(ui, {32, 488, 600, 88}, {.text = "Je taak is gedaan", .undo = "Toch niet", .left = 0.6f});
  label(ui, 32, 592, "Vanzelf stoppen: rustig, laatste 20 seconden");
  const BottomBar calm{.stop = "Stoppen", .stop_time = "nog 1:42", .stop_left = 0.85f};
  const BottomBar soon{.stop = "Stoppen", .stop_time = "nog 0:20", .stop_left = 0.17f, .stop_soon = true};
  (void)stop_button(ui, {32, 628, stop_width(ui, calm), 80}, calm);
  (void)stop_button(ui, {32 + stop_width(ui, calm) + 12, 628, stop_width(ui, soon), 80}, soon);
  (void)button(ui, {32 + stop_width(ui, calm) + stop_width(ui, soon) + 24, 628, 175, 80},
               {.label = "Ik blijf nog", .kind = ButtonKind::secondary, .section = Section::team, .padding = 20});
  label(ui, 660, 292, "Zeker weten? Vraag in gewone taal");
  (void)confirm_panel(ui, {660, 332, 588, 296},
                      {.section = Section::appointments,
                       .icon = icon::event_busy,
                       .question = "Je kunt morgen niet?",
                       .what = "We zeggen het tegen je advocaat.",
                       .until = "Tot vanavond 18:00 kun je het veranderen.",
                       .yes = "Ja, zeg het af",
                       .no = "Terug"});
  label(ui, 660, 644, "Voortgang");
  track(ui, {660, 688, 465, 24}, Section::tasks, 0.41f, "Voortgang", "26 / 64");
  ui.text({1137, 684, 111, 32}, "26 van 64", type::body.bold());
  ui.text({32, 724, 800, 28}, "Indrukken duurt 90 ms, wisselen 120 ms, bericht 150 ms. Nooit langer.",
          type::small.lined(1.4f).in(ui.theme().ink2));
}

TEST(Gallery, LooksAsTheComponentsOfTheDesign) {
  SceneOf scene({}, gallery);
  Glass glass(1280, 800, scene);
  EXPECT_EQ(glass.stage().overflows(), 0);
  EXPECT_EQ(glass.stage().unknown_glyphs(), 0u);
  EXPECT_EQ(glass.differs_from("gallery"), "");
  if (const char* keep = std::getenv("HUISBORD_KEEP_PICTURES")) {
    EXPECT_TRUE(write_png(std::string(keep) + "/gallery.png", glass.picture()));
  }
}

TEST(Gallery, HighContrastIsBordersAndBrightColours) {
  SceneOf scene({.contrast = Contrast::high}, gallery);
  Glass glass(1280, 800, scene);
  EXPECT_EQ(glass.stage().overflows(), 0);
  EXPECT_EQ(glass.differs_from("gallery-high-contrast"), "");
  if (const char* keep = std::getenv("HUISBORD_KEEP_PICTURES")) {
    EXPECT_TRUE(write_png(std::string(keep) + "/gallery-hc.png", glass.picture()));
  }
}

TEST(Gallery, RightToLeftIsMirrored) {
  SceneOf scene({.language = "ar"}, gallery);
  Glass glass(1280, 800, scene);
  EXPECT_EQ(glass.differs_from("gallery-right-to-left"), "");
  if (const char* keep = std::getenv("HUISBORD_KEEP_PICTURES")) {
    EXPECT_TRUE(write_png(std::string(keep) + "/gallery-rtl.png", glass.picture()));
  }
}

TEST(Gallery, PressedIsSeenInTheFrameOfTheFinger) {
  SceneOf scene({}, gallery);
  Glass glass(1280, 800, scene);
  const ui::Rect key = glass.node("5").rect;
  const auto ground = [&] { return glass.picture().at(static_cast<int>(key.x) + 10, static_cast<int>(key.y) + 30) & 0xFFFFFF; };
  EXPECT_EQ(ground(), 0xF1E7D8u);
  glass.press("5");
  EXPECT_EQ(ground(), 0x211A15u);
  EXPECT_TRUE(glass.node("5").state.pressed);
  glass.release();
  EXPECT_EQ(ground(), 0xF1E7D8u);
}

}  // namespace
}  // namespace huisbord::tests
