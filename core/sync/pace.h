// SPDX-License-Identifier: GPL-3.0-or-later
// How much to ask for or to send at once: as much as the line carries in a few seconds.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/base/clock.h"

namespace huisbord {

/// Doubles while exchanges are fast, halves when they are slow or break: from 32 KiB to 2 MiB.
class Pace {
 public:
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  void took(Millis time) {
    if (time < fast) bytes_ = std::min(bytes_ * 2, most);
    if (time > slow) broke();
  }
  /// The exchange was slow, or its connection ended in the middle: the next one is half as long.
  void broke() { bytes_ = std::max(bytes_ / 2, least); }

 private:
  static constexpr std::size_t least = std::size_t{32} << 10;
  static constexpr std::size_t most = std::size_t{2} << 20;
  static constexpr Millis fast{1000};
  static constexpr Millis slow{10'000};
  std::size_t bytes_ = std::size_t{256} << 10;
};

}  // namespace huisbord
