// SPDX-License-Identifier: GPL-3.0-or-later
// What a board has noticed about itself, the relay and its neighbours, as its screens say it.
#pragma once

#include <vector>

#include "app/kiosk/kiosk_actions.h"
#include "core/i18n/zone.h"
#include "core/store/vault.h"

namespace huisbord {

/// So long without the office, and what stands here is old (architecture, Terms): nobody waits for this board any more.
inline constexpr Millis lapsed_after{60LL * 24 * 3600 * 1000};

/// Ascending, each once. Reads a few rows; any thread. What cannot be read is nothing noticed.
[[nodiscard]] std::vector<Concern> concerns_of(Vault& vault, const i18n::HouseZone& zone);

}  // namespace huisbord
