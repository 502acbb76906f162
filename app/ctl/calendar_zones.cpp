// SPDX-License-Identifier: GPL-3.0-or-later
// Names of zones as different programs write them, and what a wall clock there says in UTC.
#include "app/ctl/calendar_zones.h"

#include <date/tz.h>
#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

namespace huisbord {
namespace {

constexpr int max_zone_changes = 64;  // STANDARD and DAYLIGHT parts of one VTIMEZONE

const date::time_zone* known_zone(std::string_view name) {
  // The library throws for a name it has not, and would open a file by it: only what looks like a name gets there.
  const bool plain = std::ranges::all_of(name, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+' || c == '/';
  });
  if (!plain || name.empty() || name.size() > 64 || name.front() == '/') return nullptr;
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

// The names that Outlook and Exchange write (Unicode CLDR, windowsZones), for Europe and the countries that residents' calendars come from.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> windows_names{{
    {"W. Europe Standard Time", "Europe/Amsterdam"},
    {"Romance Standard Time", "Europe/Paris"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"GMT Standard Time", "Europe/London"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"FLE Standard Time", "Europe/Kiev"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"E. Europe Standard Time", "Europe/Chisinau"},
    {"Turkey Standard Time", "Europe/Istanbul"},
    {"Russian Standard Time", "Europe/Moscow"},
    {"Egypt Standard Time", "Africa/Cairo"},
    {"E. Africa Standard Time", "Africa/Nairobi"},
    {"W. Central Africa Standard Time", "Africa/Lagos"},
    {"South Africa Standard Time", "Africa/Johannesburg"},
    {"Morocco Standard Time", "Africa/Casablanca"},
    {"Syria Standard Time", "Asia/Damascus"},
    {"Arabic Standard Time", "Asia/Baghdad"},
    {"Iran Standard Time", "Asia/Tehran"},
    {"Afghanistan Standard Time", "Asia/Kabul"},
    {"Eastern Standard Time", "America/New_York"},
    {"Pacific Standard Time", "America/Los_Angeles"},
}};

const date::time_zone* zone_by_any_name(std::string_view name) {
  if (const auto* zone = known_zone(name)) return zone;
  const auto windows = std::ranges::find(windows_names, name, [](const auto& pair) { return pair.first; });
  if (windows != windows_names.end()) return known_zone(windows->second);
  // "/mozilla.org/20050126_1/Europe/Amsterdam": the last two or three parts are the name.
  std::size_t slash = name.rfind('/');
  for (int parts = 2; parts <= 3 && slash != std::string_view::npos && slash != 0; ++parts) {
    slash = name.rfind('/', slash - 1);
    if (slash == std::string_view::npos) break;
    if (const auto* zone = known_zone(name.substr(slash + 1))) return zone;
  }
  return nullptr;
}

icaltimetype as_ical(WallSeconds wall) { return icaltime_from_timet_with_zone(static_cast<time_t>(wall), 0, nullptr); }

// libical works out every change of a zone until the year 2582: a rule that is not yearly would take it hours and all memory.
bool is_harmless(icalcomponent* zone) {
  int changes = 0;
  for (icalcomponent* part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part != nullptr;
       part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
    if (++changes > max_zone_changes || icalcomponent_get_first_property(part, ICAL_DTSTART_PROPERTY) == nullptr) return false;
    int rules = 0;
    for (icalproperty* property = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY); property != nullptr;
         property = icalcomponent_get_next_property(part, ICAL_RRULE_PROPERTY)) {
      const icalrecurrencetype rule = icalproperty_get_rrule(property);
      const bool one_a_year = rule.by_month[0] == ICAL_RECURRENCE_ARRAY_MAX || rule.by_month[1] == ICAL_RECURRENCE_ARRAY_MAX;
      const bool by_clock = rule.by_hour[0] != ICAL_RECURRENCE_ARRAY_MAX || rule.by_minute[0] != ICAL_RECURRENCE_ARRAY_MAX ||
                            rule.by_second[0] != ICAL_RECURRENCE_ARRAY_MAX;
      if (++rules > 1 || rule.freq != ICAL_YEARLY_RECURRENCE || !one_a_year || by_clock || rule.rscale != nullptr) return false;
    }
  }
  return changes > 0;
}

}  // namespace

void CalendarZones::Free::operator()(_icaltimezone* zone) const { icaltimezone_free(zone, 1); }

std::int64_t CalendarZone::to_utc(WallSeconds wall) const {
  if (known_ != nullptr) {
    const date::local_seconds local{std::chrono::seconds{wall}};
    return wall - known_->get_info(local).first.offset.count();
  }
  if (own_ != nullptr) {
    icaltimetype time = as_ical(wall);
    int daylight = 0;
    return wall - icaltimezone_get_utc_offset(own_, &time, &daylight);
  }
  return wall;
}

Result<CalendarZones> CalendarZones::open() {
  const date::time_zone* amsterdam = known_zone("Europe/Amsterdam");
  if (amsterdam == nullptr) return fail(ErrorCode::not_found, "the time zone Europe/Amsterdam is not on this machine: install tzdata");
  CalendarZones zones;
  zones.house_ = CalendarZone(amsterdam);
  return zones;
}

void CalendarZones::add(const CalendarPart& part) {
  icalcomponent* component = icalparser_parse_string(part.text.c_str());
  if (component == nullptr) return;
  icalproperty* name = icalcomponent_get_first_property(component, ICAL_TZID_PROPERTY);
  const char* id = name == nullptr ? nullptr : icalproperty_get_tzid(name);
  if (id == nullptr || icalcomponent_isa(component) != ICAL_VTIMEZONE_COMPONENT || !is_harmless(component)) {
    icalcomponent_free(component);
    return;
  }
  const std::string key = id;
  std::unique_ptr<_icaltimezone, Free> zone(icaltimezone_new());
  if (icaltimezone_set_component(zone.get(), component) == 0) {
    icalcomponent_free(component);
    return;
  }
  own_.insert_or_assign(key, std::move(zone));
}

std::expected<CalendarZone, std::string> CalendarZones::find(std::string_view name) const {
  if (const date::time_zone* zone = zone_by_any_name(name)) return CalendarZone(zone);
  if (const auto own = own_.find(name); own != own_.end()) return CalendarZone(own->second.get());
  return std::unexpected("names a time zone that neither this machine nor the file knows; write one like Europe/Amsterdam");
}

}  // namespace huisbord
