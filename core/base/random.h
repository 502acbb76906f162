// SPDX-License-Identifier: GPL-3.0-or-later
// Randomness as a parameter: the real one is core/crypto's, tests and the simulation hand in a seeded one.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/ids.h"

namespace huisbord {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;

  /// Uniform in [0, bound); bound must not be 0.
  [[nodiscard]] std::uint32_t below(std::uint32_t bound);
  template <class Tag>
  [[nodiscard]] Id<Tag> id() {
    Id<Tag> made;
    fill(made.bytes);
    return made;
  }
};

/// Reproducible (SplitMix64); never for keys. For tests, `simulate` and backoff jitter.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override;
  [[nodiscard]] std::uint64_t next();

 private:
  std::uint64_t state_;
};

}  // namespace huisbord
