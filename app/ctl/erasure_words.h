// SPDX-License-Identifier: GPL-3.0-or-later
// How erasures are told: done, or who is waited for.
#pragma once

#include "app/ctl/desk.h"

namespace huisbord {

/// A line each; nothing when nobody was ever erased.
[[nodiscard]] Status show_erasures(Desk& desk);

}  // namespace huisbord
