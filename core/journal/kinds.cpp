// SPDX-License-Identifier: GPL-3.0-or-later
// The table of kinds; FORMAT.md 5 shows the same one and a test compares them.
#include "core/journal/kinds.h"

#include <array>

namespace huisbord {
namespace {

using enum MergeRule;
using Term = TermClass;

constexpr auto table = std::to_array<KindRule>({
    // kind, name, slot, rule, kiosk writes, in org, in a house, term class
    {Kind::personal, "personal", 0, last, true, false, true, std::nullopt},
    {Kind::house, "house", 1, last, false, true, false, Term::structure},
    {Kind::woongroep, "woongroep", 1, last, false, false, true, Term::structure},
    {Kind::room, "room", 1, last, false, false, true, Term::structure},
    {Kind::placing, "placing", 1, last, false, false, true, Term::stay},
    {Kind::placing_ended, "placing_ended", 2, last, false, false, true, Term::stay},
    {Kind::appearance, "appearance", 3, last, true, false, true, Term::stay},
    {Kind::task, "task", 1, last, false, false, true, Term::structure},
    {Kind::duty_planned, "duty_planned", 1, last, true, false, true, Term::rota},
    {Kind::duty_done, "duty_done", 2, last, true, false, true, Term::rota},
    {Kind::duty_offered, "duty_offered", 1, last, true, false, true, Term::rota},
    {Kind::duty_claimed, "duty_claimed", 2, first, true, false, true, Term::rota},
    {Kind::swap_proposed, "swap_proposed", 1, last, true, false, true, Term::rota},
    {Kind::swap_answered, "swap_answered", 2, first, true, false, true, Term::rota},
    {Kind::notice, "notice", 1, last, false, true, true, Term::notice},
    {Kind::activity, "activity", 1, last, true, false, true, Term::notice},
    {Kind::staff, "staff", 1, last, false, true, false, Term::structure},
    {Kind::role_granted, "role_granted", 1, last, false, true, false, Term::structure},
    {Kind::role_revoked, "role_revoked", 2, last, false, true, false, Term::structure},
    {Kind::rate, "rate", 1, last, false, true, false, Term::structure},
    {Kind::witness, "witness", 0, none, true, true, true, Term::structure},
    {Kind::device_keys, "device_keys", 1, last, true, false, true, Term::structure},
});

consteval bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].kind) != i + 1) return false;
  }
  return true;
}
static_assert(in_order(), "rule_of finds a kind by its number");

}  // namespace

std::span<const KindRule> all_kinds() { return table; }

const KindRule* rule_of(std::uint32_t kind) { return kind >= 1 && kind <= table.size() ? &table[kind - 1] : nullptr; }

bool may_write(std::uint32_t kind, DeviceClass device, ScopeKind scope) {
  const KindRule* rule = rule_of(kind);
  if (rule == nullptr) return false;
  if (!(scope == ScopeKind::org ? rule->in_org : rule->in_house)) return false;
  // Only desks write to the organisation, but every replica witnesses there.
  return device == DeviceClass::desk || rule->kiosk_writes;
}

bool known_term(std::uint32_t term_class) {
  return term_class >= static_cast<std::uint32_t>(TermClass::structure) && term_class <= static_cast<std::uint32_t>(TermClass::notice);
}

std::optional<std::int32_t> weeks_kept(TermClass term_class, DeviceClass device) {
  if (device == DeviceClass::desk) return std::nullopt;
  switch (term_class) {
    case TermClass::structure:
    case TermClass::stay:
      return std::nullopt;
    case TermClass::appointment:
    case TermClass::notice:
      return 1;
    case TermClass::presence:
    case TermClass::rota:
      return 4;
    case TermClass::ledger:
      return 8;
  }
  return std::nullopt;
}

bool past_term(std::uint32_t term_class, std::uint32_t term_week, DeviceClass device, Week now) {
  if (!known_term(term_class)) return false;
  const std::optional<std::int32_t> weeks = weeks_kept(static_cast<TermClass>(term_class), device);
  return weeks && std::int64_t{term_week} + *weeks < std::int64_t{now.value};
}

}  // namespace huisbord
