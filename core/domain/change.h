// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that can happen, in the past tense: what a command yields and core/store records.
#pragma once

#include <cstdint>
#include <variant>

#include "core/domain/activity.h"
#include "core/domain/appointment.h"
#include "core/domain/house.h"
#include "core/domain/leefgeld.h"
#include "core/domain/notice.h"
#include "core/domain/person.h"
#include "core/domain/role.h"
#include "core/domain/rota.h"
#include "core/domain/stay.h"
#include "core/domain/task.h"

namespace huisbord {

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
