// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of operations: what each writes, how it merges, who may write it where, and how long it is kept (FORMAT.md 5 and 6).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/clock.h"
#include "core/journal/envelope/charter.h"

namespace huisbord {

/// Numbers are for ever.
enum class Kind : std::uint32_t {
  personal = 1,
  house,
  woongroep,
  room,
  placing,
  placing_ended,
  appearance,
  task,
  duty_planned,
  duty_done,
  duty_offered,
  duty_claimed,
  swap_proposed,
  swap_answered,
  notice,
  activity,
  staff,
  role_granted,
  role_revoked,
  rate,
  witness,
  device_keys,
};

enum class MergeRule : std::uint8_t {
  none,   ///< writes to no slot
  last,   ///< highest (stamp, device, operation hash) wins
  first,  ///< lowest (stamp, device) wins
};

enum class TermClass : std::uint32_t { structure = 1, appointment, presence, rota, ledger, stay, notice };

struct KindRule {
  Kind kind;
  std::string_view name;
  std::uint32_t slot;  ///< 0: none, or as the operation lists (personal)
  MergeRule rule;
  bool kiosk_writes;  ///< desks write every kind
  bool in_org;
  bool in_house;
  std::optional<TermClass> term;  ///< nothing: the operation says (personal)
};

[[nodiscard]] std::span<const KindRule> all_kinds();
/// nullptr for a kind of a later release: kept, counted, judged again after an upgrade.
[[nodiscard]] const KindRule* rule_of(std::uint32_t kind);
/// An operation outside of this never counts, whoever its actor. False for unknown kinds.
[[nodiscard]] bool may_write(std::uint32_t kind, DeviceClass device, ScopeKind scope);

/// An operation writes at most so many slots, and no slot has a higher number (FORMAT.md 7).
inline constexpr std::uint32_t max_slot = 16;

[[nodiscard]] bool known_term(std::uint32_t term_class);
/// Weeks after the operation's term week that a replica of this class keeps it; nothing: for ever.
[[nodiscard]] std::optional<std::int32_t> weeks_kept(TermClass term_class, DeviceClass device);
/// True when it counts in the vector and is no longer applied. An unknown term class is never past.
[[nodiscard]] bool past_term(std::uint32_t term_class, std::uint32_t term_week, DeviceClass device, Week now);

}  // namespace huisbord
