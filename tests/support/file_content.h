// SPDX-License-Identifier: GPL-3.0-or-later
// A whole file as bytes, and bytes as a whole file.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/base/bytes.h"

namespace huisbord {

inline Bytes content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void put_content(const std::filesystem::path& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace huisbord
