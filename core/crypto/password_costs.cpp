// SPDX-License-Identifier: GPL-3.0-or-later
// What a guess costs (KEYS.md 7, with what was measured). A file of its own: tests that are about something else link cheaper ones.
#include "core/crypto/password.h"

namespace huisbord::crypto {
namespace {
constexpr std::uint64_t mebibyte = 1024 * 1024;
}

Argon2Parameters Argon2Parameters::interactive_pin() { return {4, 64 * mebibyte}; }
Argon2Parameters Argon2Parameters::phrase() { return {3, 64 * mebibyte}; }
Argon2Parameters Argon2Parameters::staff_passphrase() { return {3, 256 * mebibyte}; }

}  // namespace huisbord::crypto
