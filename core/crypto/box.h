// SPDX-License-Identifier: GPL-3.0-or-later
// Person boxes: everything personal in one operation, padded and sealed under a person's key (KEYS.md 6).
#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

/// The padded size of a plaintext: the smallest of 32, 64, 128, 256 and then steps of 256 that holds it and one byte more.
[[nodiscard]] std::size_t padded_size(std::size_t plaintext_size);
/// The size of the whole box: nonce 24 || padded ciphertext || tag 16.
[[nodiscard]] std::size_t box_size(std::size_t plaintext_size);

/// The key has 32 bytes. What stands in `associated` is bound to the box: it opens only where it was put.
[[nodiscard]] Bytes seal_box(const SecretBytes& person_key, ByteView associated, ByteView plaintext, Random& random);
/// ErrorCode::parse for a size that no box has, ErrorCode::seal for another key, another place or changed bytes.
[[nodiscard]] Result<SecretBytes> open_box(const SecretBytes& person_key, ByteView associated, ByteView box);

/// The same for a session that opens a person's whole record: into one place of the caller's (of a SecretBytes made once) of at least
/// box.size() - 40 bytes. The size of the plaintext, which begins there; what follows it up to the padded size is padding.
[[nodiscard]] Result<std::size_t> open_box_into(const SecretBytes& person_key, ByteView associated, ByteView box,
                                                std::span<std::uint8_t> room);

}  // namespace huisbord::crypto
