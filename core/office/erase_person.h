// SPDX-License-Identifier: GPL-3.0-or-later
// Erasing a person: for ever in the charter, in no keyring, and waited for until every replica has done it (KEYS.md 14).
#pragma once

#include <vector>

#include "core/office/office.h"

namespace huisbord {

struct Erasure {
  PersonId person;
  ScopeId house;
  CharterNumber charter = 0;          ///< the one that erased
  std::vector<DeviceNumber> waiting;  ///< active replicas that have not carried it out; done when there are none
  std::vector<DeviceNumber> lost;     ///< were cut, closed or wiped before they had: whoever holds one may hold what it held
  [[nodiscard]] bool done() const { return waiting.empty(); }
};

/// Every stay of this person, whichever is named (moving.h). Writes the charters, turns this desk's own keys and lists them. The caller
/// then gives the store a new key (store_key.h), replaces the backup of person keys (backup_keys.h), and calls tend_keys(), which tells
/// that this desk is done. not_found: nobody stays or stayed there under that identifier; already_exists: erased before.
[[nodiscard]] Status erase_person(Office& office, const PersonId& person, Day today);

/// Every erasure of every house, in the order of the charters' lists.
[[nodiscard]] Result<std::vector<Erasure>> erasures(const Office& office);

}  // namespace huisbord
