// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in tests: pixels in memory, and PNG files of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace huisbord::tests {

/// 0xAARRGGBB, row by row.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;
  [[nodiscard]] std::uint32_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

[[nodiscard]] Result<Picture> read_png(const std::string& path);
/// Up to `colours` colours are kept exactly, more are merged into the nearest of the most frequent ones (a palette keeps the file small);
/// 0 writes every colour as it is.
[[nodiscard]] Status write_png(const std::string& path, const Picture& picture, int colours = 0);

}  // namespace huisbord::tests
