// SPDX-License-Identifier: GPL-3.0-or-later
// Something nice in or around the house at a known hour, open to everybody.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "core/base/ids.h"

namespace huisbord {

enum class ActivityKind : std::uint8_t { language_lesson = 1, cooking, football, film, sewing, bicycle, computer, meeting, music, other };

struct Activity {
  ActivityId id;
  ActivityKind kind = ActivityKind::other;
  std::string title;  ///< only for kind other
  std::string place;
  Day day;
  MinuteOfDay start;
  MinuteOfDay end;
  bool cancelled = false;
};

}  // namespace huisbord
