// SPDX-License-Identifier: GPL-3.0-or-later
// Which table and week an operation's row stands in (SCHEMA.md 4).
#pragma once

#include <cstdint>

#include "core/base/clock.h"
#include "core/journal/kinds.h"
#include "core/journal/operation.pb.h"

namespace huisbord {

/// Numbers stand in files and digests and are for ever. Sealed tables hold boxes, by person.
enum class Table : std::uint32_t {
  house = 1,
  woongroep,
  room,
  placing,
  task,
  duty,
  offer,
  swap,
  notice,
  activity,
  staff,
  grant,
  rate,
  device_keys,
  person = 32,       ///< sealed: identity, preferences, case managers, plan step
  appointment = 33,  ///< sealed: appointment, answer
  presence = 34,     ///< sealed
  entry = 35,        ///< sealed: leefgeld entry, question
};

inline constexpr Week no_week{0};  ///< of classes that are kept for ever

/// Nothing for a kind that writes to no slot or belongs to a later release.
[[nodiscard]] std::optional<Table> table_of(const journal::Operation& operation);
/// Every operation with rows in a table has one term class.
[[nodiscard]] TermClass term_of_table(Table table);
[[nodiscard]] MergeRule rule_of_slot(Table table, std::uint32_t slot);

// Slots, by table.
namespace slots {
inline constexpr std::uint32_t main = 1;  ///< the record itself: every open table, appointment, entry
inline constexpr std::uint32_t placing_ended = 2, appearance = 3;
inline constexpr std::uint32_t duty_done = 2;
inline constexpr std::uint32_t offer_claimed = 2;
inline constexpr std::uint32_t swap_answered = 2;
inline constexpr std::uint32_t grant_revoked = 2;
inline constexpr std::uint32_t identity = 1, preferences = 2, case_managers = 3, plan_step = 4;
inline constexpr std::uint32_t appointment_answer = 2;
inline constexpr std::uint32_t entry_question = 2;
}  // namespace slots

}  // namespace huisbord
