// SPDX-License-Identifier: GPL-3.0-or-later
// A calendar file cut into its parts before libical sees any of it: sloppy line ends mended, sizes bounded, each part with its line.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace huisbord {

inline constexpr std::size_t max_calendar_bytes = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t max_calendar_line = std::size_t{512} * 1024;  ///< one property, unfolded
inline constexpr std::size_t max_calendar_part = std::size_t{1024} * 1024;
inline constexpr std::size_t max_calendar_depth = 8;
inline constexpr std::size_t max_calendar_events = 20000;
inline constexpr std::size_t max_calendar_zones = 200;

/// One VEVENT or VTIMEZONE, from BEGIN to END, one property a line, without the parts inside it that say nothing about when (alarms).
struct CalendarPart {
  std::size_t line = 0;  ///< of its BEGIN
  std::string text;
};

struct CalendarText {
  std::vector<CalendarPart> events;
  std::vector<CalendarPart> zones;
  bool cancels = false;  ///< METHOD:CANCEL: everything in the file is called off
};

/// Any line end, blank lines, folded lines and UTF-8 or Windows-1252. invalid for what is no calendar or does not nest, too_large with the
/// limit in the sentence. Tasks, journals and unknown parts are left out.
[[nodiscard]] Result<CalendarText> split_calendar(ByteView file);

}  // namespace huisbord
