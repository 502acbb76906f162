// SPDX-License-Identifier: GPL-3.0-or-later
// Sealing a person box.
#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/box.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord::crypto {

Bytes seal_box(const SecretBytes& person_key, ByteView associated, ByteView plaintext, Random& random) {
  CHECK(person_key.size() == key_size);
  StackSecret<key_size> key;
  hash_into("hb.box.key", person_key.view(), {}, key.mutable_view());
  Bytes padded(padded_size(plaintext.size()));
  std::copy(plaintext.begin(), plaintext.end(), padded.begin());
  padded[plaintext.size()] = 0x80;  // ISO/IEC 7816-4
  Bytes box;
  box.reserve(box_size(plaintext.size()));
  const Nonce nonce = make_nonce(random);
  ByteWriter(box).raw(nonce);
  encrypt_append(key.view(), nonce, associated, padded, box);
  wipe(padded);
  return box;
}

}  // namespace huisbord::crypto
