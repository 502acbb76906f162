// SPDX-License-Identifier: GPL-3.0-or-later
// The few sizes that a box can have, so that its size says little.
#include "core/crypto/aead.h"
#include "core/crypto/box.h"

namespace huisbord::crypto {

std::size_t padded_size(std::size_t plaintext_size) {
  const std::size_t needed = plaintext_size + 1;  // the mark that ends the plaintext
  for (const std::size_t small : {32u, 64u, 128u}) {
    if (needed <= small) return small;
  }
  return (needed + 255) / 256 * 256;
}

std::size_t box_size(std::size_t plaintext_size) { return nonce_size + padded_size(plaintext_size) + tag_size; }

}  // namespace huisbord::crypto
