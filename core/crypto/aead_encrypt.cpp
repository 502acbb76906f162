// SPDX-License-Identifier: GPL-3.0-or-later
// The encrypting half of XChaCha20-Poly1305.
#include <sodium.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/aead_vector.h"
#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

static_assert(key_size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES && nonce_size == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES &&
              tag_size == crypto_aead_xchacha20poly1305_ietf_ABYTES);

bool passes() {
  const Bytes made = encrypt(aead_vector::key(), aead_vector::nonce(), aead_vector::associated, view(aead_vector::plaintext));
  return std::ranges::equal(made, aead_vector::sealed);
}
const SelfTest self_test("XChaCha20-Poly1305 encryption", passes);

}  // namespace

SecretBytes make_key(Random& random) {
  SecretBytes made = SecretBytes::of_size(key_size);
  random.fill(made.mutable_view());
  return made;
}

Nonce make_nonce(Random& random) {
  Nonce made;
  random.fill(made);
  return made;
}

void encrypt_append(ByteView key, const Nonce& nonce, ByteView associated, ByteView plaintext, Bytes& out) {
  CHECK(key.size() == key_size);
  const std::size_t at = out.size();
  out.resize(at + plaintext.size() + tag_size);
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + at, nullptr, plaintext.data(), plaintext.size(), associated.data(),
                                                   associated.size(), nullptr, nonce.data(), key.data()) == 0);
}

Bytes encrypt(const SecretBytes& key, const Nonce& nonce, ByteView associated, ByteView plaintext) {
  Bytes sealed;
  encrypt_append(key.view(), nonce, associated, plaintext, sealed);
  return sealed;
}

}  // namespace huisbord::crypto
