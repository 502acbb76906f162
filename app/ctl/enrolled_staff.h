// SPDX-License-Identifier: GPL-3.0-or-later
// A member of staff whose passphrase a new kiosk takes: known by name, entered and given their role when they are new.
#pragma once

#include <string>

#include "app/ctl/desk.h"

namespace huisbord {

[[nodiscard]] Result<StaffId> enrolled_staff(Desk& desk, const std::string& name, const HouseId& house);

}  // namespace huisbord
