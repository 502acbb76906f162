// SPDX-License-Identifier: GPL-3.0-or-later
// XChaCha20-Poly1305 (IETF): encryption with associated data (KEYS.md 4).
#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

inline constexpr std::size_t key_size = 32;
inline constexpr std::size_t nonce_size = 24;
inline constexpr std::size_t tag_size = 16;  ///< ciphertext is that much longer than plaintext
using Nonce = ByteArray<nonce_size>;

/// A fresh key of 32 bytes.
[[nodiscard]] SecretBytes make_key(Random& random);
[[nodiscard]] Nonce make_nonce(Random& random);

/// Ciphertext || tag. The key has 32 bytes; a nonce is used once under a key (24 random bytes are enough for ever).
[[nodiscard]] Bytes encrypt(const SecretBytes& key, const Nonce& nonce, ByteView associated, ByteView plaintext);

/// ErrorCode::seal when key, nonce, associated data or a bit of the ciphertext differs. In a source file of its own (with decrypt_secret):
/// a program that never decrypts does not link it.
[[nodiscard]] Result<Bytes> decrypt(const SecretBytes& key, const Nonce& nonce, ByteView associated, ByteView sealed);
/// The same into guarded memory.
[[nodiscard]] Result<SecretBytes> decrypt_secret(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed);

/// The same into a place of the caller's, which has sealed.size() - tag_size bytes or more.
[[nodiscard]] Status decrypt_into(ByteView key, const Nonce& nonce, ByteView associated, ByteView sealed, std::span<std::uint8_t> out);

/// For keys that live shortly on the stack: appends ciphertext || tag to `out`.
void encrypt_append(ByteView key, const Nonce& nonce, ByteView associated, ByteView plaintext, Bytes& out);

}  // namespace huisbord::crypto
