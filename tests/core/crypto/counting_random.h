// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of this folder share: a "random" source that counts, bytes from known answers, and Argon2id at its cheapest.
#pragma once

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/crypto/password.h"

namespace huisbord::crypto {

class CountingRandom final : public Random {
 public:
  explicit CountingRandom(std::uint8_t first) : next_(first) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_;
};

inline SecretBytes secret(std::string_view text) { return SecretBytes::copy_of(view(text)); }
inline SecretBytes counting_key(std::uint8_t first) {
  SecretBytes key = SecretBytes::of_size(32);
  CountingRandom(first).fill(key.mutable_view());
  return key;
}
inline Bytes known_bytes(std::string_view hex) { return from_hex(hex).value(); }
inline constexpr Argon2Parameters cheap{1, 8192};

}  // namespace huisbord::crypto
