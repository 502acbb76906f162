// SPDX-License-Identifier: GPL-3.0-or-later
// One VEVENT as libical reads it, in our own types: when, how it repeats, what it is about.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "app/ctl/bad_line.h"
#include "app/ctl/calendar_text.h"
#include "app/ctl/calendar_zones.h"
#include "app/ctl/recurrence.h"
#include "core/domain/appointment.h"

namespace huisbord {

/// A day, or a moment on the wall clock of a zone.
struct EventTime {
  WallSeconds wall = 0;
  bool date_only = false;
  CalendarZone zone;

  [[nodiscard]] std::int64_t utc() const { return date_only ? wall : zone.to_utc(wall); }
};

struct ExtraTime {
  EventTime time;
  std::optional<std::int64_t> seconds;  ///< when it lasts otherwise than the others
};

struct CalendarEvent {
  std::size_t line = 0;
  std::string uid;
  std::optional<EventTime> replaces;  ///< RECURRENCE-ID
  std::uint32_t sequence = 0;
  std::int64_t written = 0;  ///< DTSTAMP, decides between two of one sequence
  EventTime start;
  std::int64_t seconds = 0;  ///< how long; of whole days a multiple of 86400
  std::vector<RepeatRule> rules;
  std::vector<ExtraTime> extra;       ///< RDATE
  std::vector<EventTime> exceptions;  ///< EXDATE
  Appointment about;                  ///< kind, title, place, with whom, standing

  [[nodiscard]] bool repeats() const { return !rules.empty() || !extra.empty(); }
};

/// The event, or which property is wrong and why. `cancelled`: the whole file calls off.
[[nodiscard]] std::expected<CalendarEvent, BadLine> read_event(const CalendarPart& part, const CalendarZones& zones, bool cancelled);

}  // namespace huisbord
