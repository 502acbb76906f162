// SPDX-License-Identifier: GPL-3.0-or-later
// Which table and week an operation's row stands in (SCHEMA.md 4).
#include "core/store/tables.h"

namespace huisbord {

namespace {

std::optional<Table> sealed_table(std::uint32_t term_class) {
  switch (static_cast<TermClass>(term_class)) {
    case TermClass::stay:
      return Table::person;
    case TermClass::appointment:
      return Table::appointment;
    case TermClass::presence:
      return Table::presence;
    case TermClass::ledger:
      return Table::entry;
    case TermClass::structure:
    case TermClass::rota:
    case TermClass::notice:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Table> table_of(const journal::Operation& operation) {
  if (rule_of(operation.kind()) == nullptr) return std::nullopt;
  switch (static_cast<Kind>(operation.kind())) {
    case Kind::personal:
      return sealed_table(operation.term_class());
    case Kind::house:
      return Table::house;
    case Kind::woongroep:
      return Table::woongroep;
    case Kind::room:
      return Table::room;
    case Kind::placing:
    case Kind::placing_ended:
    case Kind::appearance:
      return Table::placing;
    case Kind::task:
      return Table::task;
    case Kind::duty_planned:
    case Kind::duty_done:
      return Table::duty;
    case Kind::duty_offered:
    case Kind::duty_claimed:
      return Table::offer;
    case Kind::swap_proposed:
    case Kind::swap_answered:
      return Table::swap;
    case Kind::notice:
      return Table::notice;
    case Kind::activity:
      return Table::activity;
    case Kind::staff:
      return Table::staff;
    case Kind::role_granted:
    case Kind::role_revoked:
      return Table::grant;
    case Kind::rate:
      return Table::rate;
    case Kind::device_keys:
      return Table::device_keys;
    case Kind::witness:
      break;
  }
  return std::nullopt;
}

TermClass term_of_table(Table table) {
  switch (table) {
    case Table::duty:
    case Table::offer:
    case Table::swap:
      return TermClass::rota;
    case Table::notice:
    case Table::activity:
      return TermClass::notice;
    case Table::appointment:
      return TermClass::appointment;
    case Table::presence:
      return TermClass::presence;
    case Table::entry:
      return TermClass::ledger;
    case Table::placing:
    case Table::person:
      return TermClass::stay;
    case Table::house:
    case Table::woongroep:
    case Table::room:
    case Table::task:
    case Table::staff:
    case Table::grant:
    case Table::rate:
    case Table::device_keys:
      break;
  }
  return TermClass::structure;
}

MergeRule rule_of_slot(Table table, std::uint32_t slot) {
  const bool first = (table == Table::offer && slot == slots::offer_claimed) || (table == Table::swap && slot == slots::swap_answered);
  return first ? MergeRule::first : MergeRule::last;
}

}  // namespace huisbord
