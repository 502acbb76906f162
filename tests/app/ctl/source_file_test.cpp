// SPDX-License-Identifier: GPL-3.0-or-later
// Bounded reading, and telling encodings apart.
#include "app/ctl/source_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/app/ctl/fixture.h"

namespace huisbord {
namespace {

TEST(DecodeText, KeepsUtf8AndDropsItsMark) {
  EXPECT_EQ(*decode_text(view("Sékou ሰላም")), "Sékou ሰላም");
  EXPECT_EQ(*decode_text(view("\xef\xbb\xbfSékou")), "Sékou");
}

TEST(DecodeText, TakesAnythingElseAsWindows1252) {
  EXPECT_EQ(*decode_text(view("S\xe9kou \x80 \x96")), "Sékou € –");
  // A lone continuation byte and an overlong slash are not UTF-8.
  EXPECT_EQ(*decode_text(view("\xa9")), "©");
  EXPECT_EQ(*decode_text(view("\xc0\xaf")), "À¯");
}

TEST(DecodeText, RefusesWhatIsNeither) {
  EXPECT_FALSE(decode_text(view("\x81\xe9")));
  EXPECT_FALSE(decode_text(view("\xff\xfeh\x01")));
  EXPECT_FALSE(decode_text(view("\xef\xbb\xbf\xe9")));
  EXPECT_FALSE(decode_text(ByteView(Bytes{'a', 0, 'b'})));
}

TEST(ReadSource, StopsAtTheLimitAndNamesIt) {
  const auto path = std::filesystem::path(testing::TempDir()) / "huisbord-large.csv";
  std::ofstream(path) << std::string(3 * 1024 * 1024, 'x');
  const auto refused = read_source(path, std::size_t{2} * 1024 * 1024);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::too_large);
  EXPECT_NE(refused.error().sentence.find("2 MiB"), std::string::npos);
  EXPECT_EQ(read_source(path, std::size_t{4} * 1024 * 1024)->size(), std::size_t{3} * 1024 * 1024);
  std::filesystem::remove(path);
}

TEST(ReadSource, SaysWhichFileIsNotThere) {
  const auto missing = read_source("/nowhere/list.csv", 10);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_NE(missing.error().sentence.find("/nowhere/list.csv"), std::string::npos);
  EXPECT_FALSE(read_source("/tmp", 10));
}

TEST(Shortened, CutsBetweenCharacters) {
  EXPECT_EQ(shortened("abc", 5), "abc");
  EXPECT_EQ(shortened("aé", 2), "a");
  EXPECT_EQ(shortened("ሰላም", 4), "ሰ");
}

}  // namespace
}  // namespace huisbord
