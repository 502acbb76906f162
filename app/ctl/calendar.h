// SPDX-License-Identifier: GPL-3.0-or-later
// Appointments out of an iCalendar file: every event by house time, repeating ones expanded for the coming 18 months.
#pragma once

#include <map>
#include <string>

#include "app/ctl/bad_line.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/domain/appointment.h"

namespace huisbord {

inline constexpr unsigned calendar_months_ahead = 18;
inline constexpr std::int64_t calendar_seconds_at_most = 20;

/// Its identifier is left empty: it follows from the person and `appointment.source_uid`.
struct CalendarRow {
  std::size_t line = 0;  ///< of the event's BEGIN
  Appointment appointment;
};

/// The newest word about one UID: an appointment stored from it before that no longer comes out of it has been called off.
struct CalendarSeries {
  std::uint32_t sequence = 0;
};

struct CalendarReading : Reading<CalendarRow> {
  std::map<std::string, CalendarSeries> series;  ///< by UID as it begins source_uid
  Day first;                                     ///< of the days that repeating events were expanded for
  Day last;
};

/// Single events come whenever they are; of repeating ones what falls from `today` on. Every limit ends in too_large with its figure; more
/// work than `calendar_seconds_at_most` (by `clock`) as well.
[[nodiscard]] Result<CalendarReading> read_calendar(ByteView file, Day today, const Clock& clock);

/// What in a stored `source_uid` is the UID alone.
[[nodiscard]] std::string_view series_of(std::string_view source_uid);

}  // namespace huisbord
