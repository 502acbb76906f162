// SPDX-License-Identifier: GPL-3.0-or-later
// The hybrid logical clock: Kulkarni et al., "Logical Physical Clocks" (OPODIS 2014), in one number.
#include "core/journal/hybrid_clock.h"

#include <algorithm>
#include <limits>

#include "core/base/check.h"

namespace huisbord {

std::uint32_t quarter_of(Millis time) {
  if (time.value < 0) return 0;
  constexpr std::int64_t highest = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(time.value / Stamp::quarter_millis, highest));
}

bool waits(Stamp stamp, Millis trusted_now) {
  constexpr std::uint64_t quarters_a_day = 96;
  return std::uint64_t{stamp.quarter()} > std::uint64_t{quarter_of(trusted_now)} + quarters_a_day;
}

Stamp HybridClock::tick(Millis trusted_now) {
  CHECK(last_.value != std::numeric_limits<std::uint64_t>::max());
  last_.value = std::max(last_.value + 1, std::uint64_t{quarter_of(trusted_now)} << 32);
  return last_;
}

}  // namespace huisbord
