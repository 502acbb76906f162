// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's half of being taken in again: what a store that is a copy says of the device that it will be (SCHEMA.md 12).
#pragma once

#include "core/pairing/readmission.h"
#include "core/store/vault.h"

namespace huisbord {

/// Made once and kept: asked again, it is the same. forbidden when this store is no copy as far as it knows.
[[nodiscard]] Result<PairingDevice> renewed_device(Vault& kiosk);
/// The file for the office (PROTOCOL.md 9.7).
[[nodiscard]] Result<Bytes> readmission_request(Vault& kiosk);
/// A desk that answers a renewed kiosk is its own office, for its own house. invalid otherwise.
[[nodiscard]] Status check_same_office(const Vault& kiosk, const PairingOffer& offer);

}  // namespace huisbord
