// SPDX-License-Identifier: GPL-3.0-or-later
// A stay: from the day somebody gets a room to the day they leave, and what may change meanwhile.
#pragma once

#include <expected>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/person.h"
#include "core/domain/refusal.h"

namespace huisbord {

struct PlacingEnded {
  PersonId person;
  Day until;  ///< the last day of the stay
};
struct AppearanceChosen {
  PersonId person;
  Symbol symbol = Symbol::boat;
  Pastel pastel = Pastel::peach;
};

/// From the first day to the last, both included.
[[nodiscard]] bool stays_on(const Placing& placing, Day day);
/// An end may lie ahead, and be moved while it does; never before the stay began.
[[nodiscard]] std::expected<PlacingEnded, Refusal> end_stay(const Placing& placing, Day until, Day today);
/// The same stay in another room.
[[nodiscard]] std::expected<Placing, Refusal> move_to_room(const Placing& placing, RoomId room, Day today);
/// Symbol and pastel together tell the people of one room apart, so no two of them have both alike; clay is for staff.
[[nodiscard]] std::expected<AppearanceChosen, Refusal> choose_appearance(const Placing& placing, Symbol symbol, Pastel pastel,
                                                                         const std::vector<Placing>& house, Day today);
/// The last day of a stay of at most that many months (configuration; the programme says 18). The 31st becomes a shorter month's last day.
[[nodiscard]] Day longest_stay(Day arrived, unsigned months);

}  // namespace huisbord
