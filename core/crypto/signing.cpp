// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 through libsodium.
#include "core/crypto/signing.h"

#include <sodium.h>

#include <cstring>

#include "core/base/check.h"
#include "core/crypto/memory.h"
#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

Bytes tagged(std::string_view tag, ByteView message) {
  CHECK(!tag.empty() && tag.size() <= 255);
  Bytes all;
  all.reserve(1 + tag.size() + message.size());
  ByteWriter writer(all);
  writer.u8(static_cast<std::uint8_t>(tag.size()));
  writer.raw(view(tag));
  writer.raw(message);
  return all;
}

SigningKeyPair from_seed(ByteView seed) {
  CHECK(seed.size() == crypto_sign_ed25519_SEEDBYTES);
  SigningKeyPair pair{{}, SecretBytes::of_size(crypto_sign_ed25519_SECRETKEYBYTES)};
  CHECK(crypto_sign_ed25519_seed_keypair(pair.public_key.bytes.data(), pair.secret.mutable_view().data(), seed.data()) == 0);
  return pair;
}

// RFC 8032, 7.1, test 2 (one byte, 0x72).
bool passes() {
  static constexpr ByteArray<32> seed = {0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
                                         0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb};
  static constexpr Signature expected = {0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25, 0x40,
                                         0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb, 0x69, 0xda,
                                         0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45, 0x8f, 0x36, 0x13, 0xd0, 0xf1, 0x1d, 0x8c,
                                         0x38, 0x7b, 0x2e, 0xae, 0xb4, 0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c, 0x00};
  const SigningKeyPair pair = from_seed(seed);
  Signature made;
  std::uint8_t message = 0x72;
  if (crypto_sign_ed25519_detached(made.data(), nullptr, &message, 1, pair.secret.view().data()) != 0 || made != expected) return false;
  if (crypto_sign_ed25519_verify_detached(made.data(), &message, 1, pair.public_key.bytes.data()) != 0) return false;
  message ^= 1;
  return crypto_sign_ed25519_verify_detached(made.data(), &message, 1, pair.public_key.bytes.data()) != 0;
}
const SelfTest self_test("Ed25519", passes);

}  // namespace

SigningKeyPair make_signing_key(Random& random) {
  StackSecret<crypto_sign_ed25519_SEEDBYTES> seed;
  random.fill(seed.mutable_view());
  return from_seed(seed.view());
}

SigningKeyPair signing_key_from_seed(const SecretBytes& seed) { return from_seed(seed.view()); }

Signature sign_request(const SigningKeyPair& request_key, ByteView message) {
  CHECK(request_key.secret.size() == crypto_sign_ed25519_SECRETKEYBYTES);
  Signature made;
  CHECK(crypto_sign_ed25519_detached(made.data(), nullptr, message.data(), message.size(), request_key.secret.view().data()) == 0);
  return made;
}

bool verify_request(const SigningPublicKey& request_key, ByteView message, const Signature& signature) {
  return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(), request_key.bytes.data()) == 0;
}

Signature sign(const SigningKeyPair& key, std::string_view domain_tag, ByteView message) {
  return sign_request(key, tagged(domain_tag, message));
}

bool verify(const SigningPublicKey& key, std::string_view domain_tag, ByteView message, const Signature& signature) {
  return verify_request(key, tagged(domain_tag, message), signature);
}

}  // namespace huisbord::crypto
