// SPDX-License-Identifier: GPL-3.0-or-later
// Days and times in the reader's words: "morgen 10:30", "dinsdag 14 april"; never "in 3 days", digits always 0-9.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/i18n/catalogue.h"

namespace huisbord::i18n {

[[nodiscard]] std::string weekday(const Catalogue& catalogue, Day day);        ///< "dinsdag"
[[nodiscard]] std::string weekday_short(const Catalogue& catalogue, Day day);  ///< "di", whole where the language's word is short
[[nodiscard]] std::string month(const Catalogue& catalogue, Day day);          ///< "april", inside a line
[[nodiscard]] std::string month_title(const Catalogue& catalogue, Day day);    ///< "April", alone on a button
[[nodiscard]] std::string day_of_month(Day day);                               ///< "14"

[[nodiscard]] std::string full_date(const Catalogue& catalogue, Day day);   ///< "dinsdag 14 april"
[[nodiscard]] std::string short_date(const Catalogue& catalogue, Day day);  ///< "do 9 apr", the start of a row

/// "vandaag", "morgen", "gisteren"; the name of a day among the six that come after; else the full date, with the year when it is more
/// than half a year away.
[[nodiscard]] std::string near_day(const Catalogue& catalogue, Day day, Day today);
/// near_day and time: "morgen 10:30", "donderdag 14:00".
[[nodiscard]] std::string near_moment(const Catalogue& catalogue, Day day, MinuteOfDay minute, Day today);
/// "Tuesday" with "14" and the time: "ቀዳም 18፣ 11:00", a cell of the rota said in words.
[[nodiscard]] std::string day_moment(const Catalogue& catalogue, Day day, MinuteOfDay minute);

[[nodiscard]] std::string time_of_day(MinuteOfDay minute);  ///< "10:30", "9:00", "0:05"
[[nodiscard]] std::string countdown(std::int32_t seconds);  ///< "1:42", minutes and seconds; below 0 is "0:00"

}  // namespace huisbord::i18n
