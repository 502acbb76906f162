// SPDX-License-Identifier: GPL-3.0-or-later
// Keyed hash of nothing: who has the key can check its name, nobody else learns anything.
#include "core/crypto/key_id.h"

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace huisbord::crypto {

KeyId key_id(const SecretBytes& key) {
  CHECK(!key.empty());
  KeyId made;
  hash_into("hb.key-id", key.view(), {}, made);
  return made;
}

}  // namespace huisbord::crypto
