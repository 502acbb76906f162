// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures hold for one key, one tag and one message.
#include "core/crypto/signing.h"

#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"
#include "tests/core/crypto/known_answers.h"

namespace huisbord::crypto {

class Signing : public testing::Test {
 protected:
  const SigningKeyPair pair = signing_key_from_seed(counting_key(0x10));
  const Signature signature = sign(pair, "hb.test", view("huisbord"));
};

TEST_F(Signing, GivesTheKnownAnswer) {
  EXPECT_EQ(to_hex(pair.public_key.bytes), known::signing_public);
  EXPECT_EQ(to_hex(signature), known::signature);
}

TEST_F(Signing, VerifiesWhatWasSigned) { EXPECT_TRUE(verify(pair.public_key, "hb.test", view("huisbord"), signature)); }

TEST_F(Signing, RefusesAnotherTagMessageOrKey) {
  EXPECT_FALSE(verify(pair.public_key, "hb.tess", view("huisbord"), signature));
  EXPECT_FALSE(verify(pair.public_key, "hb.test", view("huisbore"), signature));
  EXPECT_FALSE(verify(signing_key_from_seed(counting_key(0x11)).public_key, "hb.test", view("huisbord"), signature));
}

TEST_F(Signing, RefusesAByteMovedBetweenTagAndMessage) {
  EXPECT_FALSE(verify(pair.public_key, "hb.testh", view("uisbord"), signature));
  EXPECT_FALSE(verify(pair.public_key, "hb.tes", view("thuisbord"), signature));
}

TEST_F(Signing, RefusesEveryFlippedBit) {
  for (std::size_t i = 0; i < signature.size() * 8; ++i) {
    Signature changed = signature;
    changed[i / 8] ^= static_cast<std::uint8_t>(1 << (i % 8));
    EXPECT_FALSE(verify(pair.public_key, "hb.test", view("huisbord"), changed)) << i;
  }
}

TEST_F(Signing, RefusesAKeyOfSmallOrder) {
  // The neutral element, and a signature that simple verifiers accept under it for every message: R neutral, S zero.
  SigningPublicKey neutral;
  neutral.bytes[0] = 1;
  Signature forged{};
  forged[0] = 1;
  EXPECT_FALSE(verify(neutral, "hb.test", view("huisbord"), forged));
  EXPECT_FALSE(verify(SigningPublicKey{}, "hb.test", view("huisbord"), forged));
}

TEST_F(Signing, MakesTheSamePairFromTheSameSeed) {
  CountingRandom random(0x10);
  const SigningKeyPair again = make_signing_key(random);
  EXPECT_EQ(again.public_key, pair.public_key);
  EXPECT_TRUE(equal(again.secret.view(), pair.secret.view()));
  EXPECT_TRUE(equal(pair.seed(), counting_key(0x10).view()));
  EXPECT_EQ(sign(pair.clone(), "hb.test", view("huisbord")), signature);
}

}  // namespace huisbord::crypto
