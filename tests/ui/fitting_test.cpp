// SPDX-License-Identifier: GPL-3.0-or-later
// Every text has its room, in every language, size and screen: also where no picture is stored.
#include "tests/ui/panels.h"

namespace huisbord::tests {
namespace {

class Texts : public testing::TestWithParam<Setting> {};

TEST_P(Texts, FitOnEveryScreen) {
  const auto& [language, panel, size] = GetParam();
  for (const auto& [name, place] : places) {
    SCOPED_TRACE(name);
    HouseGlass g(language, panel.wide, panel.high, Drawn::when_looked_at);
    g.let_in(place, language, size);
    g.glass().settle();
    EXPECT_EQ(g.glass().stage().overflows(), 0) << "a text does not fit";
    EXPECT_EQ(g.glass().stage().unknown_glyphs(), 0u);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Texts, every_setting, name_of_setting);

}  // namespace
}  // namespace huisbord::tests
