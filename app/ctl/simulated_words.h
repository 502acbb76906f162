// SPDX-License-Identifier: GPL-3.0-or-later
// Invented names, places and messages for a simulated organisation.
#pragma once

#include <span>
#include <string_view>

#include "core/domain/activity.h"
#include "core/domain/appointment.h"
#include "core/domain/notice.h"

namespace huisbord {

struct SimulatedLanguage {
  std::string_view code;
  unsigned share = 0;  ///< of a hundred
  std::span<const std::string_view> names;
};
[[nodiscard]] std::span<const SimulatedLanguage> simulated_languages();

struct SimulatedVisit {
  AppointmentKind kind = AppointmentKind::other;
  std::string_view title;
  std::string_view place;
  std::string_view with_whom;
  unsigned minutes = 0;
};
[[nodiscard]] std::span<const SimulatedVisit> simulated_visits();

struct SimulatedNotice {
  NoticeIcon icon = NoticeIcon::megaphone;
  std::string_view dutch, english, arabic, tigrinya;
};
[[nodiscard]] std::span<const SimulatedNotice> simulated_notices();

struct SimulatedActivity {
  ActivityKind kind = ActivityKind::other;
  int weekday = 0;  ///< 0 is Monday
  int start = 0;    ///< minutes after midnight
  int end = 0;
  std::string_view place;
};
[[nodiscard]] std::span<const SimulatedActivity> simulated_activities();

[[nodiscard]] std::span<const std::string_view> simulated_houses();
[[nodiscard]] std::span<const std::string_view> simulated_staff();

}  // namespace huisbord
