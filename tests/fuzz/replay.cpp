// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target without libFuzzer: over the inputs that it begins with and so many seeded mutations of them.
#include <cstdio>
#include <string>

#include "core/base/random.h"
#include "tests/fuzz/target.h"

namespace {

using huisbord::Bytes;

void mutate(Bytes& bytes, huisbord::Random& random) {
  for (std::uint32_t edits = 1 + random.below(4); edits > 0; --edits) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const auto at = static_cast<std::ptrdiff_t>(random.below(size + 1));
    switch (random.below(4)) {
      case 0:
        bytes.insert(bytes.begin() + at, static_cast<std::uint8_t>(random.below(256)));
        break;
      case 1:
        bytes.resize(static_cast<std::size_t>(at));
        break;
      default:
        if (size != 0) bytes[random.below(size)] = static_cast<std::uint8_t>(random.below(256));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const int mutations = std::stoi(argv[1]);
  const std::vector<Bytes> seeds = huisbord::fuzz::beginnings();
  for (const Bytes& seed : seeds) huisbord::fuzz::run(seed);
  huisbord::SeededRandom random(1);
  for (int i = 0; i < mutations; ++i) {
    Bytes bytes = seeds.at(random.below(static_cast<std::uint32_t>(seeds.size())));
    mutate(bytes, random);
    huisbord::fuzz::run(bytes);
  }
  std::printf("%zu inputs and %d mutations survived\n", seeds.size(), mutations);
  return 0;
}
