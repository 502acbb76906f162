// SPDX-License-Identifier: GPL-3.0-or-later
// Bounded draws without bias, and the seeded source.
#include "core/base/random.h"

#include "core/base/check.h"

namespace huisbord {

std::uint32_t Random::below(std::uint32_t bound) {
  CHECK(bound != 0);
  const std::uint32_t reject_from = static_cast<std::uint32_t>((std::uint64_t{1} << 32) / bound * bound - 1);
  for (;;) {
    ByteArray<4> raw;
    fill(raw);
    const std::uint32_t drawn = ByteReader(raw).u32();
    if (drawn <= reject_from) return drawn % bound;
  }
}

std::uint64_t SeededRandom::next() {
  // SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::size_t at = 0;
  while (at < out.size()) {
    const std::uint64_t word = next();
    for (std::size_t i = 0; i < 8 && at < out.size(); ++i, ++at) out[at] = static_cast<std::uint8_t>(word >> (8 * i));
  }
}

}  // namespace huisbord
