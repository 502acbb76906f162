// SPDX-License-Identifier: GPL-3.0-or-later
// Operations as the domain's types again. A value of a later release becomes the plainest of its kind, or nothing where that would mislead.
#pragma once

#include <optional>

#include "core/domain/change.h"
#include "core/journal/operation.h"
#include "core/journal/personal.pb.h"
#include "core/store/stored.h"

namespace huisbord {

/// An enumerator between 1 and `last`, or nothing.
template <class Enum>
[[nodiscard]] std::optional<Enum> known(std::uint32_t value, Enum last) {
  if (value < 1 || value > static_cast<std::uint32_t>(last)) return std::nullopt;
  return static_cast<Enum>(value);
}

/// Within the years 1 to 9999, so that days can be counted on from it.
[[nodiscard]] Day decode_day(std::int32_t value);
[[nodiscard]] House decode_house(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Woongroep decode_woongroep(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Room decode_room(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Placing decode_placing(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] std::optional<Task> decode_task(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Notice decode_notice(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Activity decode_activity(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Staff decode_staff(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] std::optional<RoleGranted> decode_grant(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Rate decode_rate(const RecordId& record, const journal::Operation& operation);
[[nodiscard]] Symbol decode_symbol(std::uint32_t value);
[[nodiscard]] Pastel decode_pastel(std::uint32_t value);

// Of an opened box; texts are moved out of the message, so that only the record holds them.
[[nodiscard]] Identity take_identity(journal::IdentitySet& from);
[[nodiscard]] Preferences take_preferences(journal::PreferencesSet& from);
[[nodiscard]] CaseManagers take_managers(journal::CaseManagersSet& from);
[[nodiscard]] PlanStep take_plan_step(const PersonId& person, const journal::PlanStep& from);
[[nodiscard]] Appointment take_appointment(const RecordId& record, journal::Appointment& from);
[[nodiscard]] std::optional<Entry> take_entry(const RecordId& record, journal::Entry& from);

}  // namespace huisbord
