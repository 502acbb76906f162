// SPDX-License-Identifier: GPL-3.0-or-later
// What time and the replicas' words ask of charters: new epochs, keys that end, what devices announced (KEYS.md 13).
#pragma once

#include "core/base/clock.h"
#include "core/office/office.h"

namespace huisbord {

/// Whether a replica, by its newest witness, knows the epoch in use, which began with that charter, and holds all that others sealed under
/// the former one.
[[nodiscard]] bool has_witnessed_next(const Witness& said, DeviceNumber by, CharterNumber next_began, const EpochUse& former);

struct EpochTerms {
  std::int64_t epoch_days = 30;
  std::int64_t lapsed_days = 60;  ///< so long silent, and nobody waits for that kiosk any more
  /// Keys of epochs whose segments no snapshot covers end as well: no new kiosk can begin from those segments then.
  bool without_snapshot = false;
  /// A test hands in a wrong one.
  decltype(&huisbord::has_witnessed_next) has_witnessed = huisbord::has_witnessed_next;
};

/// Once a tick. Writes at most two charters a scope, and none when nothing is due: sealing and custody keys that devices announced take the
/// place of the former, with everything that was sealed to those; an epoch that is 30 days old or older than a cut is followed by another;
/// an epoch's grants go once every active replica has witnessed the next and holds all that was sealed under it. How many were written.
[[nodiscard]] Result<std::size_t> tend_keys(Office& office, Day today, const EpochTerms& terms = {});

/// A new epoch of the scope from now on: what an erasure, a cut and a restored desk ask.
[[nodiscard]] Status begin_next_epoch(Office& office, const ScopeId& scope);

}  // namespace huisbord
