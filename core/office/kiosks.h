// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk taken into its house, however its keys came here: by files or by pairing.
#pragma once

#include <optional>

#include "core/office/office.h"
#include "core/pairing/messages.h"

namespace huisbord {

/// What a charter lists of a kiosk that said who it is.
[[nodiscard]] CharterDevice listed_kiosk(const PairingDevice& kiosk);

/// Lists it in `org` and in the house (what is listed already stays as it is), remembers its custody key, and puts the keys of everybody
/// who stays there into its keyring. Cut short, it is finished by doing it again.
[[nodiscard]] Status admit_kiosk(Office& office, const HouseId& house, const CharterDevice& device,
                                 const std::optional<crypto::SealingPublicKey>& custody, Day today);

}  // namespace huisbord
