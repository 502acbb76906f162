// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target without libFuzzer: over the vectors of its kind and 20,000 seeded mutations of them.
#include <cstdio>

#include "core/base/random.h"
#include "tests/vectors/vector_file.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

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
  const std::string prefix = std::string(argv[1]) + "_";
  std::vector<Bytes> seeds;
  for (const auto& vector : huisbord::vectors::read_vectors(std::string(HUISBORD_SOURCE_DIR) + "/tests/vectors")) {
    if (vector.name.starts_with(prefix)) seeds.push_back(vector.bytes);
  }
  if (seeds.empty()) {
    std::fprintf(stderr, "no vectors begin with %s\n", prefix.c_str());
    return 1;
  }
  for (const Bytes& seed : seeds) LLVMFuzzerTestOneInput(seed.data(), seed.size());
  huisbord::SeededRandom random(1);
  for (int i = 0; i < 20'000; ++i) {
    Bytes bytes = seeds[random.below(static_cast<std::uint32_t>(seeds.size()))];
    mutate(bytes, random);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%zu seeds and 20000 mutations survived\n", seeds.size());
  return 0;
}
