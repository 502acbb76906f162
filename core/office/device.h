// SPDX-License-Identifier: GPL-3.0-or-later
// A new device: its identifier and keys, and how a charter lists it.
#pragma once

#include "core/journal/envelope/charter.h"
#include "core/store/vault.h"

namespace huisbord {

/// Identifier and keys that a new vault is founded with.
[[nodiscard]] Founding make_founding(const OrganisationId& organisation, const crypto::SigningPublicKey& root, Random& random);
/// Its public half; number and state are given by the charter that takes it in.
[[nodiscard]] CharterDevice listed(const Founding& founding, DeviceClass device_class);

}  // namespace huisbord
