// SPDX-License-Identifier: GPL-3.0-or-later
// A desk that asks for a delegation and takes it up: the first, a longer one, or that of a desk in the place of a stolen one.
#pragma once

#include "core/office/office.h"
#include "core/office/root_key.h"

namespace huisbord {

/// A new key in the vault, waiting for its delegation, and what to carry to the root key. Asked again, the same key waits.
[[nodiscard]] Result<DelegationRequest> ask_delegation(Vault& vault, Random& random);
/// Takes up what the root key signed: the waiting key writes the charters from now on, and every scope gets a charter that says so, which
/// refuses whoever holds an older delegation. invalid: of another organisation, root key or request, or not above the one held; charter: it
/// has ended.
[[nodiscard]] Result<Office> accept_delegation(Vault& vault, const OrganisationDelegation& made, Random& random);
/// Writes the charter of each scope whose charter is still of an older delegation.
[[nodiscard]] Status renew_charters(Office& office);

}  // namespace huisbord
