// SPDX-License-Identifier: GPL-3.0-or-later
// The key outside the store with which a kiosk that starts alone asks the relay for its share (KEYS.md 9.7).
#pragma once

#include <filesystem>

#include "core/base/ids.h"
#include "core/crypto/sealing.h"
#include "core/crypto/signing.h"

namespace huisbord {

/// Opens nothing by itself: it lets its owner ask, and the answer is one factor of a slot.
struct UnlockKey {
  OrganisationId organisation;
  ScopeId scope;  ///< of the house
  DeviceId device;
  ByteArray<16> share{};  ///< the share's name
  crypto::SigningKeyPair signing;
  crypto::SealingKeyPair sealing;

  [[nodiscard]] static UnlockKey make(const OrganisationId& organisation, const ScopeId& scope, const DeviceId& device, Random& random);
  /// not_found, damaged, newer_version, io.
  [[nodiscard]] static Result<UnlockKey> load(const std::filesystem::path& file);
  [[nodiscard]] Status save(const std::filesystem::path& file) const;

  /// The parameters of a slot's factor: u8 version = 1 || name 16.
  [[nodiscard]] Bytes parameters() const;
  [[nodiscard]] Bytes seal_share(const crypto::SecretBytes& share_bytes, Random& random) const;
  [[nodiscard]] Result<crypto::SecretBytes> open_share(ByteView sealed) const;
};

/// Beside the key file.
[[nodiscard]] std::filesystem::path unlock_key_path(const std::filesystem::path& folder);

}  // namespace huisbord
