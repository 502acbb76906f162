// SPDX-License-Identifier: GPL-3.0-or-later
// What a desk that is in no charter yet asks for the newest one with: the delegation under which it would write the next (PROTOCOL.md 3.3).
#pragma once

#include "core/base/error.h"
#include "core/journal/envelope/charter.h"
#include "core/sync/wire/messages.pb.h"

namespace huisbord::wire {

[[nodiscard]] CharterQuestion make_charter_question(const OrganisationId& organisation, const ScopeId& scope, const Delegation& delegation,
                                                    const crypto::SigningKeyPair& delegated, Millis now);
/// limit, parse: every field has one size.
[[nodiscard]] Result<CharterQuestion> parse_charter_question(ByteView body);
[[nodiscard]] Delegation delegation_of(const CharterQuestion& question);
/// Signed by that delegation's key, and that by the root.
[[nodiscard]] bool is_signed(const CharterQuestion& question, const OrganisationId& organisation, const ScopeId& scope,
                             const crypto::SigningPublicKey& root);

}  // namespace huisbord::wire
