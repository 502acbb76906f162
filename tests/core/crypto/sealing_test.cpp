// SPDX-License-Identifier: GPL-3.0-or-later
// A box sealed to a key opens for its owner, in its context, and for nobody else.
#include "core/crypto/sealing.h"

#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

TEST(Sealing, GivesTheKnownAnswerAndOpensIt) {
  const SealingKeyPair owner = sealing_key_from_secret(counting_key(0x10));
  CountingRandom random(0x60);
  EXPECT_EQ(to_hex(seal_to(owner.public_key, view("context"), view("to its owner"), random)), known::sealed);
  const auto opened = open_sealed(owner, view("context"), known_bytes(known::sealed));
  EXPECT_EQ(text_view(opened.value().view()), "to its owner");
}

TEST(Sealing, RefusesAnotherOwnerContextOrByte) {
  SeededRandom random(5);
  const SealingKeyPair owner = make_sealing_key(random);
  const SealingKeyPair other = make_sealing_key(random);
  const Bytes sealed = seal_to(owner.public_key, view("epoch 3"), view("a key"), random);
  EXPECT_EQ(sealed.size(), 5 + sealing_overhead);
  EXPECT_EQ(open_sealed(other, view("epoch 3"), sealed).error().code, ErrorCode::seal);
  EXPECT_EQ(open_sealed(owner, view("epoch 4"), sealed).error().code, ErrorCode::seal);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    EXPECT_EQ(open_sealed(owner, view("epoch 3"), changed).error().code, ErrorCode::seal) << i;
    EXPECT_EQ(open_sealed(owner, view("epoch 3"), ByteView(sealed).first(i)).error().code, ErrorCode::seal) << i;
  }
  EXPECT_TRUE(open_sealed(owner.clone(), view("epoch 3"), sealed));
}

TEST(Sealing, RefusesTheUnusedTopBitOfTheEphemeralKey) {
  // X25519 ignores that bit; the key of the box holds the whole 32 bytes, so a second form of one box does not open.
  SeededRandom random(5);
  const SealingKeyPair owner = make_sealing_key(random);
  Bytes sealed = seal_to(owner.public_key, {}, view("x"), random);
  sealed[31] ^= 0x80;
  EXPECT_FALSE(open_sealed(owner, {}, sealed));
}

TEST(Sealing, MakesAnotherBoxEachTime) {
  SeededRandom random(5);
  const SealingKeyPair owner = make_sealing_key(random);
  EXPECT_NE(seal_to(owner.public_key, {}, view("x"), random), seal_to(owner.public_key, {}, view("x"), random));
}

TEST(Sealing, ToAPointOfSmallOrderOpensForNobody) {
  // Everybody knows what X25519 gives for such a point: zero. A box under a key made of zero would open for everybody.
  SeededRandom random(5);
  const SealingPublicKey zero{};
  const Bytes sealed = seal_to(zero, {}, view("secret"), random);
  EXPECT_EQ(sealed.size(), 6 + sealing_overhead);
  const SealingKeyPair pretender{zero, counting_key(1)};
  EXPECT_EQ(open_sealed(pretender, {}, sealed).error().code, ErrorCode::seal);
  Bytes crafted = sealed;
  std::fill_n(crafted.begin(), 32, std::uint8_t{0});
  EXPECT_EQ(open_sealed(make_sealing_key(random), {}, crafted).error().code, ErrorCode::seal);
}

}  // namespace huisbord::crypto
