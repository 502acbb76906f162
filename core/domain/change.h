// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can happen, in the past tense: what a command yields and core/store records.
#pragma once

#include <string>
#include <variant>

#include "core/domain/activity.h"
#include "core/domain/appointment.h"
#include "core/domain/house.h"
#include "core/domain/leefgeld.h"
#include "core/domain/notice.h"
#include "core/domain/person.h"
#include "core/domain/rota.h"
#include "core/domain/task.h"

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
struct PlacingEnded {
  PersonId person;
  Day until;
};
struct AppearanceChosen {
  PersonId person;
  Symbol symbol = Symbol::boat;
  Pastel pastel = Pastel::peach;
};
struct IdentitySet {
  PersonId person;
  Identity identity;
};
struct PreferencesSet {
  PersonId person;
  Preferences preferences;
};
struct CaseManagersSet {
  PersonId person;
  CaseManagers managers;
};
struct PlanStep {
  PersonId person;
  std::uint8_t step = 0;
  std::uint8_t of = 4;
};

/// Open changes: readable by every device of the scope.
using OpenChange = std::variant<House, Woongroep, Room, Placing, PlacingEnded, AppearanceChosen, Task, DutyPlanned, DutyDone, DutyOffered,
                                DutyClaimed, SwapProposed, SwapAnswered, Notice, Activity, Staff, RoleGranted, RoleRevoked, Rate>;
/// Changes about one resident: travel as kind `personal`, sealed to that person's key.
using PersonalChange =
    std::variant<IdentitySet, PreferencesSet, CaseManagersSet, PlanStep, Appointment, AppointmentAnswered, EntryAdded, EntryQuestioned>;

}  // namespace huisbord
