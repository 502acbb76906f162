// SPDX-License-Identifier: GPL-3.0-or-later
// The table of roles and deeds.
#include "core/domain/role.h"

namespace huisbord {

bool may(Role role, Deed deed) {
  const bool coordinator = role == Role::coordinator;
  const bool case_manager = role == Role::case_manager;
  const bool woonbegeleider = role == Role::woonbegeleider;
  switch (deed) {
    case Deed::open_resident:
    case Deed::make_appointment:
      return woonbegeleider || case_manager || coordinator;
    case Deed::add_entry:
    case Deed::place_resident:
      return woonbegeleider || coordinator;
    case Deed::write_notice:
      return woonbegeleider || coordinator;
    case Deed::log_activity:
      return woonbegeleider || role == Role::volunteer || coordinator;
    case Deed::set_first_pin:
      return woonbegeleider;
    case Deed::change_structure:
    case Deed::set_rate:
    case Deed::grant_role:
      return coordinator;
  }
  return false;
}

}  // namespace huisbord
