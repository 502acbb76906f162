// SPDX-License-Identifier: GPL-3.0-or-later
// The decrypting half of XChaCha20-Poly1305, apart so that the relay does not link it.
#include <sodium.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/aead_vector.h"
#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

bool opens(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed, std::uint8_t* out) {
  CHECK(key.size() == key_size);
  return crypto_aead_xchacha20poly1305_ietf_decrypt(out, nullptr, nullptr, sealed.data(), sealed.size(), associated.data(),
                                                    associated.size(), nonce.data(), key.data()) == 0;
}

std::unexpected<Error> refused() {
  return fail(ErrorCode::seal, "Sealed bytes do not open: another key, another place or changed on the way.");
}

bool passes() {
  const SecretBytes key = aead_vector::key();
  const Result<Bytes> opened = decrypt(key, aead_vector::nonce(), aead_vector::associated, aead_vector::sealed);
  if (!opened || !std::ranges::equal(*opened, view(aead_vector::plaintext))) return false;
  auto changed = aead_vector::sealed;
  changed.back() ^= 1;
  return !decrypt(key, aead_vector::nonce(), aead_vector::associated, changed);
}
const SelfTest self_test("XChaCha20-Poly1305 decryption", passes);

}  // namespace

Result<Bytes> decrypt(const SecretBytes& key, const Nonce& nonce, ByteView associated, ByteView sealed) {
  if (sealed.size() < tag_size) return refused();
  Bytes plaintext(sealed.size() - tag_size);
  if (!opens(key.view(), nonce, associated, sealed, plaintext.data())) return refused();
  return plaintext;
}

Result<SecretBytes> decrypt_secret(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed) {
  if (sealed.size() < tag_size) return refused();
  SecretBytes plaintext = SecretBytes::of_size(sealed.size() - tag_size);
  if (!opens(key, nonce, associated, sealed, plaintext.mutable_view().data())) return refused();
  return plaintext;
}

Status decrypt_into(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed, std::span<std::uint8_t> out) {
  if (sealed.size() < tag_size) return refused();
  CHECK(out.size() >= sealed.size() - tag_size);
  if (!opens(key, nonce, associated, sealed, out.data())) return refused();
  return {};
}

}  // namespace huisbord::crypto
