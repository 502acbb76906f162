// SPDX-License-Identifier: GPL-3.0-or-later
// A message that lies about its sizes takes no more memory than its bytes.
#include "core/journal/envelope/read_message.h"

#include <gtest/gtest.h>

#include "core/journal/envelope/charter.pb.h"

namespace huisbord {
namespace {

constexpr std::uint8_t organisation_field = 1 << 3 | 2;
// Of a field that is no group here.
constexpr std::uint8_t opens = 4 << 3 | 3;
constexpr std::uint8_t closes = 4 << 3 | 4;

/// A field of so many bytes, of which a few are there.
Bytes claims(std::uint32_t size) {
  Bytes bytes{organisation_field};
  for (; size >= 0x80; size >>= 7) bytes.push_back(static_cast<std::uint8_t>(size | 0x80u));
  bytes.push_back(static_cast<std::uint8_t>(size));
  bytes.resize(bytes.size() + 40, 'x');
  return bytes;
}

}  // namespace

TEST(ReadMessage, MakesNoRoomForAFieldThatSaysItIsLongerThanTheMessage) {
  journal::CharterBody body;
  EXPECT_TRUE(read_message(claims(40), 16, body));
  EXPECT_EQ(body.organisation().size(), 40u);
  for (const std::uint32_t size : {41u, 1u << 16, 40'000'000u, 0x7fffffffu, 0xffffffffu}) {
    journal::CharterBody other;
    EXPECT_FALSE(read_message(claims(size), 16, other)) << size;
    EXPECT_LT(other.organisation().capacity(), 1000u) << size;
  }
}

TEST(ReadMessage, NorWhereThatFieldStandsInAGroupOfALaterRelease) {
  Bytes whole = claims(40);
  whole.insert(whole.begin(), opens);
  whole.push_back(closes);
  journal::CharterBody body;
  EXPECT_TRUE(read_message(whole, 16, body));
  Bytes lying = claims(40'000'000);
  lying.insert(lying.begin(), opens);
  lying.push_back(closes);
  EXPECT_FALSE(read_message(lying, 16, body));
}

TEST(ReadMessage, IsBoundInHowDeepItIsNested) {
  for (const int depth : {16, 17}) {
    Bytes nested(static_cast<std::size_t>(depth), opens);
    nested.resize(nested.size() * 2, closes);
    journal::CharterBody body;
    EXPECT_EQ(read_message(nested, 16, body), depth == 16);
  }
}

}  // namespace huisbord
