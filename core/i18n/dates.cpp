// SPDX-License-Identifier: GPL-3.0-or-later
// Dates from the catalogue's words and patterns.
#include "core/i18n/dates.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace huisbord::i18n {
namespace {

constexpr std::array kWeekdays = {Key("date.monday"), Key("date.tuesday"),  Key("date.wednesday"), Key("date.thursday"),
                                  Key("date.friday"), Key("date.saturday"), Key("date.sunday")};
constexpr std::array kWeekdaysShort = {Key("date.monday.short"),   Key("date.tuesday.short"), Key("date.wednesday.short"),
                                       Key("date.thursday.short"), Key("date.friday.short"),  Key("date.saturday.short"),
                                       Key("date.sunday.short")};
constexpr std::array kMonths = {Key("date.january"),   Key("date.february"), Key("date.march"),    Key("date.april"),
                                Key("date.may"),       Key("date.june"),     Key("date.july"),     Key("date.august"),
                                Key("date.september"), Key("date.october"),  Key("date.november"), Key("date.december")};
constexpr std::array kMonthTitles = {Key("date.january.title"), Key("date.february.title"), Key("date.march.title"),
                                     Key("date.april.title"),   Key("date.may.title"),      Key("date.june.title"),
                                     Key("date.july.title"),    Key("date.august.title"),   Key("date.september.title"),
                                     Key("date.october.title"), Key("date.november.title"), Key("date.december.title")};
constexpr std::array kMonthsShort = {Key("date.january.short"), Key("date.february.short"), Key("date.march.short"),
                                     Key("date.april.short"),   Key("date.may.short"),      Key("date.june.short"),
                                     Key("date.july.short"),    Key("date.august.short"),   Key("date.september.short"),
                                     Key("date.october.short"), Key("date.november.short"), Key("date.december.short")};

// Nearer than this a day and a month name one day only.
constexpr int kDaysWithoutYear = 183;

std::size_t month_index(Day day) { return static_cast<unsigned>(day.ymd().month()) - 1; }

std::string two_digits(std::int32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string weekday(const Catalogue& catalogue, Day day) { return catalogue.text(kWeekdays.at(static_cast<std::size_t>(weekday_of(day)))); }

std::string weekday_short(const Catalogue& catalogue, Day day) {
  return catalogue.text(kWeekdaysShort.at(static_cast<std::size_t>(weekday_of(day))));
}

std::string month(const Catalogue& catalogue, Day day) { return catalogue.text(kMonths.at(month_index(day))); }

std::string month_title(const Catalogue& catalogue, Day day) { return catalogue.text(kMonthTitles.at(month_index(day))); }

std::string day_of_month(Day day) { return std::to_string(static_cast<unsigned>(day.ymd().day())); }

std::string full_date(const Catalogue& catalogue, Day day) {
  return catalogue.text(Key("date.full"),
                        {{"weekday", weekday(catalogue, day)}, {"day", day_of_month(day)}, {"month", month(catalogue, day)}});
}

std::string short_date(const Catalogue& catalogue, Day day) {
  return catalogue.text(Key("date.short"), {{"weekday", weekday_short(catalogue, day)},
                                            {"day", day_of_month(day)},
                                            {"month", catalogue.text(kMonthsShort.at(month_index(day)))}});
}

std::string near_day(const Catalogue& catalogue, Day day, Day today) {
  const int ahead = day - today;
  if (ahead == 0) return catalogue.text(Key("date.today"));
  if (ahead == 1) return catalogue.text(Key("date.tomorrow"));
  if (ahead == -1) return catalogue.text(Key("date.yesterday"));
  if (ahead > 1 && ahead < 7) return weekday(catalogue, day);
  if (std::abs(ahead) < kDaysWithoutYear) return full_date(catalogue, day);
  return catalogue.text(Key("date.full_with_year"),
                        {{"date", full_date(catalogue, day)}, {"year", std::to_string(static_cast<int>(day.ymd().year()))}});
}

std::string near_moment(const Catalogue& catalogue, Day day, MinuteOfDay minute, Day today) {
  return catalogue.text(Key("date.moment"), {{"day", near_day(catalogue, day, today)}, {"time", time_of_day(minute)}});
}

std::string day_moment(const Catalogue& catalogue, Day day, MinuteOfDay minute) {
  return catalogue.text(Key("date.weekday_moment"),
                        {{"weekday", weekday(catalogue, day)}, {"day", day_of_month(day)}, {"time", time_of_day(minute)}});
}

std::string time_of_day(MinuteOfDay minute) { return std::to_string(minute.value / 60) + ":" + two_digits(minute.value % 60); }

std::string countdown(std::int32_t seconds) {
  const std::int32_t left = std::max(seconds, 0);
  return std::to_string(left / 60) + ":" + two_digits(left % 60);
}

}  // namespace huisbord::i18n
