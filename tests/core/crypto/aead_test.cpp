// SPDX-License-Identifier: GPL-3.0-or-later
// Encryption gives the published answer and opens only with everything that it was made with.
#include "core/crypto/aead.h"

#include "core/crypto/aead_vector.h"
#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"

namespace huisbord::crypto {

TEST(Aead, GivesThePublishedAnswer) {
  const Bytes sealed = encrypt(aead_vector::key(), aead_vector::nonce(), aead_vector::associated, view(aead_vector::plaintext));
  EXPECT_EQ(sealed, to_bytes(aead_vector::sealed));
  EXPECT_EQ(to_string(decrypt(aead_vector::key(), aead_vector::nonce(), aead_vector::associated, sealed).value()), aead_vector::plaintext);
}

class AeadRefuses : public testing::Test {
 protected:
  void expect_seal(const SecretBytes& with, const Nonce& at, std::string_view associated, ByteView bytes) {
    const auto opened = decrypt(with, at, view(associated), bytes);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::seal);
    const auto as_secret = decrypt_secret(with.view(), at, view(associated), bytes);
    ASSERT_FALSE(as_secret);
    EXPECT_EQ(as_secret.error().code, ErrorCode::seal);
  }
  const SecretBytes key = counting_key(1);
  const Nonce nonce{};
  const Bytes sealed = encrypt(key, nonce, view("place"), view("content"));
};

TEST_F(AeadRefuses, AnotherKey) { expect_seal(counting_key(2), nonce, "place", sealed); }
TEST_F(AeadRefuses, AnotherNonce) { expect_seal(key, Nonce{1}, "place", sealed); }
TEST_F(AeadRefuses, AnotherPlace) {
  expect_seal(key, nonce, "Place", sealed);
  expect_seal(key, nonce, "", sealed);
}
TEST_F(AeadRefuses, EveryFlippedByteAndEveryCut) {
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x80;
    expect_seal(key, nonce, "place", changed);
    expect_seal(key, nonce, "place", ByteView(sealed).first(i));
  }
}

TEST(Aead, SealsNothingAsATagAlone) {
  const SecretBytes key = counting_key(1);
  const Bytes sealed = encrypt(key, {}, {}, {});
  EXPECT_EQ(sealed.size(), tag_size);
  EXPECT_TRUE(decrypt(key, {}, {}, sealed).value().empty());
  EXPECT_TRUE(decrypt_secret(key.view(), {}, {}, sealed).value().empty());
}

TEST(Aead, MakesFreshKeysAndNonces) {
  SeededRandom random(3);
  EXPECT_FALSE(equal(make_key(random).view(), make_key(random).view()));
  EXPECT_NE(make_nonce(random), make_nonce(random));
}

}  // namespace huisbord::crypto
