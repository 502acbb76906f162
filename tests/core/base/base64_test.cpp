// SPDX-License-Identifier: GPL-3.0-or-later
// Base64: the examples of RFC 4648, and one text for each byte string.
#include "core/base/base64.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace huisbord {

TEST(Base64, TheExamplesOfTheStandard) {
  const std::pair<const char*, const char*> examples[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(to_base64(view(bytes)), text);
    EXPECT_EQ(from_base64(text), to_bytes(view(bytes)));
  }
}

TEST(Base64, EveryByteComesBack) {
  SeededRandom random(1);
  for (std::size_t size = 0; size < 100; ++size) {
    Bytes bytes(size);
    random.fill(bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
}

TEST(Base64, AnyOtherTextIsRefused) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "Z===", "Zm9v\n", " Zm9v", "Zm-_", "Zg==="})
    EXPECT_FALSE(from_base64(text)) << text;
}

}  // namespace huisbord
