// SPDX-License-Identifier: GPL-3.0-or-later
// Where a device ends: cut, closed or wiped in every scope that lists it, and what it handed in afterwards accepted by a person.
#pragma once

#include <optional>

#include "core/office/office.h"

namespace huisbord {

/// Which of a device's segments counts last. Without a number: what counts here now. The branch is needed where a fork left two of it.
struct CutChoice {
  std::optional<OperationNumber> number;
  std::string branch;  ///< how the hexadecimal header hash begins; empty: there is only one
};
struct MadeCut {
  ScopeId scope;
  DeviceNumber device = 0;
  Cut cut;
  std::optional<Error> no_snapshot{};  ///< the cut took something out of the snapshot, and why there is no new one
};

/// The cut that the choice names among the segments kept here. not_found: no segment ends there; invalid: two do.
[[nodiscard]] Result<Cut> find_cut(const Vault& vault, const ScopeId& scope, DeviceNumber device, const CutChoice& choice);
/// Ends the device in every scope whose charter lists it; `choice` is about `scope`, elsewhere what counts here now. Of a device that ended
/// before the cuts stay and the state goes on. forbidden: this desk itself; not_found: no charter lists it.
[[nodiscard]] Result<std::vector<MadeCut>> end_everywhere(Office& office, const DeviceId& device, DeviceState state, const ScopeId& scope,
                                                          const CutChoice& choice);

/// What a device that was cut handed in past its cut, as far as it follows: oldest first. Empty when nothing waits; where two segments
/// follow one and the same, or where an epoch has ended under which it was sealed (KEYS.md 13.1), it ends before them.
[[nodiscard]] Result<std::vector<StoredSegment>> handed_in(const Vault& vault, const ScopeId& scope, DeviceNumber device);
/// Makes it count up to that number, or all of it: the cut is raised. not_found: nothing waits, or no segment that waits ends there.
[[nodiscard]] Result<Cut> accept_handed_in(Office& office, const ScopeId& scope, DeviceNumber device, std::optional<OperationNumber> up_to);

/// Segments of that device which wait because they are stamped ahead of trusted time.
[[nodiscard]] Result<std::vector<StoredSegment>> stamped_ahead(const Vault& vault, const ScopeId& scope, DeviceNumber device);
/// A ruling: the segment that ends at that number counts although it is stamped ahead. not_found: none such waits.
[[nodiscard]] Status free_stamped_ahead(Office& office, const ScopeId& scope, DeviceNumber device, OperationNumber last);

}  // namespace huisbord
