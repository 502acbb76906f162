// SPDX-License-Identifier: GPL-3.0-or-later
// What was done is said where it covers nothing else that can be done, in every language, size and screen.
#include <algorithm>

#include "tests/ui/panels.h"

namespace huisbord::tests {
namespace {

using i18n::Key;

class Toasts : public testing::TestWithParam<Setting> {
 protected:
  enum class Undo : std::uint8_t { offered, none };
  static void tell(HouseGlass& g, Key said, Undo undo) {
    const Host::Command nothing = []() -> std::expected<void, Refusal> { return {}; };
    g.host.act(nothing, said, undo == Undo::offered ? nothing : nullptr);
    g.glass().stage().request_frame();
    g.glass().settle();
    g.glass().advance(400);
  }
  static void covers_nothing(HouseGlass& g, Key said, Undo undo) {
    const ui::Viewport& view = g.glass().stage().viewport();
    const std::string text = g.say(said), way_back = g.say(Key("toast.undo"));
    SCOPED_TRACE(text);
    EXPECT_EQ(g.glass().stage().overflows(), 0) << "what was said does not fit";
    const ui::Node* toast = g.glass().stage().tree().find(ui::Role::alert, text);
    ASSERT_NE(toast, nullptr) << g.glass().stage().tree().dump();
    EXPECT_GE(std::min(toast->rect.x, toast->rect.y), -0.5f);
    EXPECT_LE(toast->rect.end(), view.width + 0.5f);
    int undos = 0;
    for (const ui::Node& node : g.glass().stage().tree().nodes()) {
      if (!node.target) continue;
      const float across = std::max(node.rect.x - toast->rect.end(), toast->rect.x - node.rect.end());
      const float down = std::max(node.rect.y - toast->rect.bottom(), toast->rect.y - node.rect.bottom());
      if (node.name == way_back) {
        ++undos;
        EXPECT_GE(std::min(node.rect.w, node.rect.h), (view.form == ui::Form::phone ? 56 : 72) - 0.5f);
        EXPECT_LT(std::max(across, down), 0) << "the way back stands in what was said";
      } else {
        EXPECT_GE(std::max(across, down), 3.9f) << "it lies over \"" << node.name << '"';
      }
    }
    EXPECT_EQ(undos, undo == Undo::offered ? 1 : 0);
  }
};

TEST_P(Toasts, CoverNothingThatCanBeDone) {
  const auto& [language, panel, size] = GetParam();
  for (const Place place :
       {Place::home, Place::appointments, Place::tasks, Place::leefgeld, Place::activities, Place::notices, Place::plan}) {
    SCOPED_TRACE("place " + std::to_string(static_cast<int>(place)));
    for (const bool concerned : {false, true}) {
      HouseGlass g(language, panel.wide, panel.high, Drawn::when_looked_at);
      if (concerned) g.house.noticed = {{Concern::Kind::withheld, {}}};
      g.let_in(place, language, size);
      g.glass().settle();
      tell(g, Key("toast.move"), Undo::offered);
      covers_nothing(g, Key("toast.move"), Undo::offered);
    }
  }
}

TEST_P(Toasts, FitWhateverTheySay) {
  const auto& [language, panel, size] = GetParam();
  HouseGlass g(language, panel.wide, panel.high, Drawn::when_looked_at);
  g.let_in(Place::appointments, language, size);
  for (const Key said : {Key("toast.come"), Key("toast.cannot"), Key("toast.task_done"), Key("toast.task_taken"), Key("toast.task_offered"),
                         Key("toast.swap_asked"), Key("toast.swapped"), Key("toast.swap_refused"), Key("toast.withdrawn"),
                         Key("toast.question_asked"), Key("toast.undone"), Key("toast.settings")}) {
    tell(g, said, Undo::offered);
    covers_nothing(g, said, Undo::offered);
  }
  for (const Key said :
       {Key("refusal.not_yours"), Key("refusal.already_taken"), Key("refusal.appointment_cancelled"), Key("refusal.nothing_to_undo"),
        Key("refusal.not_allowed"), Key("refusal.already_asked"), Key("error.not_saved")}) {
    tell(g, said, Undo::none);
    covers_nothing(g, said, Undo::none);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Toasts, every_setting, name_of_setting);

}  // namespace
}  // namespace huisbord::tests
