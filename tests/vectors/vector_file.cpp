// SPDX-License-Identifier: GPL-3.0-or-later
// Reading vector files.
#include "tests/vectors/vector_file.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace huisbord::vectors {

std::string VectorFile::text(const std::string& field) const {
  const auto found = header.find(field);
  return found == header.end() ? "" : found->second;
}

Bytes VectorFile::hex(const std::string& field) const { return from_hex(text(field)).value(); }

std::uint64_t VectorFile::number(const std::string& field) const { return std::stoull(text(field)); }

std::vector<std::string> VectorFile::words(const std::string& field) const {
  std::istringstream in(text(field));
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

VectorFile read_vector(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  VectorFile vector;
  vector.name = path.stem().string();
  std::string line;
  while (std::getline(in, line) && !line.empty()) {
    if (line.starts_with("#")) continue;
    const auto colon = line.find(": ");
    if (colon == std::string::npos) throw std::runtime_error(path.string() + ": no header line: " + line);
    vector.header.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  std::string hexadecimal;
  while (std::getline(in, line)) hexadecimal += line;
  vector.bytes = from_hex(hexadecimal).value();
  return vector;
}

std::vector<VectorFile> read_vectors(const std::filesystem::path& folder) {
  std::vector<VectorFile> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".vector") all.push_back(read_vector(entry.path()));
  }
  std::ranges::sort(all, {}, &VectorFile::name);
  return all;
}

}  // namespace huisbord::vectors
