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

/// The week in which a record stands, or nothing: an operation about a record carries the record's own week. `near` is where it is likely.
using FindWeek = std::function<Result<std::optional<Week>>(Table, const PersonId& owner, const RecordId&, Week near)>;
inline constexpr Week any_week{-1};

/// A record's week is fixed for its life (FORMAT.md 6).
[[nodiscard]] inline std::unexpected<Error> stands_elsewhere() {
  return fail(ErrorCode::invalid, "What moves to another week is a new record; the old one is withdrawn in its own week.");
}

/// Fills in everything but stamp and actor. not_found when the change names a record that is not here.
[[nodiscard]] Status encode_change(const OpenChange& change, const FindWeek& find, journal::Operation& into);

/// The first of `changes` and those after it that go to the same record, sealed into one box; answers how many that were (at least one).
/// `room` is used again and again for the plaintext.
[[nodiscard]] Result<std::size_t> encode_changes(const ScopeId& scope, const PersonId& person, const crypto::SecretBytes& key,
                                                 std::span<const PersonalChange> changes, const FindWeek& find, Random& random,
                                                 crypto::SecretBytes& room, journal::Operation& into);

}  // namespace huisbord
