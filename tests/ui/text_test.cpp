// SPDX-License-Identifier: GPL-3.0-or-later
// Text as Pango shapes it: joining, mirroring, fallback fonts, breaking, and what is remembered.
#include <gtest/gtest.h>

#include <set>

#include "app/kiosk/text/faces.h"
#include "app/kiosk/text/shaper.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using ui::Direction;
using ui::Shaped;
using ui::ShapeRequest;

class Text : public testing::Test {
 protected:
  ui::Faces faces_{test_paths().icon_font};
  ui::Shaper shaper_{test_paths().fonts_conf, faces_};

  [[nodiscard]] std::vector<std::uint32_t> glyphs(std::string_view text, std::string_view language) {
    std::vector<std::uint32_t> out;
    for (const ui::ShapedGlyph& g : shaper_.shape({text, language, ui::direction_of(language)}).glyphs) out.push_back(g.glyph);
    return out;
  }
};

TEST_F(Text, ArabicLettersJoin) {
  // The letter ba alone, and thrice in a word: at the start, in the middle and at the end it has other forms.
  const auto alone = glyphs("ب", "ar");
  const auto word = glyphs("ببب", "ar");
  ASSERT_EQ(alone.size() >= 1, true);
  EXPECT_GE(std::set<std::uint32_t>(word.begin(), word.end()).size(), 3u);
  EXPECT_EQ(shaper_.unknown_glyphs(), 0u);
}

TEST_F(Text, ArabicRunsFromRightToLeft) {
  const auto first_x = [&](std::string_view text) {
    const Shaped& s = shaper_.shape({text, "ar", Direction::right_to_left});
    return std::pair{s.glyphs.front().x, s.glyphs.back().x};
  };
  // Visual order: glyphs lie from left to right, the first letter of the text at the right end.
  const auto [left, right] = first_x("سمير");
  EXPECT_LT(left, right);
  const auto whole = glyphs("سم", "ar"), turned = glyphs("مس", "ar");
  EXPECT_NE(whole, turned);
}

TEST_F(Text, DigitsAndLatinNamesStayLeftToRightWithinArabic) {
  const Shaped house = shaper_.shape({"12", "ar", Direction::left_to_right});
  const Shaped line = shaper_.shape({"هافنكاده 12", "ar", Direction::right_to_left});
  // 1 stands left of 2, and both left of the Arabic word.
  ASSERT_GE(line.glyphs.size(), 3u);
  EXPECT_EQ(line.glyphs[0].glyph, house.glyphs[0].glyph);
  EXPECT_EQ(line.glyphs[1].glyph, house.glyphs[1].glyph);
  EXPECT_LT(line.glyphs[0].x, line.glyphs[1].x);
}

TEST_F(Text, EveryScriptOfTheLanguagesFindsAFont) {
  EXPECT_EQ(shaper_.family_for("Dag", "nl"), "Noto Sans");
  EXPECT_EQ(shaper_.family_for("أهلا", "ar"), "Noto Sans Arabic");
  EXPECT_EQ(shaper_.family_for("ሰላም", "ti"), "Noto Sans Ethiopic");
  for (const std::string_view name :
       {"Nederlands", "English", "Français", "العربية", "ትግርኛ", "አማርኛ", "Soomaali", "فارسی", "Español", "Português", "دری", "پښتو"})
    (void)shaper_.shape({name, "nl", Direction::left_to_right, true});
  EXPECT_EQ(shaper_.unknown_glyphs(), 0u);
}

TEST_F(Text, AGlyphThatNoFontHasIsCounted) {
  (void)shaper_.shape({"\U0001F9FF", "nl"});
  EXPECT_GT(shaper_.unknown_glyphs(), 0u);
}

TEST_F(Text, BreaksBetweenWordsOnly) {
  const Shaped& lines = shaper_.shape({"Daarna doet de douche het weer", "nl", Direction::left_to_right, false, 8});
  EXPECT_GT(lines.lines.size(), 1u);
  for (const ui::ShapedLine& line : lines.lines) EXPECT_LE(line.width, 8.01f);
  // One word that is wider than the room is not cut: the caller sets it smaller.
  const Shaped& word = shaper_.shape({"Schoonmaakwerkzaamheden", "nl", Direction::left_to_right, false, 4});
  EXPECT_EQ(word.lines.size(), 1u);
  EXPECT_GT(word.width, 4);
}

TEST_F(Text, DigitsAreAllOfOneWidth) {
  const float one = shaper_.shape({"1", "nl"}).width;
  for (const std::string_view digit : {"0", "2", "3", "4", "5", "6", "7", "8", "9"})
    EXPECT_FLOAT_EQ(shaper_.shape({digit, "nl"}).width, one) << digit;
}

TEST_F(Text, RemembersALayoutUntilItForgetsAll) {
  const Shaped* first = &shaper_.shape({"Dag Samir", "nl"});
  EXPECT_EQ(&shaper_.shape({"Dag Samir", "nl"}), first);
  EXPECT_EQ(shaper_.remembered(), 1u);
  shaper_.forget();
  EXPECT_EQ(shaper_.remembered(), 0u);
  EXPECT_GT(shaper_.shape({"Dag Samir", "nl"}).width, 0);
}

TEST_F(Text, WorksWithoutItsOwnFontList) {
  ui::Faces faces("/nowhere/icons.ttf");
  EXPECT_FALSE(faces.has_icons());
  ui::Shaper shaper("/nowhere/fonts.conf", faces);
  EXPECT_GT(shaper.shape({"Dag", "nl"}).width, 0);
  EXPECT_EQ(shaper.unknown_glyphs(), 0u);
}

}  // namespace
}  // namespace huisbord::tests
