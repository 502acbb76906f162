// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a person box.
#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/box.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord::crypto {

Result<SecretBytes> open_box(const SecretBytes& person_key, ByteView associated, ByteView box) {
  CHECK(person_key.size() == key_size);
  constexpr std::size_t overhead = nonce_size + tag_size;
  if (box.size() <= overhead || padded_size(box.size() - overhead - 1) != box.size() - overhead) {
    return fail(ErrorCode::parse, "A sealed box has a size that no box has.");
  }
  StackSecret<key_size> key;
  hash_into("hb.box.key", person_key.view(), {}, key.mutable_view());
  ByteReader reader(box);
  const Nonce nonce = reader.array<nonce_size>();
  auto padded = decrypt_secret(key.view(), nonce, associated, reader.rest());
  if (!padded) return padded;
  std::size_t size = 0;
  if (sodium_unpad(&size, padded->view().data(), padded->size(), padded->size()) != 0 || padded_size(size) != padded->size()) {
    return fail(ErrorCode::parse, "A sealed box is padded in a way that no box is.");
  }
  return SecretBytes::copy_of(padded->view().first(size));
}

}  // namespace huisbord::crypto
