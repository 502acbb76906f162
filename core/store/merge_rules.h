// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule that tables and the ends of keys depend on, in one struct, so that a test can hand in a wrong one and see it found.
#pragma once

#include "core/journal/hybrid_clock.h"
#include "core/journal/operation.pb.h"
#include "core/store/merge.h"
#include "core/store/roles.h"

namespace huisbord {

/// The store asks nothing but these for what SCHEMA.md 5 and KEYS.md 13.1 and 13.2 say. The product has the_merge_rules() alone; another
/// one is for tests.
struct MergeRules {
  Beats beats = huisbord::beats;                                               ///< who wins a slot
  decltype(&huisbord::counted_chain) counted_chain = huisbord::counted_chain;  ///< chain, forks and cuts
  decltype(&huisbord::waits) waits = huisbord::waits;                          ///< stamped too far ahead
  decltype(&huisbord::may_write) may_write = huisbord::may_write;              ///< kind, device class, scope
  decltype(&huisbord::past_term) past_term = huisbord::past_term;              ///< what is no longer applied
  /// Whether one of the staff held a role in that house at that stamp.
  bool (*holds_role)(const Roles&, const RecordId& actor, const ScopeId& house, std::uint64_t stamp) = role_held;
  /// Kinds with a higher number are of a later release.
  std::uint32_t newest_kind = static_cast<std::uint32_t>(all_kinds().size());
  /// Whether it names a person whom the charter says is erased.
  bool (*about_erased)(const Charter&, const journal::Operation&) = names_erased;
  /// Whether that epoch's key ends wherever this charter is held (KEYS.md 13.1).
  bool (*epoch_ended)(const Charter&, const Epoch&) = no_grant_left;
  /// Whether nothing that follows from this charter is sealed to a former sealing key of the device any more (KEYS.md 13.2).
  bool (*lists_sealing_key)(const Charter&, DeviceNumber own, const crypto::SealingPublicKey& newest) = lists_newest;

  static bool role_held(const Roles& roles, const RecordId& actor, const ScopeId& house, std::uint64_t stamp) {
    return roles.holds(actor, house, stamp);
  }
  static bool names_erased(const Charter& charter, const journal::Operation& operation);
  static bool no_grant_left(const Charter& charter, const Epoch& epoch);
  static bool lists_newest(const Charter& charter, DeviceNumber own, const crypto::SealingPublicKey& newest);
};

[[nodiscard]] const MergeRules& the_merge_rules();

}  // namespace huisbord
