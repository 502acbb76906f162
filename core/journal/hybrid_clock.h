// SPDX-License-Identifier: GPL-3.0-or-later
// Stamps: a hybrid logical clock whose clock part is cut to the quarter hour (FORMAT.md 4.2).
#pragma once

#include <compare>
#include <cstdint>

#include "core/base/clock.h"

namespace huisbord {

/// Quarter hours since 1970 in the upper 32 bits, a counter below: the journal orders changes and is no log of when people stood here.
struct Stamp {
  std::uint64_t value = 0;
  auto operator<=>(const Stamp&) const = default;
  [[nodiscard]] std::uint32_t quarter() const { return static_cast<std::uint32_t>(value >> 32); }
  [[nodiscard]] std::uint32_t counter() const { return static_cast<std::uint32_t>(value); }
  /// The beginning of its quarter hour.
  [[nodiscard]] Millis time() const { return {std::int64_t{quarter()} * quarter_millis}; }
  static constexpr std::int64_t quarter_millis = 15 * 60 * 1000;
};

/// 0 before 1970.
[[nodiscard]] std::uint32_t quarter_of(Millis time);

/// More than 24 h past trusted time: the segment that carries it waits, uncounted, unapplied, not moving the clock.
[[nodiscard]] bool waits(Stamp stamp, Millis trusted_now);

/// Invariant: each tick is higher than every tick and every received stamp before it.
class HybridClock {
 public:
  explicit HybridClock(Stamp last = {}) : last_(last) {}
  [[nodiscard]] Stamp tick(Millis trusted_now);
  /// Not for a stamp that waits().
  void receive(Stamp remote) { last_ = remote > last_ ? remote : last_; }
  [[nodiscard]] Stamp last() const { return last_; }

 private:
  Stamp last_;
};

}  // namespace huisbord
