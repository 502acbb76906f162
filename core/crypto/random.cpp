// SPDX-License-Identifier: GPL-3.0-or-later
// The kernel's random bytes.
#include "core/crypto/random.h"

#include <sodium.h>

#include "core/base/check.h"

namespace huisbord::crypto {
namespace {

class SystemRandom final : public Random {
 public:
  SystemRandom() { CHECK(sodium_init() >= 0); }
  void fill(std::span<std::uint8_t> out) override {
    if (!out.empty()) randombytes_buf(out.data(), out.size());
  }
};

}  // namespace

Random& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace huisbord::crypto
