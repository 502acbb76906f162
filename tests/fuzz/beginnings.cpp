// SPDX-License-Identifier: GPL-3.0-or-later
// The inputs that a target begins with.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/target.h"
#include "tests/vectors/vector_file.h"

namespace huisbord::fuzz {

std::vector<Bytes> vectors(std::string_view beginning) {
  std::vector<Bytes> all;
  for (vectors::VectorFile& vector : vectors::read_vectors(std::string(HUISBORD_SOURCE_DIR) + "/tests/vectors")) {
    if (vector.name.starts_with(beginning)) all.push_back(std::move(vector.bytes));
  }
  return all;
}

Bytes shaped(std::uint8_t shape, ByteView bytes) {
  Bytes input{shape};
  input.insert(input.end(), bytes.begin(), bytes.end());
  return input;
}

std::vector<Bytes> beginnings() {
  std::vector<Bytes> all = seeds();
  std::error_code none;
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(HUISBORD_SOURCE_DIR "/tests/fuzz/found/" HUISBORD_FUZZ_TARGET, none))
    found.push_back(entry.path());
  std::ranges::sort(found);
  for (const auto& path : found) {
    std::ifstream in(path, std::ios::binary);
    all.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return all;
}

}  // namespace huisbord::fuzz
