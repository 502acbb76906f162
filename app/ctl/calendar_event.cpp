// SPDX-License-Identifier: GPL-3.0-or-later
// A VEVENT's properties by libical, checked one by one.
#include "app/ctl/calendar_event.h"

#include <libical/ical.h>

#include <algorithm>
#include <array>
#include <memory>

#include "app/ctl/field.h"
#include "app/ctl/source_file.h"
#include "core/crypto/hash.h"

namespace huisbord {
namespace {

constexpr std::size_t longest_uid = 160;
constexpr std::size_t longest_text = 200;
constexpr std::size_t max_rules = 8;
constexpr std::int64_t longest_days = 400;
constexpr int first_year = 1902;  // libical takes anything before for 1970
constexpr int last_year = 2500;

struct ComponentFree {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, ComponentFree>;
using Refused = std::unexpected<BadLine>;

/// libical hands out strings that it owns; this copies one, or gives none.
std::string string_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

std::string value_of(icalproperty* property) {
  char* text = icalproperty_get_value_as_string_r(property);
  const std::string value = shortened(string_of(text), longest_text);
  icalmemory_free_buffer(text);
  return value;
}

class EventReader {
 public:
  EventReader(icalcomponent* event, const CalendarPart& part, const CalendarZones& zones) : event_(event), part_(part), zones_(zones) {}

  std::expected<CalendarEvent, BadLine> read(bool cancelled) {
    CalendarEvent made;
    made.line = part_.line;
    if (auto broken = broken_property()) return Refused(*broken);
    made.uid = uid();
    icalproperty* start = first(ICAL_DTSTART_PROPERTY);
    if (start == nullptr) return Refused(bad("DTSTART", "", "is missing: an event must say when it begins"));
    auto begin = time(start, icalproperty_get_dtstart(start), "DTSTART");
    if (!begin) return Refused(begin.error());
    made.start = *begin;
    if (auto why = read_length(made)) return Refused(*why);
    if (auto why = read_repeats(made)) return Refused(*why);
    if (icalproperty* sequence = first(ICAL_SEQUENCE_PROPERTY)) {
      made.sequence = static_cast<std::uint32_t>(std::max(icalproperty_get_sequence(sequence), 0));
    }
    if (icalproperty* stamp = first(ICAL_DTSTAMP_PROPERTY))
      made.written = static_cast<std::int64_t>(icaltime_as_timet(icalproperty_get_dtstamp(stamp)));
    read_about(made.about, cancelled);
    return made;
  }

 private:
  [[nodiscard]] icalproperty* first(icalproperty_kind kind) const { return icalcomponent_get_first_property(event_, kind); }
  [[nodiscard]] icalproperty* next(icalproperty_kind kind) const { return icalcomponent_get_next_property(event_, kind); }
  [[nodiscard]] BadLine bad(std::string property, std::string value, std::string reason) const {
    return {part_.line, std::move(property), std::move(value), std::move(reason)};
  }

  // libical keeps what it could not read as an error that names the property; only what says when matters.
  [[nodiscard]] std::optional<BadLine> broken_property() const {
    for (icalproperty* error = first(ICAL_XLICERROR_PROPERTY); error != nullptr; error = next(ICAL_XLICERROR_PROPERTY)) {
      const std::string text = value_of(error);
      for (const char* name : {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}) {
        if (text.find(name) != std::string::npos) return bad(name, "", "cannot be read (" + text + ")");
      }
    }
    return std::nullopt;
  }

  // An event without UID gets one from what it says, so that the same file again changes nothing.
  [[nodiscard]] std::string uid() const {
    icalproperty* property = first(ICAL_UID_PROPERTY);
    const std::string given = property == nullptr ? "" : plain(string_of(icalproperty_get_uid(property)));
    if (!given.empty() && given.size() <= longest_uid) return given;
    const auto hash = crypto::hash("hb.import.uid", view(given.empty() ? part_.text : given));
    return "hb-" + to_hex(ByteView(hash).first(16));
  }

  // source_uid has a slash between UID and recurrence.
  [[nodiscard]] static std::string plain(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    std::ranges::replace(text, '/', '_');
    return text;
  }

