// SPDX-License-Identifier: GPL-3.0-or-later
// The root key: made once on two media, in no store; it signs nothing but delegations (FORMAT.md 8.2).
#pragma once

#include <filesystem>
#include <span>

#include "core/crypto/signing.h"
#include "core/journal/envelope/charter.h"

namespace huisbord {

/// Where it lies on a medium.
[[nodiscard]] std::filesystem::path root_key_path(const std::filesystem::path& medium);

/// One key on every medium named, each read back before this returns; on failure none is left. already_exists when one holds a root key:
/// it is made once. invalid when a folder is named twice.
[[nodiscard]] Result<crypto::SigningPublicKey> make_root_key(std::span<const std::filesystem::path> media, Random& random);
/// not_found, damaged: the sentence says to take the other medium.
[[nodiscard]] Result<crypto::SigningKeyPair> read_root_key(const std::filesystem::path& medium);

/// What a desk asks the root key for: to write this organisation's charters with a key of its own.
struct DelegationRequest {
  OrganisationId organisation;
  std::uint32_t number = 0;  ///< at least
  crypto::SigningPublicKey key;
};
[[nodiscard]] Bytes write_delegation_request(const DelegationRequest& request);
[[nodiscard]] Result<DelegationRequest> read_delegation_request(ByteView bytes);

struct OrganisationDelegation {
  OrganisationId organisation;
  Delegation delegation;
};
[[nodiscard]] Bytes write_delegation(const OrganisationDelegation& made);
[[nodiscard]] Result<OrganisationDelegation> read_delegation(ByteView bytes);

/// For how long a desk's key writes charters: a year, and time to fetch the root key.
inline constexpr Millis delegation_term{std::int64_t{400} * 24 * 60 * 60 * 1000};

/// Signs with the key on that medium, until `expires`. The medium notes which numbers it gave, so that none is given twice from it.
[[nodiscard]] Result<OrganisationDelegation> make_delegation(const std::filesystem::path& medium, const DelegationRequest& request,
                                                             Millis expires);

}  // namespace huisbord
