// SPDX-License-Identifier: GPL-3.0-or-later
// The randomness that keys are made of.
#pragma once

#include "core/base/random.h"

namespace huisbord::crypto {

/// The kernel's generator (getrandom) through libsodium; safe from any thread, also after fork.
[[nodiscard]] Random& system_random();

}  // namespace huisbord::crypto
