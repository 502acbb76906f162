// SPDX-License-Identifier: GPL-3.0-or-later
// One charter, upwards.
#include "core/sync/charter_put.h"

namespace huisbord {

Result<bool> put_charter_held(const Log& log, RelayConnection& relay, const ScopeId& scope, CharterNumber relay_holds,
                              const std::stop_token& stop) {
  const CharterNumber number = log.charter_number(scope);
  if (number <= relay_holds) return false;
  TRY_ASSIGN(const auto charter, log.charter(scope));
  if (!charter) return false;
  TRY_ASSIGN(const CharterAnswer answer, relay.put_charter(scope, *charter, stop));
  return !answer.refusal && answer.number == number;
}

}  // namespace huisbord