  [[nodiscard]] std::expected<EventTime, BadLine> time(icalproperty* property, icaltimetype value, const char* name) const {
    if (icaltime_is_null_time(value) != 0 || icaltime_is_valid_time(value) == 0 || value.year < first_year || value.year > last_year) {
      return Refused(bad(name, value_of(property), "is no day or time of the years 1902 to 2500; write it as 20270109T140000"));
    }
    EventTime made;
    made.date_only = icaltime_is_date(value) != 0;
    made.wall = static_cast<WallSeconds>(icaltime_as_timet(value));
    icalparameter* zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (made.date_only || icaltime_is_utc(value) != 0) return made;
    if (zone == nullptr) {
      made.zone = zones_.house();
      return made;
    }
    const std::string id = string_of(icalparameter_get_tzid(zone));
    const auto found = zones_.find(id);
    if (!found) return Refused(bad(name, id, found.error()));
    made.zone = *found;
    return made;
  }

  [[nodiscard]] std::optional<BadLine> read_length(CalendarEvent& made) const {
    made.seconds = made.start.date_only ? seconds_a_day : 0;
    if (icalproperty* end = first(ICAL_DTEND_PROPERTY)) {
      auto until = time(end, icalproperty_get_dtend(end), "DTEND");
      if (!until) return until.error();
      if (until->date_only != made.start.date_only)
        return bad("DTEND", value_of(end), "is a day where DTSTART is a time, or the other way round");
      made.seconds = until->utc() - made.start.utc();
      if (made.seconds < 0) return bad("DTEND", value_of(end), "lies before DTSTART");
    } else if (icalproperty* duration = first(ICAL_DURATION_PROPERTY)) {
      const icaldurationtype length = icalproperty_get_duration(duration);
      made.seconds = static_cast<std::int64_t>(length.weeks) * 7 * seconds_a_day + static_cast<std::int64_t>(length.days) * seconds_a_day +
                     static_cast<std::int64_t>(length.hours) * 3600 + static_cast<std::int64_t>(length.minutes) * 60 + length.seconds;
      if (length.is_neg != 0 || icaldurationtype_is_bad_duration(length) != 0)
        return bad("DURATION", value_of(duration), "is no length of time; write it as PT1H30M");
    }
    if (made.start.date_only) made.seconds = std::max(made.seconds / seconds_a_day, std::int64_t{1}) * seconds_a_day;
    if (made.seconds > longest_days * seconds_a_day) return bad("DTEND", "", "lasts longer than " + std::to_string(longest_days) + " days");
    return std::nullopt;
  }

  [[nodiscard]] std::optional<BadLine> read_repeats(CalendarEvent& made) const {
    for (icalproperty* rule = first(ICAL_RRULE_PROPERTY); rule != nullptr; rule = next(ICAL_RRULE_PROPERTY)) {
      if (made.rules.size() == max_rules) return bad("RRULE", "", "stands there more than " + std::to_string(max_rules) + " times");
      char* text = icalproperty_get_value_as_string_r(rule);
      made.rules.push_back({string_of(text)});
      icalmemory_free_buffer(text);
    }
    for (icalproperty* extra = first(ICAL_RDATE_PROPERTY); extra != nullptr; extra = next(ICAL_RDATE_PROPERTY)) {
      const icaldatetimeperiodtype value = icalproperty_get_rdate(extra);
      const bool period = icaltime_is_null_time(value.time) != 0;
      auto at = time(extra, period ? value.period.start : value.time, "RDATE");
      if (!at) return at.error();
      ExtraTime made_extra{*at, std::nullopt};
      if (period) made_extra.seconds = period_seconds(value.period);
      made.extra.push_back(made_extra);
    }
    for (icalproperty* except = first(ICAL_EXDATE_PROPERTY); except != nullptr; except = next(ICAL_EXDATE_PROPERTY)) {
      auto at = time(except, icalproperty_get_exdate(except), "EXDATE");
      if (!at) return at.error();
      made.exceptions.push_back(*at);
    }
    if (icalproperty* instance = first(ICAL_RECURRENCEID_PROPERTY)) {
      if (icalproperty_get_first_parameter(instance, ICAL_RANGE_PARAMETER) != nullptr) {
        return bad("RECURRENCE-ID", value_of(instance),
                   "changes all later events too (RANGE), which is not supported; end the series and begin another");
      }
      auto at = time(instance, icalproperty_get_recurrenceid(instance), "RECURRENCE-ID");
      if (!at) return at.error();
      made.replaces = *at;
    }
    return std::nullopt;
  }

  [[nodiscard]] static std::int64_t period_seconds(const icalperiodtype& period) {
    if (icaltime_is_null_time(period.end) != 0) return std::max(icaldurationtype_as_int(period.duration), 0);
    return std::max<std::int64_t>(
        static_cast<std::int64_t>(icaltime_as_timet(period.end)) - static_cast<std::int64_t>(icaltime_as_timet(period.start)), 0);
  }

