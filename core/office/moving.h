// SPDX-License-Identifier: GPL-3.0-or-later
// A resident moves to another house: a new stay under another identifier and key, with what must follow (KEYS.md 13.6).
#pragma once

#include <vector>

#include "core/office/office.h"

namespace huisbord {

struct HouseMove {
  PersonId person;  ///< of the stay that goes on now
  HouseId from;
  HouseId to;   ///< or the same one: where a stay is to have another key, because somebody may have the former
  RoomId room;  ///< there
};

/// In one transaction the stay in the one house ends and another begins today in the other, with name, preferences, case managers, plan,
/// appointments that lie ahead, the leefgeld of eight weeks and its balance. Then no keyring of the former house holds the former key and
/// each of the new house the new one. The identifier of the new stay; nothing outside of this desk says that the two are one person.
/// not_found: no such stay or room; forbidden: the stay is over or has not begun; already_exists: erased.
[[nodiscard]] Result<PersonId> move_resident(Office& office, const HouseMove& move, Day today);

/// Every stay of the person whose stay this is, itself included, the latest first.
[[nodiscard]] Result<std::vector<PersonId>> stays_of(const Vault& vault, const PersonId& person);
/// After an erasure: that these stays were one person's.
[[nodiscard]] Status forget_stays(Vault& vault, const std::vector<PersonId>& stays);

}  // namespace huisbord
