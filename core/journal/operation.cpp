// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing operations within FORMAT.md 4; what holds for each kind's body is operation_body.cpp's.
#include "core/journal/operation.h"

#include <algorithm>

#include "core/crypto/aead.h"
#include "core/journal/envelope/read_message.h"
#include "core/journal/operation_body.h"

namespace huisbord {
namespace {

constexpr std::uint32_t max_week = 100'000;
constexpr std::size_t max_slots = 16;
constexpr std::uint8_t stamp_field = 0x08;

std::unexpected<Error> broken(const char* sentence) { return fail(ErrorCode::parse, sentence); }

bool is_id(const std::string& field) { return field.size() == 16; }
bool is_id_or_empty(const std::string& field) { return field.empty() || is_id(field); }

/// A size that crypto::box_size gives (KEYS.md 6).
bool is_box_size(std::size_t size) {
  constexpr std::size_t around = crypto::nonce_size + crypto::tag_size;
  if (size <= around) return false;
  const std::size_t padded = size - around;
  return padded == 32 || padded == 64 || padded == 128 || padded % 256 == 0;
}

Status check_personal(const journal::Operation& operation) {
  if (!is_id(operation.person())) return broken("A personal operation names no person.");
  if (operation.slots().empty()) return broken("A personal operation writes to no slot.");
  if (static_cast<std::size_t>(operation.slots_size()) > max_slots)
    return fail(ErrorCode::limit, "A personal operation writes too many slots.");
  std::uint32_t seen = 0;
  for (const std::uint32_t slot : operation.slots()) {
    if (slot == 0 || slot > max_slot) return broken("A personal operation writes to a slot that cannot be.");
    if ((seen & (1u << slot)) != 0) return broken("A personal operation writes to a slot twice.");
    seen |= 1u << slot;
  }
  if (operation.box().size() > max_box_size) return fail(ErrorCode::limit, "A sealed box is larger than 15 KiB.");
  if (!is_box_size(operation.box().size())) return broken("A sealed box has a size that no box has.");
  return {};
}

Status check_term(const journal::Operation& operation, const KindRule& rule) {
  if (!known_term(operation.term_class())) return {};
  const TermClass term = static_cast<TermClass>(operation.term_class());
  if (rule.term) return *rule.term == term ? Status{} : broken("An operation has another term class than its kind.");
  const bool personal_term =
      term == TermClass::appointment || term == TermClass::presence || term == TermClass::ledger || term == TermClass::stay;
  return personal_term ? Status{} : broken("A personal operation has a term class that none has.");
}

Status check_known(const journal::Operation& operation, const KindRule& rule) {
  TRY_STATUS(check_term(operation, rule));
  if (rule.kind == Kind::personal) {
    if (!is_id(operation.record())) return broken("An operation names no record.");
    if (!has_only_body(operation, 0)) return broken("A personal operation carries an open body.");
    return check_personal(operation);
  }
  if (!operation.person().empty() || !operation.slots().empty() || !operation.box().empty()) {
    return broken("An open operation carries what only a personal one does.");
  }
  if ((rule.kind == Kind::witness) != operation.record().empty()) return broken("An operation names no record, or a witness names one.");
  if (!has_only_body(operation, operation.kind())) return broken("An operation carries another body than its kind's.");
  return check_body(operation);
}

}  // namespace

std::optional<std::uint64_t> leading_stamp(ByteView raw) {
  if (raw.empty() || raw[0] != stamp_field) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < 10 && i + 1 < raw.size(); ++i) {
    const std::uint64_t part = raw[i + 1] & 0x7fu;
    if (i == 9 && part > 1) return std::nullopt;
    value |= part << (7 * i);
    if (raw[i + 1] < 0x80) return value == 0 ? std::nullopt : std::optional(value);
  }
  return std::nullopt;
}

Status parse_operation(ByteView raw, journal::Operation& into) {
  into.Clear();
  if (raw.size() > max_operation_size) return fail(ErrorCode::limit, "An operation is larger than 16 KiB.");
  const std::optional<std::uint64_t> stamp = leading_stamp(raw);
  if (!stamp) return broken("An operation does not begin with its stamp.");
  if (!read_message(raw, max_operation_nesting, into)) return broken("An operation is damaged or nested too deep.");
  if (into.stamp() != *stamp) return broken("An operation carries two stamps.");
  if (into.kind() == 0) return broken("An operation is of no kind.");
  if (into.term_class() == 0) return broken("An operation has no term class.");
  if (into.term_week() > max_week) return broken("An operation's term week lies too far ahead.");
  if (!is_id_or_empty(into.actor()) || !is_id_or_empty(into.record()) || !is_id_or_empty(into.person())) {
    return broken("An operation holds an identifier of another size than 16 bytes.");
  }
  const KindRule* rule = rule_of(into.kind());
  return rule == nullptr ? Status{} : check_known(into, *rule);
}

Result<journal::Operation> parse_operation(ByteView raw) {
  journal::Operation operation;
  TRY_STATUS(parse_operation(raw, operation));
  return operation;
}

bool is_known(const journal::Operation& operation) { return rule_of(operation.kind()) != nullptr && known_term(operation.term_class()); }

Status check_writer(const journal::Operation& operation, DeviceClass device, ScopeKind scope) {
  if (may_write(operation.kind(), device, scope)) return {};
  return fail(ErrorCode::forbidden, "A device of this class may not write this kind of operation in this scope.");
}

Result<Bytes> write_operation(const journal::Operation& operation) {
  if (!is_known(operation)) return fail(ErrorCode::invalid, "An operation is of a kind or term class that this release does not know.");
  Bytes raw(operation.ByteSizeLong());
  if (!operation.SerializeToArray(raw.data(), static_cast<int>(raw.size()))) return fail(ErrorCode::invalid, "An operation is incomplete.");
  journal::Operation again;
  if (Status sound = parse_operation(raw, again); !sound) return fail(ErrorCode::invalid, std::move(sound.error().sentence));
  return raw;
}

crypto::Hash operation_hash(ByteView raw) { return crypto::hash("hb.operation", raw); }

RecordId person_record(const PersonId& person) { return crypto::derive_id<RecordTag>("hb.person.record", person.bytes); }

DutyId duty_of(const TaskId& task, Day day) {
  Bytes input;
  ByteWriter writer(input);
  writer.raw(task.bytes);
  writer.u32(static_cast<std::uint32_t>(day.value));
  return crypto::derive_id<DutyTag>("hb.duty", input);
}

Bytes box_associated(const ScopeId& scope, const RecordId& record, const PersonId& person, std::span<const std::uint32_t> slots) {
  Bytes associated;
  ByteWriter writer(associated);
  writer.raw(view("hb.box"));
  writer.raw(scope.bytes);
  writer.raw(record.bytes);
  writer.raw(person.bytes);
  writer.u32(static_cast<std::uint32_t>(slots.size()));
  for (const std::uint32_t slot : slots) writer.u32(slot);
  return associated;
}

}  // namespace huisbord
