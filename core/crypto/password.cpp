// SPDX-License-Identifier: GPL-3.0-or-later
// Argon2id version 1.3 through libsodium.
#include "core/crypto/password.h"

#include <sodium.h>

#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;

bool argon2id(ByteView secret, const Salt& salt, Argon2Parameters parameters, std::span<std::uint8_t> out) {
  return crypto_pwhash_argon2id(out.data(), out.size(), reinterpret_cast<const char*>(secret.data()), secret.size(), salt.data(),
                                parameters.operations, static_cast<std::size_t>(parameters.memory_bytes),
                                crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0;
}

// Made with the reference implementation (libargon2 20171227): 32 KiB, 2 passes, one lane.
bool passes() {
  static constexpr Salt salt = {'h', 'u', 'i', 's', 'b', 'o', 'r', 'd', ' ', 't', 'e', 's', 't', ' ', '0', '1'};
  static constexpr ByteArray<32> expected = {0x29, 0x87, 0x9b, 0x89, 0x05, 0xbc, 0xe4, 0xae, 0x5b, 0x51, 0x00,
                                             0x5c, 0x53, 0x50, 0xa5, 0xb1, 0x2d, 0x7b, 0x4c, 0xca, 0x51, 0x7c,
                                             0x64, 0x8c, 0x2a, 0xb5, 0x22, 0x69, 0x72, 0x18, 0x63, 0x20};
  ByteArray<32> made;
  return argon2id(view("six words on a card"), salt, {2, 32 * 1024}, made) && made == expected;
}
const SelfTest self_test("Argon2id", passes);

}  // namespace

bool Argon2Parameters::acceptable() const {
  return operations >= 1 && operations <= 16 && memory_bytes >= crypto_pwhash_argon2id_MEMLIMIT_MIN && memory_bytes <= 1024 * mebibyte &&
         memory_bytes % 1024 == 0;
}

Result<SecretBytes> stretch(const SecretBytes& secret, const Salt& salt, Argon2Parameters parameters) {
  if (!parameters.acceptable()) return fail(ErrorCode::invalid, "Argon2id parameters are outside what this release accepts.");
  SecretBytes made = SecretBytes::of_size(32);
  if (!argon2id(secret.view(), salt, parameters, made.mutable_view())) {
    return fail(ErrorCode::unavailable, "Not enough memory is free to check a passphrase; close other programs and try again.");
  }
  return made;
}

}  // namespace huisbord::crypto
