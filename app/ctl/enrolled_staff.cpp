// SPDX-License-Identifier: GPL-3.0-or-later
// Staff by name.
#include "app/ctl/enrolled_staff.h"

#include <algorithm>

#include "app/ctl/field.h"

namespace huisbord {

Result<StaffId> enrolled_staff(Desk& desk, const std::string& name, const HouseId& house) {
  TRY_ASSIGN(const auto staff, desk.vault().staff());
  const auto known = std::ranges::find(staff, plain_word(name), [](const Staff& each) { return plain_word(each.name); });
  const StaffId id = known == staff.end() ? desk.derive<StaffTag>("staff", plain_word(name)) : known->id;
  if (known == staff.end()) {
    if (auto recorded = desk.vault().record(desk.org(), Actor::none(), Staff{id, name}); !recorded)
      return std::unexpected(recorded.error());
  }
  const auto grant = desk.derive<RecordTag>("grant", id.hex() + house.hex());
  TRY_ASSIGN(const auto grants, desk.vault().grants());
  if (std::ranges::any_of(grants, [&](const StoredGrant& each) { return each.grant.grant == grant; })) return id;
  if (auto recorded = desk.vault().record(desk.org(), Actor::none(), RoleGranted{grant, id, Role::woonbegeleider, house}); !recorded) {
    return std::unexpected(recorded.error());
  }
  return id;
}

}  // namespace huisbord
