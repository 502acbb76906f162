// SPDX-License-Identifier: GPL-3.0-or-later
// One test vector as it is stored: a sentence, header lines, and bytes in hexadecimal.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace huisbord::vectors {

struct VectorFile {
  std::string name;
  std::multimap<std::string, std::string> header;
  Bytes bytes;

  [[nodiscard]] bool has(const std::string& field) const { return header.contains(field); }
  /// Empty when the field is not there.
  [[nodiscard]] std::string text(const std::string& field) const;
  [[nodiscard]] Bytes hex(const std::string& field) const;
  [[nodiscard]] std::uint64_t number(const std::string& field) const;
  /// The words of a field that holds several.
  [[nodiscard]] std::vector<std::string> words(const std::string& field) const;
};

[[nodiscard]] VectorFile read_vector(const std::filesystem::path& path);
/// Every *.vector of the folder, by name.
[[nodiscard]] std::vector<VectorFile> read_vectors(const std::filesystem::path& folder);

/// Empty when the code under test does what the vector expects; else what it did.
[[nodiscard]] std::string contradiction(const VectorFile& vector);

}  // namespace huisbord::vectors
