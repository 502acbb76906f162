// SPDX-License-Identifier: GPL-3.0-or-later
// Staff and volunteers, the roles that they are given in a house, and what a role may do.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/ids.h"

namespace huisbord {

enum class Role : std::uint8_t { woonbegeleider = 1, volunteer, case_manager, coordinator };

struct Staff {
  StaffId id;
  std::string name;
};
struct RoleGranted {
  RecordId grant;
  StaffId staff;
  Role role = Role::woonbegeleider;
  HouseId house;
};
struct RoleRevoked {
  RecordId grant;
};

/// What somebody who works in or for a house does with this program.
enum class Deed : std::uint8_t {
  open_resident,     ///< read a resident's record; the resident sees who did
  make_appointment,  ///< also cancel it
  add_entry,         ///< a line of leefgeld
  place_resident,    ///< give a room, move, end a stay
  write_notice,
  log_activity,
  set_first_pin,     ///< stand by while a resident sets a PIN
  change_structure,  ///< houses, woongroepen, rooms, tasks
  set_rate,
  grant_role,
};

/// Volunteers see no resident at all; roles and rates are the coordinator's. (domain.md, The dangers)
[[nodiscard]] bool may(Role role, Deed deed);

}  // namespace huisbord
