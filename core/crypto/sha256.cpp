// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 through libsodium.
#include "core/crypto/sha256.h"

#include <sodium.h>

#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

// FIPS 180-2, appendix B.1: "abc".
bool passes() {
  static constexpr ByteArray<32> expected = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                             0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                             0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
  return sha256(view("abc")) == expected;
}
const SelfTest self_test("SHA-256", passes);

}  // namespace

ByteArray<32> sha256(ByteView input) {
  static_assert(crypto_hash_sha256_BYTES == 32);
  ByteArray<32> made;
  crypto_hash_sha256(made.data(), input.data(), input.size());
  return made;
}

}  // namespace huisbord::crypto
