// SPDX-License-Identifier: GPL-3.0-or-later
// Time zones that a calendar file names: by the system's tzdata where the name is known, else by the file's own VTIMEZONE.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/ctl/calendar_text.h"
#include "core/base/error.h"

struct _icaltimezone;
namespace date {
class time_zone;
}

namespace huisbord {

/// Seconds since 1970 on some wall clock.
using WallSeconds = std::int64_t;
inline constexpr WallSeconds seconds_a_day = 86400;

/// Copied freely; lives as long as the CalendarZones that gave it. An empty one is UTC.
class CalendarZone {
 public:
  CalendarZone() = default;
  explicit CalendarZone(const date::time_zone* known) : known_(known) {}
  explicit CalendarZone(_icaltimezone* own) : own_(own) {}
  /// Seconds since 1970-01-01T00:00Z. Of a minute that comes twice the first, one that is skipped is read with the offset before it (RFC
  /// 5545 3.3.5).
  [[nodiscard]] std::int64_t to_utc(WallSeconds wall) const;

 private:
  const date::time_zone* known_ = nullptr;
  _icaltimezone* own_ = nullptr;
};

class CalendarZones {
 public:
  /// not_found when the system has no tzdata.
  [[nodiscard]] static Result<CalendarZones> open();
  /// Remembers a VTIMEZONE of the file; one that cannot be used is unknown afterwards.
  void add(const CalendarPart& zone);
  /// The zone, or why there is none.
  [[nodiscard]] std::expected<CalendarZone, std::string> find(std::string_view name) const;
  [[nodiscard]] CalendarZone house() const { return house_; }

 private:
  struct Free {
    void operator()(_icaltimezone* zone) const;
  };
  CalendarZone house_;
  std::map<std::string, std::unique_ptr<_icaltimezone, Free>, std::less<>> own_;
};

}  // namespace huisbord
