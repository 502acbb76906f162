// SPDX-License-Identifier: GPL-3.0-or-later
// Days on which everybody is honest and everything else is as bad as it is: the rules of watching must be silent.
#pragma once

#include <cstdint>
#include <string>

namespace huisbord::sim {

struct HonestDays {
  std::uint64_t days = 0;
  std::uint64_t judgements = 0;
  std::uint64_t alarms = 0;    ///< findings of any kind but the office's silence
  std::uint64_t silences = 0;  ///< "nothing from the office", said although a desk was on line within three days
  std::string first;
};
/// Organisations of 60 days each, until so many days of a scope have passed.
[[nodiscard]] HonestDays pass_honest_days(std::uint64_t days, std::uint64_t seed);

}  // namespace huisbord::sim
