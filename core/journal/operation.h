// SPDX-License-Identifier: GPL-3.0-or-later
// One change as received bytes and as a message: form, limits, and what a device may write (FORMAT.md 4).
#pragma once

#include <optional>

#include "core/base/error.h"
#include "core/crypto/hash.h"
#include "core/journal/kinds.h"
#include "core/journal/operation.pb.h"

namespace huisbord {

inline constexpr std::size_t max_operation_size = std::size_t{16} * 1024;
inline constexpr int max_operation_nesting = 16;
inline constexpr std::size_t max_box_size = std::size_t{15} * 1024;
inline constexpr std::size_t max_short_text = 256;
inline constexpr std::size_t max_long_text = 4096;

/// The stamp that every operation begins with, whatever its kind; nothing when it does not, or when it is 0.
[[nodiscard]] std::optional<std::uint64_t> leading_stamp(ByteView raw);

/// Reads and checks form and limits; `into` is cleared first and may be used again (no allocation once it is warm). parse, limit. An
/// operation that fails counts in the vector, is kept as received and never applies: the same everywhere. A kind or term class of a later
/// release is no failure: see is_known.
[[nodiscard]] Status parse_operation(ByteView raw, journal::Operation& into);
[[nodiscard]] Result<journal::Operation> parse_operation(ByteView raw);

/// False: kept and judged again after an upgrade.
[[nodiscard]] bool is_known(const journal::Operation& operation);

/// ErrorCode::forbidden unless a device of this class may write this kind in this scope.
[[nodiscard]] Status check_writer(const journal::Operation& operation, DeviceClass device, ScopeKind scope);

/// The bytes that stand in the journal. invalid when parse_operation would not take them or the kind is not known.
[[nodiscard]] Result<Bytes> write_operation(const journal::Operation& operation);

/// What decides between two of one stamp and device number.
[[nodiscard]] crypto::Hash operation_hash(ByteView raw);

/// The record of a person's sealed slots (identity, preferences, case managers, plan step), apart from the open placing.
[[nodiscard]] RecordId person_record(const PersonId& person);
/// One duty whoever plans it: task and day say which.
[[nodiscard]] DutyId duty_of(const TaskId& task, Day day);
/// What a box is bound to (FORMAT.md 7.2): it opens only in the operation that it was made for.
[[nodiscard]] Bytes box_associated(const ScopeId& scope, const RecordId& record, const PersonId& person,
                                   std::span<const std::uint32_t> slots);

/// 16 bytes of a field as an identifier; an empty or odd one gives the empty identifier.
template <class IdType>
[[nodiscard]] IdType id_of(const std::string& field) {
  return IdType::from(view(field)).value_or(IdType{});
}

}  // namespace huisbord
