// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the bytes of the vectors of one kind as files for libFuzzer to begin with: corpus KIND FOLDER.
#include <fstream>

#include "tests/vectors/vector_file.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string prefix = std::string(argv[1]) + "_";
  const std::filesystem::path folder = argv[2];
  std::filesystem::create_directories(folder);
  for (const auto& vector : huisbord::vectors::read_vectors(std::string(HUISBORD_SOURCE_DIR) + "/tests/vectors")) {
    if (!vector.name.starts_with(prefix)) continue;
    std::ofstream out(folder / vector.name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(vector.bytes.data()), static_cast<std::streamsize>(vector.bytes.size()));
  }
  return 0;
}