  void read_about(Appointment& about, bool cancelled) const;

  icalcomponent* event_;
  const CalendarPart& part_;
  const CalendarZones& zones_;
};

constexpr std::array<std::pair<std::string_view, AppointmentKind>, 36> kind_words{{
    {"advocaat", AppointmentKind::law},
    {"lawyer", AppointmentKind::law},
    {"avocat", AppointmentKind::law},
    {"rechtbank", AppointmentKind::law},
    {"juridisch", AppointmentKind::law},
    {"rechtshulp", AppointmentKind::law},
    {"dokter", AppointmentKind::doctor},
    {"huisarts", AppointmentKind::doctor},
    {"tandarts", AppointmentKind::doctor},
    {"ziekenhuis", AppointmentKind::doctor},
    {"doctor", AppointmentKind::doctor},
    {"dentist", AppointmentKind::doctor},
    {"hospital", AppointmentKind::doctor},
    {"fysio", AppointmentKind::doctor},
    {"psycholoog", AppointmentKind::doctor},
    {"ggz", AppointmentKind::doctor},
    {"school", AppointmentKind::school},
    {"les ", AppointmentKind::school},
    {"nederlandse les", AppointmentKind::school},
    {"taalles", AppointmentKind::school},
    {"cursus", AppointmentKind::school},
    {"lesson", AppointmentKind::school},
    {"course", AppointmentKind::school},
    {"casemanager", AppointmentKind::plan},
    {"trajectgesprek", AppointmentKind::plan},
    {"trajectbegeleider", AppointmentKind::plan},
    {"plan", AppointmentKind::plan},
    {"gesprek", AppointmentKind::plan},
    {"gemeente", AppointmentKind::municipality},
    {"stadsloket", AppointmentKind::municipality},
    {"municipality", AppointmentKind::municipality},
    {"stadsdeel", AppointmentKind::municipality},
    {"werk", AppointmentKind::work},
    {"vrijwilligerswerk", AppointmentKind::work},
    {"sollicitatie", AppointmentKind::work},
    {"work", AppointmentKind::work},
}};

AppointmentKind kind_in(const std::string& text) {
  const std::string words = plain_word(text) + " ";
  for (const auto& [word, kind] : kind_words) {
    // At the beginning of a word: "werk" is in "werkgesprek" and not in "netwerk".
    for (std::size_t at = words.find(word); at != std::string::npos; at = words.find(word, at + 1)) {
      const bool inside = at > 0 && ((words[at - 1] >= 'a' && words[at - 1] <= 'z') || static_cast<unsigned char>(words[at - 1]) >= 0x80);
      if (!inside) return kind;
    }
  }
  return AppointmentKind::other;
}

void EventReader::read_about(Appointment& about, bool cancelled) const {
  const auto text = [&](icalproperty_kind kind, const char* (*get)(const icalproperty*)) {
    icalproperty* property = first(kind);
    return property == nullptr ? std::string() : shortened(string_of(get(property)), longest_text);
  };
  about.title = text(ICAL_SUMMARY_PROPERTY, icalproperty_get_summary);
  about.place = text(ICAL_LOCATION_PROPERTY, icalproperty_get_location);
  if (icalproperty* organiser = first(ICAL_ORGANIZER_PROPERTY)) {
    icalparameter* name = icalproperty_get_first_parameter(organiser, ICAL_CN_PARAMETER);
    if (name != nullptr) about.with_whom = shortened(string_of(icalparameter_get_cn(name)), longest_text);
  }
  about.kind = kind_in(text(ICAL_CATEGORIES_PROPERTY, icalproperty_get_categories));
  if (about.kind == AppointmentKind::other) about.kind = kind_in(about.title);
  icalproperty* status = first(ICAL_STATUS_PROPERTY);
  if (cancelled || (status != nullptr && icalproperty_get_status(status) == ICAL_STATUS_CANCELLED)) about.standing = Standing::cancelled;
}

}  // namespace

std::expected<CalendarEvent, BadLine> read_event(const CalendarPart& part, const CalendarZones& zones, bool cancelled) {
  const Component event(icalparser_parse_string(part.text.c_str()));
  if (!event || icalcomponent_isa(event.get()) != ICAL_VEVENT_COMPONENT) {
    return Refused(BadLine{part.line, "", "", "is no event that can be read"});
  }
  return EventReader(event.get(), part, zones).read(cancelled);
}

}  // namespace huisbord
