// SPDX-License-Identifier: GPL-3.0-or-later
// Making sealing keys and sealing to them.
#include "core/crypto/sealing.h"

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/crypto/sealing_key.h"
#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

// RFC 7748, 6.1: Alice's secret key, Bob's public key and what they share.
bool passes() {
  static constexpr ByteArray<32> alice = {0x77, 0x07, 0x6d, 0x0a, 0x73, 0x18, 0xa5, 0x7d, 0x3c, 0x16, 0xc1, 0x72, 0x51, 0xb2, 0x66, 0x45,
                                          0xdf, 0x4c, 0x2f, 0x87, 0xeb, 0xc0, 0x99, 0x2a, 0xb1, 0x77, 0xfb, 0xa5, 0x1d, 0xb9, 0x2c, 0x2a};
  static constexpr ByteArray<32> bob = {0xde, 0x9e, 0xdb, 0x7d, 0x7b, 0x7d, 0xc1, 0xb4, 0xd3, 0x5b, 0x61, 0xc2, 0xec, 0xe4, 0x35, 0x37,
                                        0x3f, 0x83, 0x43, 0xc8, 0x5b, 0x78, 0x67, 0x4d, 0xad, 0xfc, 0x7e, 0x14, 0x6f, 0x88, 0x2b, 0x4f};
  static constexpr ByteArray<32> shared = {0x4a, 0x5d, 0x9d, 0x5b, 0xa4, 0xce, 0x2d, 0xe1, 0x72, 0x8e, 0x3b, 0xf4, 0x80, 0x35, 0x0f, 0x25,
                                           0xe0, 0x7e, 0x21, 0xc9, 0x47, 0xd1, 0x9e, 0x33, 0x76, 0xf0, 0x9b, 0x3c, 0x1e, 0x16, 0x17, 0x42};
  ByteArray<32> made;
  return crypto_scalarmult_curve25519(made.data(), alice.data(), bob.data()) == 0 && made == shared;
}
const SelfTest self_test("X25519", passes);

SealingPublicKey public_of(ByteView secret) {
  SealingPublicKey made;
  CHECK(crypto_scalarmult_curve25519_base(made.bytes.data(), secret.data()) == 0);
  return made;
}

}  // namespace

SealingKeyPair make_sealing_key(Random& random) {
  SecretBytes secret = SecretBytes::of_size(crypto_scalarmult_curve25519_SCALARBYTES);
  random.fill(secret.mutable_view());
  const SealingPublicKey public_key = public_of(secret.view());
  return {public_key, std::move(secret)};
}

SealingKeyPair sealing_key_from_secret(const SecretBytes& secret) {
  CHECK(secret.size() == crypto_scalarmult_curve25519_SCALARBYTES);
  return {public_of(secret.view()), secret.clone()};
}

bool sealing_box_key(ByteView own_secret, ByteView other_public, const SealingPublicKey& ephemeral, const SealingPublicKey& receiver,
                     StackSecret<key_size>& out) {
  StackSecret<crypto_scalarmult_curve25519_BYTES> shared;
  if (crypto_scalarmult_curve25519(shared.mutable_view().data(), own_secret.data(), other_public.data()) != 0) return false;
  ByteArray<64> both;
  std::copy(ephemeral.bytes.begin(), ephemeral.bytes.end(), both.begin());
  std::copy(receiver.bytes.begin(), receiver.bytes.end(), both.begin() + 32);
  hash_into("hb.sealed.key", shared.view(), both, out.mutable_view());
  return true;
}

Bytes seal_to(const SealingPublicKey& receiver, ByteView context, ByteView plaintext, Random& random) {
  StackSecret<crypto_scalarmult_curve25519_SCALARBYTES> secret;
  random.fill(secret.mutable_view());
  const SealingPublicKey ephemeral = public_of(secret.view());
  StackSecret<key_size> key;
  if (!sealing_box_key(secret.view(), receiver.bytes, ephemeral, receiver, key)) random.fill(key.mutable_view());
  Bytes sealed;
  sealed.reserve(plaintext.size() + sealing_overhead);
  ByteWriter(sealed).raw(ephemeral.bytes);
  // Each box has a key of its own, so its nonce can be zero.
  encrypt_append(key.view(), Nonce{}, context, plaintext, sealed);
  return sealed;
}

}  // namespace huisbord::crypto
