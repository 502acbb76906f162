// SPDX-License-Identifier: GPL-3.0-or-later
// A store that became a copy asks its office to be taken in again as another device: the file that it sends, and six words over it
// (PROTOCOL.md 9.7).
#pragma once

#include "core/pairing/messages.h"

namespace huisbord {

struct ReadmissionRequest {
  OrganisationId organisation;
  DeviceId former;       ///< as which charters list it until now
  PairingDevice device;  ///< as which it asks to be listed
};

/// Signed with the former device's key.
[[nodiscard]] Bytes write_readmission(const ReadmissionRequest& request, const crypto::SigningKeyPair& former);
/// parse, version. The signature is not looked at.
[[nodiscard]] Result<ReadmissionRequest> read_readmission(ByteView bytes);
/// Whoever holds the former device's key wrote these bytes: either of two that have one store.
[[nodiscard]] bool is_signed_by(ByteView readmission, const crypto::SigningPublicKey& former);
/// 66 bits over all of it: equal on both sides only when every byte is.
[[nodiscard]] PairingWords readmission_words(ByteView bytes);

}  // namespace huisbord
