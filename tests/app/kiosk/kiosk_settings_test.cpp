// SPDX-License-Identifier: GPL-3.0-or-later
// kiosk.toml: what it sets, and where it says that it is wrong.
#include "app/kiosk/kiosk_settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace huisbord {
namespace {

class Settings : public testing::Test {
 protected:
  Result<KioskSettings> load(const std::string& text) {
    std::ofstream(folder_.path() / "kiosk.toml") << text;
    return KioskSettings::load(folder_.path() / "kiosk.toml");
  }
  std::string sentence(const std::string& text, ErrorCode code) {
    const auto settings = load(text);
    if (settings) return "no error";
    EXPECT_EQ(settings.error().code, code);
    return settings.error().sentence;
  }
  TemporaryFolder folder_;
};

TEST_F(Settings, AreReadAsKioskMakeWritesThem) {
  const auto settings = load("relay = \"https://relay.invalid/\"\ntick_seconds = 5\nscale = 0.0\nlanguages = [\"ar\", \"nl\"]\n");
  ASSERT_TRUE(settings) << settings.error().sentence;
  EXPECT_EQ(settings->relay, "https://relay.invalid/");
  EXPECT_EQ(settings->tick_seconds, 5);
  EXPECT_FALSE(settings->scale) << "0 means: from the panel";
  EXPECT_EQ(settings->language, i18n::Language::ar);
}

TEST_F(Settings, SoundIsOnAndThingsMoveUnlessSaidOtherwise) {
  EXPECT_TRUE(load("")->sound);
  EXPECT_FALSE(load("")->less_motion);
  EXPECT_FALSE(load("sound = false")->sound);
  EXPECT_TRUE(load("less_motion = true")->less_motion);
}

TEST_F(Settings, AnEmptyFileLeavesEverythingAsItIs) {
  const auto settings = load("");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->relay, "");
  EXPECT_EQ(settings->tick_seconds, 30);
  EXPECT_EQ(settings->language, i18n::Language::nl);
}

TEST_F(Settings, AMissingFileSaysHowToMakeAKiosk) {
  const auto settings = KioskSettings::load(folder_.path() / "kiosk.toml");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, ErrorCode::not_found);
  EXPECT_NE(settings.error().sentence.find("huisbordctl kiosk make"), std::string::npos);
}

TEST_F(Settings, ASlipIsNamedByLineAndColumn) {
  const std::string said = sentence("relay = \"https://relay.invalid/\"\ntick_seconds = = 5\n", ErrorCode::parse);
  EXPECT_NE(said.find("line 2"), std::string::npos) << said;
  EXPECT_NE(said.find("column 16"), std::string::npos) << said;
}

TEST_F(Settings, AValueOutOfRangeIsNamedByItsKey) {
  for (const auto& [text, key] :
       {std::pair("tick_seconds = 0", "tick_seconds"), std::pair("tick_seconds = 3601", "tick_seconds"),
        std::pair("tick_seconds = nan", "tick_seconds"), std::pair("pixels_per_mm = 0.5", "pixels_per_mm"),
        std::pair("scale = 9.0", "scale"), std::pair("scale = 0.1", "scale"), std::pair("languages = [\"xx\"]", "languages")}) {
    const std::string said = sentence(text, ErrorCode::invalid);
    EXPECT_NE(said.find(key), std::string::npos) << said;
  }
}

TEST_F(Settings, AValueOfAnotherTypeIsNamedByItsKeyAndLine) {
  for (const auto& [text, key] : {std::pair("\nrelay = 5", "relay"), std::pair("\ntick_seconds = \"often\"", "tick_seconds"),
                                  std::pair("\nscale = \"large\"", "scale"), std::pair("\npixels_per_mm = true", "pixels_per_mm"),
                                  std::pair("\nlanguages = \"nl\"", "languages"), std::pair("\nlanguages = [5]", "languages"),
                                  std::pair("\nauthorities = 1", "authorities"), std::pair("\nsound = 1", "sound"),
                                  std::pair("\nless_motion = \"yes\"", "less_motion")}) {
    const std::string said = sentence(text, ErrorCode::invalid);
    EXPECT_NE(said.find(key), std::string::npos) << said;
    EXPECT_NE(said.find("line 2"), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace huisbord
