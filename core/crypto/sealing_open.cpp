// SPDX-License-Identifier: GPL-3.0-or-later
// Opening what was sealed to a key of ours.
#include "core/base/check.h"
#include "core/crypto/sealing_key.h"

namespace huisbord::crypto {

Result<SecretBytes> open_sealed(const SealingKeyPair& receiver, ByteView context, ByteView sealed) {
  CHECK(receiver.secret.size() == 32);
  ByteReader reader(sealed);
  const SealingPublicKey ephemeral{reader.array<32>()};
  StackSecret<key_size> key;
  if (!reader.ok() || !sealing_box_key(receiver.secret.view(), ephemeral.bytes, ephemeral, receiver.public_key, key)) {
    return fail(ErrorCode::seal, "Sealed bytes do not open: they are too short or hold no public key.");
  }
  return decrypt_secret(key.view(), Nonce{}, context, reader.rest());
}

}  // namespace huisbord::crypto
