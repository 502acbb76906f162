// SPDX-License-Identifier: GPL-3.0-or-later
// A target under libFuzzer; the first folder that its command line names is given the inputs to begin with.
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/fuzz/target.h"

// NOLINTBEGIN(readability-identifier-naming): libFuzzer's names
extern "C" int LLVMFuzzerInitialize(const int* argc, char*** argv) {
  for (int i = 1; i < *argc; ++i) {
    const std::filesystem::path folder = (*argv)[i];
    if (!is_directory(folder)) continue;
    for (int number = 0; const huisbord::Bytes& seed : huisbord::fuzz::beginnings()) {
      const std::filesystem::path file = folder / ("seed_" + std::to_string(number++));
      std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(seed.data()), static_cast<std::streamsize>(seed.size()));
    }
    break;
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  huisbord::fuzz::run({data, size});
  return 0;
}
// NOLINTEND(readability-identifier-naming)
