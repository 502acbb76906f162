// SPDX-License-Identifier: GPL-3.0-or-later
// The times at which a repeating event falls within a span of days, by libical's rules and within bounds.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/ctl/calendar_zones.h"

namespace huisbord {

inline constexpr std::size_t max_event_instances = 1000;  ///< of one event in the span: three a day for a year is more than anybody keeps
inline constexpr std::size_t max_file_instances = 50000;  ///< of all events of a file
inline constexpr std::size_t max_event_steps = 100000;    ///< times looked at for one event: a daily one since 1902, twice over
inline constexpr std::size_t max_file_steps = 1000000;

/// What is left for a file; every expansion takes from it, and gives less than all when it is spent.
struct ExpansionBudget {
  std::size_t steps = max_file_steps;
  std::size_t instances = max_file_instances;
  [[nodiscard]] bool spent() const { return steps == 0 || instances == 0; }
};

struct RepeatRule {
  std::string text;  ///< value of RRULE
};

/// Wall times of the event's zone from `from` to `to` at which the rule falls, the first at `start` at the earliest; or why not.
/// `date_only`: whole days. The time that ends a rule may be in UTC, so the zone is needed.
[[nodiscard]] std::expected<std::vector<WallSeconds>, std::string> expand(const RepeatRule& rule, WallSeconds start, bool date_only,
                                                                          const CalendarZone& zone, WallSeconds from, WallSeconds to,
                                                                          ExpansionBudget& budget);

}  // namespace huisbord
