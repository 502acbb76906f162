// SPDX-License-Identifier: GPL-3.0-or-later
// Europe/Amsterdam by the system's tzdata, through date-tz.
#include "core/i18n/zone.h"

#include <date/tz.h>

#include <exception>

namespace huisbord::i18n {

Result<HouseZone> HouseZone::open() {
  // By name: current_zone() would be the machine's. The library throws where tzdata is missing.
  try {
    return HouseZone(date::locate_zone("Europe/Amsterdam"));
  } catch (const std::exception&) {
    return fail(ErrorCode::not_found, "the time zone Europe/Amsterdam is not on this machine: install tzdata");
  }
}

HouseTime HouseZone::house_time(Millis instant) const {
  const date::sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds{instant.value}};
  const auto local = zone_->to_local(at);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto minute = std::chrono::floor<std::chrono::minutes>(local - day);
  return {{static_cast<std::int32_t>(day.time_since_epoch().count())}, {static_cast<std::int32_t>(minute.count())}};
}

Millis HouseZone::instant(Day day, MinuteOfDay minute) const {
  const date::local_seconds local{std::chrono::days{day.value} + std::chrono::minutes{minute.value}};
  // In a gap and in an overlap alike the first of the two offsets that meet there is the one wanted.
  const auto offset = zone_->get_info(local).first.offset;
  return {std::chrono::milliseconds{local.time_since_epoch() - offset}.count()};
}

}  // namespace huisbord::i18n
