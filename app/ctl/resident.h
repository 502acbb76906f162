// SPDX-License-Identifier: GPL-3.0-or-later
// Finding a resident by what everybody in the hallway may see, so that no name stands on a command line.
#pragma once

#include <string>

#include "core/store/vault.h"

namespace huisbord {

struct Resident {
  HouseId house;
  PersonId person;
};

/// `who`: "7/paw", "7/poot", with a colour when that is not enough ("7/paw/sky"), or an identifier. `house`: name or identifier; may be
/// empty when only one house is held or `who` is an identifier. not_found, or invalid when several fit.
[[nodiscard]] Result<Resident> find_resident(const Vault& vault, const std::string& house, const std::string& who, Day today);

}  // namespace huisbord
