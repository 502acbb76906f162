// SPDX-License-Identifier: GPL-3.0-or-later
// Roles and what they may do.
#include "core/domain/role.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

TEST(Role, OfAVolunteerReachesNoResident) {
  for (const Deed deed : {Deed::open_resident, Deed::make_appointment, Deed::add_entry, Deed::place_resident, Deed::set_first_pin}) {
    EXPECT_FALSE(may(Role::volunteer, deed));
  }
  EXPECT_TRUE(may(Role::volunteer, Deed::log_activity));
}

TEST(Role, OfACoordinatorAloneChangesRatesAndRoles) {
  for (const Deed deed : {Deed::set_rate, Deed::grant_role, Deed::change_structure}) {
    EXPECT_TRUE(may(Role::coordinator, deed));
    for (const Role role : {Role::woonbegeleider, Role::volunteer, Role::case_manager}) EXPECT_FALSE(may(role, deed));
  }
}

TEST(Role, OfACaseManagerMakesAppointmentsButTouchesNoMoney) {
  EXPECT_TRUE(may(Role::case_manager, Deed::make_appointment));
  EXPECT_FALSE(may(Role::case_manager, Deed::add_entry));
}

}  // namespace
}  // namespace huisbord
