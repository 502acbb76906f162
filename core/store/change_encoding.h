// SPDX-License-Identifier: GPL-3.0-or-later
// The domain's changes as operations of the journal: kind, record, term and body (FORMAT.md 5 and 7).
#pragma once

#include <functional>
#include <span>

#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"
#include "core/domain/change.h"
#include "core/journal/operation.h"
#include "core/store/tables.h"

namespace huisbord {

/// The latest week after `after` in which a record stands, or nothing: an operation about a record carries the record's own week.
using FindWeek = std::function<Result<std::optional<Week>>(Table, const PersonId& owner, const RecordId&, Week after)>;
inline constexpr Week any_week{-1};

/// Fills in everything but stamp and actor. not_found when the change names a record that is not here.
[[nodiscard]] Status encode_change(const OpenChange& change, const FindWeek& find, journal::Operation& into);

/// The first of `changes` and those after it that go to the same record, sealed into one box; answers how many that were (at least one).
/// `room` is used again and again for the plaintext.
[[nodiscard]] Result<std::size_t> encode_changes(const ScopeId& scope, const PersonId& person, const crypto::SecretBytes& key,
                                                 std::span<const PersonalChange> changes, const FindWeek& find, Random& random,
                                                 crypto::SecretBytes& room, journal::Operation& into);

}  // namespace huisbord
