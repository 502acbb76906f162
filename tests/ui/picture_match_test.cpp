// SPDX-License-Identifier: GPL-3.0-or-later
// The comparison of pictures finds what an eye would, and lets pass what it would not.
#include "tests/support/picture_match.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace huisbord::tests {
namespace {

class PictureMatch : public testing::Test {
 protected:
  void SetUp() override {
    for (int y = 0; y < picture_.height; ++y)
      for (int x = 0; x < picture_.width; ++x)
        picture_.pixels.push_back(0xFF000000u | static_cast<std::uint32_t>((x / 40 * 31 + y / 40 * 17) % 200 + 20) * 0x010101u);
    std::filesystem::create_directories(folder_);
    ASSERT_TRUE(write_png(folder_ + "/stored.png", half_size(picture_), 48));
  }
  void change(int x, int y, int side, std::uint32_t colour) {
    for (int dy = 0; dy < side; ++dy)
      for (int dx = 0; dx < side; ++dx) picture_.pixels[static_cast<std::size_t>((y + dy) * picture_.width + x + dx)] = colour;
  }
  [[nodiscard]] std::string compare() const { return compare_with_stored(picture_, folder_ + "/stored.png", folder_ + "/left"); }

  std::string folder_ = std::string(HUISBORD_BINARY_DIR) + "/ui/picture_match";
  Picture picture_{1280, 800, {}};
};

TEST_F(PictureMatch, TheSamePictureMatches) { EXPECT_EQ(compare(), ""); }

TEST_F(PictureMatch, OneMissingPictogramIsFoundAndAllThreePicturesAreLeft) {
  change(600, 300, 36, 0xFFFFFFFF);
  EXPECT_NE(compare(), "");
  for (const char* kind : {"actual", "expected", "difference"})
    EXPECT_TRUE(std::filesystem::exists(folder_ + "/left/stored." + kind + ".png")) << kind;
}

TEST_F(PictureMatch, AFewPixelsAndFaintShadesPass) {
  change(600, 300, 10, 0xFFFFFFFF);
  for (std::uint32_t& p : picture_.pixels) p += 0x020202;
  EXPECT_EQ(compare(), "");
}

TEST_F(PictureMatch, AnotherSizeAndAMissingPictureAreSaid) {
  const Picture smaller{640, 400, std::vector<std::uint32_t>(640 * 400, 0xFF000000)};
  EXPECT_NE(compare_with_stored(smaller, folder_ + "/stored.png", folder_ + "/left"), "");
  EXPECT_NE(compare_with_stored(smaller, folder_ + "/nowhere.png", folder_ + "/left"), "");
}

TEST_F(PictureMatch, AFileKeepsEveryPixel) {
  ASSERT_TRUE(write_png(folder_ + "/whole.png", picture_));
  const auto read = read_png(folder_ + "/whole.png");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pixels, picture_.pixels);
}

}  // namespace
}  // namespace huisbord::tests
