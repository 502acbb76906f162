// SPDX-License-Identifier: GPL-3.0-or-later
// When a stay holds, how it ends, and how somebody is shown in the hallway.
#include "core/domain/stay.h"

#include <algorithm>

namespace huisbord {

bool stays_on(const Placing& placing, Day day) { return placing.from <= day && (!placing.until || day <= *placing.until); }

std::expected<PlacingEnded, Refusal> end_stay(const Placing& placing, Day until, Day today) {
  if (placing.until && *placing.until < today) return std::unexpected(Refusal::stay_ended);
  if (until < placing.from) return std::unexpected(Refusal::too_early);
  return PlacingEnded{placing.person, until};
}

std::expected<Placing, Refusal> move_to_room(const Placing& placing, RoomId room, Day today) {
  if (placing.until && *placing.until < today) return std::unexpected(Refusal::stay_ended);
  Placing moved = placing;
  moved.room = room;
  return moved;
}

std::expected<AppearanceChosen, Refusal> choose_appearance(const Placing& placing, Symbol symbol, Pastel pastel,
                                                           const std::vector<Placing>& house, Day today) {
  if (pastel == Pastel::clay) return std::unexpected(Refusal::not_allowed);
  if (placing.until && *placing.until < today) return std::unexpected(Refusal::stay_ended);
  const bool taken = std::ranges::any_of(house, [&](const Placing& other) {
    return other.person != placing.person && other.room == placing.room && stays_on(other, today) && other.symbol == symbol &&
           other.pastel == pastel;
  });
  if (taken) return std::unexpected(Refusal::already_taken);
  return AppearanceChosen{placing.person, symbol, pastel};
}

Day longest_stay(Day arrived, unsigned months) {
  using namespace std::chrono;
  const year_month_day start = arrived.ymd();
  const year_month month = start.year() / start.month() + std::chrono::months{months};
  const day last = (month / std::chrono::last).day();
  return Day::from(month / std::min(start.day(), last));
}

}  // namespace huisbord
