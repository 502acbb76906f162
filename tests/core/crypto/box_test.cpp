// SPDX-License-Identifier: GPL-3.0-or-later
// Person boxes: their few sizes, their known answer, and everything that does not open one.
#include "core/crypto/box.h"

#include <set>

#include "core/crypto/aead.h"
#include "core/crypto/hash.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

TEST(Box, GivesTheKnownAnswerAndOpensIt) {
  CountingRandom random(0x40);
  EXPECT_EQ(to_hex(seal_box(counting_key(0x10), view("operation 7"), view("Tuesday at ten"), random)), known::box);
  const auto opened = open_box(counting_key(0x10), view("operation 7"), known_bytes(known::box));
  EXPECT_EQ(text_view(opened.value().view()), "Tuesday at ten");
}

TEST(Box, HasTheSizesOfTheSpecification) {
  EXPECT_EQ(padded_size(0), 32u);
  EXPECT_EQ(padded_size(31), 32u);
  EXPECT_EQ(padded_size(32), 64u);
  EXPECT_EQ(padded_size(63), 64u);
  EXPECT_EQ(padded_size(64), 128u);
  EXPECT_EQ(padded_size(127), 128u);
  EXPECT_EQ(padded_size(128), 256u);
  EXPECT_EQ(padded_size(255), 256u);
  EXPECT_EQ(padded_size(256), 512u);
  EXPECT_EQ(padded_size(511), 512u);
  EXPECT_EQ(padded_size(512), 768u);
  EXPECT_EQ(box_size(10), 24u + 32u + 16u);
}

TEST(Box, BringsBackEveryLength) {
  SeededRandom random(9);
  const SecretBytes key = make_key(random);
  std::set<std::size_t> sizes;
  for (std::size_t size = 0; size <= 1100; ++size) {
    Bytes plaintext(size);
    random.fill(plaintext);
    if (size % 3 == 0 && size > 1) plaintext[size - 1] = 0;     // ends like the padding
    if (size % 5 == 0 && size > 1) plaintext[size - 1] = 0x80;  // ends like its mark
    const Bytes box = seal_box(key, view("a"), plaintext, random);
    ASSERT_EQ(box.size(), box_size(size));
    sizes.insert(box.size());
    const auto opened = open_box(key, view("a"), box);
    ASSERT_TRUE(opened) << size;
    ASSERT_EQ(to_bytes(opened->view()), plaintext) << size;
  }
  EXPECT_EQ(sizes.size(), 8u);  // 32 64 128 256 512 768 1024 1280
}

TEST(Box, OpensIntoAPlaceOfTheCallers) {
  SeededRandom random(9);
  const SecretBytes key = make_key(random);
  SecretBytes room = SecretBytes::of_size(512);
  for (const std::size_t size : {std::size_t{0}, std::size_t{40}, std::size_t{300}}) {
    Bytes plaintext(size);
    random.fill(plaintext);
    const Bytes box = seal_box(key, view("a"), plaintext, random);
    ASSERT_EQ(open_box_into(key, view("a"), box, room.mutable_view()).value(), size);
    EXPECT_EQ(to_bytes(room.view().first(size)), plaintext);
  }
  EXPECT_EQ(open_box_into(key, view("b"), seal_box(key, view("a"), {}, random), room.mutable_view()).error().code, ErrorCode::seal);
}

TEST(Box, RefusesAnotherKeyPlaceOrByte) {
  SeededRandom random(9);
  const SecretBytes key = make_key(random);
  const Bytes box = seal_box(key, view("operation 7"), view("text"), random);
  EXPECT_EQ(open_box(make_key(random), view("operation 7"), box).error().code, ErrorCode::seal);
  EXPECT_EQ(open_box(key, view("operation 8"), box).error().code, ErrorCode::seal);
  for (std::size_t i = 0; i < box.size(); ++i) {
    Bytes changed = box;
    changed[i] ^= 1;
    EXPECT_EQ(open_box(key, view("operation 7"), changed).error().code, ErrorCode::seal) << i;
    EXPECT_EQ(open_box(key, view("operation 7"), ByteView(box).first(i)).error().code, ErrorCode::parse) << i;
  }
}

TEST(Box, RefusesPaddingThatNoBoxHas) {
  SeededRandom random(9);
  const SecretBytes key = make_key(random);
  const SecretBytes box_key = derive_key("hb.box.key", key, {});
  const auto open_padded = [&](const Bytes& padded) {
    Bytes box(24);
    encrypt_append(box_key.view(), {}, {}, padded, box);
    return open_box(key, {}, box);
  };
  Bytes longer(64);  // what would have fitted in 32
  longer[10] = 0x80;
  EXPECT_EQ(open_padded(longer).error().code, ErrorCode::parse);
  EXPECT_EQ(open_padded(Bytes(32)).error().code, ErrorCode::parse);     // no mark
  EXPECT_EQ(open_padded(Bytes(32, 7)).error().code, ErrorCode::parse);  // another mark
  longer[40] = 0x80;
  EXPECT_TRUE(open_padded(longer));
}

}  // namespace huisbord::crypto
