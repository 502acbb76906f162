// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a file against what the store holds: only what is new or different is recorded, all of it in one transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/ctl/calendar.h"
#include "app/ctl/desk.h"
#include "app/ctl/leefgeld_csv.h"
#include "app/ctl/people_csv.h"

namespace huisbord {

struct Applied {
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t same = 0;
  std::vector<std::string> remarks;
};

/// Founds houses, woongroepen and rooms that are not there, begins stays, hands the new person keys to the house's kiosks. A stay is known
/// again by house, name and day of arrival. Symbol and language are the resident's own once the stay has begun.
[[nodiscard]] Result<Applied> apply_people(Desk& desk, std::span<const PersonRow> rows, Day today);

/// Everybody whose name the desk can read, in the order in which namesakes were imported.
[[nodiscard]] Result<std::vector<Payee>> all_payees(Desk& desk, Day today);
/// Entries are only ever added.
[[nodiscard]] Result<Applied> apply_leefgeld(Desk& desk, std::span<const LeefgeldLine> lines);

/// A resident's own calendar. What came from it before and no longer does is cancelled; an older SEQUENCE changes nothing.
[[nodiscard]] Result<Applied> apply_appointments(Desk& desk, const HouseId& house, const PersonId& person, const CalendarReading& reading);
/// A house's calendar: its events are activities, open to everybody.
[[nodiscard]] Result<Applied> apply_activities(Desk& desk, const HouseId& house, const CalendarReading& reading);

}  // namespace huisbord
