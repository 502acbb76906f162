// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes that anybody can seal to a public key and only its owner opens: X25519, BLAKE2b, XChaCha20-Poly1305 (KEYS.md 5).
#pragma once

#include <compare>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

struct SealingPublicKey {
  ByteArray<32> bytes{};
  [[nodiscard]] ByteView view() const { return bytes; }
  auto operator<=>(const SealingPublicKey&) const = default;
};

struct SealingKeyPair {
  SealingPublicKey public_key;
  SecretBytes secret;  ///< 32 bytes
  [[nodiscard]] SealingKeyPair clone() const { return {public_key, secret.clone()}; }
};

inline constexpr std::size_t sealing_overhead = 48;  ///< ephemeral key 32 || ciphertext || tag 16

[[nodiscard]] SealingKeyPair make_sealing_key(Random& random);
/// The secret has 32 bytes.
[[nodiscard]] SealingKeyPair sealing_key_from_secret(const SecretBytes& secret);

/// Only whoever hands in the same context opens it (charter, scope, epoch ...). Sealed to a point of small order, which is nobody's key,
/// it opens for nobody.
[[nodiscard]] Bytes seal_to(const SealingPublicKey& receiver, ByteView context, ByteView plaintext, Random& random);
/// ErrorCode::seal for another receiver, another context or changed bytes.
[[nodiscard]] Result<SecretBytes> open_sealed(const SealingKeyPair& receiver, ByteView context, ByteView sealed);

}  // namespace huisbord::crypto
