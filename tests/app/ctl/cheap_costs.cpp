// SPDX-License-Identifier: GPL-3.0-or-later
// In place of core/crypto/password_costs.cpp: what is stretched within these tests costs as little as Argon2id allows. The programs that
// they start are the real ones, with the real costs.
#include "core/crypto/password.h"

namespace huisbord::crypto {
namespace {
constexpr Argon2Parameters cheap{1, 8 * 1024};
}

Argon2Parameters Argon2Parameters::interactive_pin() { return cheap; }
Argon2Parameters Argon2Parameters::phrase() { return cheap; }
Argon2Parameters Argon2Parameters::staff_passphrase() { return cheap; }

}  // namespace huisbord::crypto
