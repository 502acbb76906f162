// SPDX-License-Identifier: GPL-3.0-or-later
// Ed25519 signatures with a domain tag, so that a signature for one purpose is none for another (KEYS.md 3).
#pragma once

#include <compare>
#include <string_view>

#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

struct SigningPublicKey {
  ByteArray<32> bytes{};
  [[nodiscard]] ByteView view() const { return bytes; }
  auto operator<=>(const SigningPublicKey&) const = default;
};

struct SigningKeyPair {
  SigningPublicKey public_key;
  SecretBytes secret;  ///< 64 bytes: seed, then public key
  /// The 32 bytes that are stored: signing_key_from_seed makes the pair again.
  [[nodiscard]] ByteView seed() const { return secret.view().first(32); }
  [[nodiscard]] SigningKeyPair clone() const { return {public_key, secret.clone()}; }
};

using Signature = ByteArray<64>;

/// Draws a seed of 32 bytes, so a seeded Random gives the same pair again.
[[nodiscard]] SigningKeyPair make_signing_key(Random& random);
/// The seed has 32 bytes.
[[nodiscard]] SigningKeyPair signing_key_from_seed(const SecretBytes& seed);

/// Signs length of tag (1 byte) || tag || message. The tag has 1 to 255 bytes.
[[nodiscard]] Signature sign(const SigningKeyPair& key, std::string_view domain_tag, ByteView message);
/// False also for keys of small order and for encodings that are not canonical.
[[nodiscard]] bool verify(const SigningPublicKey& key, std::string_view domain_tag, ByteView message, const Signature& signature);

/// Over the message as it stands, as RFC 9421 wants it: with request keys alone, which sign nothing else.
[[nodiscard]] Signature sign_request(const SigningKeyPair& request_key, ByteView message);
[[nodiscard]] bool verify_request(const SigningPublicKey& request_key, ByteView message, const Signature& signature);

}  // namespace huisbord::crypto
