// SPDX-License-Identifier: GPL-3.0-or-later
// Every language, panel and text size, for what must hold in all of them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>

#include "tests/ui/house_glass.h"

namespace huisbord::tests {

struct Panel {
  int wide, high;
};
inline void PrintTo(const Panel& panel, std::ostream* out) { *out << panel.wide << "x" << panel.high; }

using Setting = std::tuple<std::string, Panel, TextSize>;

inline const auto every_setting =
    testing::Combine(testing::Values("nl", "en", "ar", "ti"),
                     testing::Values(Panel{1280, 800}, Panel{800, 480}, Panel{390, 844}, Panel{800, 1280}, Panel{1920, 1080}),
                     testing::Values(TextSize::normal, TextSize::large, TextSize::larger, TextSize::largest));

inline std::string name_of_setting(const testing::TestParamInfo<Setting>& info) {
  const auto& [language, panel, size] = info.param;
  return language + "_" + std::to_string(panel.wide) + "x" + std::to_string(panel.high) + "_" + std::to_string(static_cast<int>(size));
}

/// By the names of their pictures.
inline constexpr std::pair<const char*, Place> places[] = {
    {"board", Place::board},       {"sign-in", Place::sign_in},           {"first-code", Place::first_pin},
    {"home", Place::home},         {"appointments", Place::appointments}, {"tasks", Place::tasks},
    {"leefgeld", Place::leefgeld}, {"activities", Place::activities},     {"notices", Place::notices},
    {"plan", Place::plan},         {"change-code", Place::change_pin}};

}  // namespace huisbord::tests
