// SPDX-License-Identifier: GPL-3.0-or-later
// Operations into the tables and out of them again: the one function for what this device did and what came from afar.
#include "core/store/apply.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/base/check.h"
#include "core/journal/operation.h"

namespace huisbord {

namespace {

/// How many stored operations are read before the writes that follow from them: no statement reads a table while another writes it.
constexpr std::size_t reading_batch = 1024;
/// How many operations are added before it is asked whether somebody waits: well below a millisecond.
constexpr OperationNumber asking_batch = 64;
/// How many are looked at for their term before the same: well below a millisecond, or a few when all of them go.
constexpr std::size_t forgetting_batch = 128;
constexpr OperationNumber highest = std::numeric_limits<std::int64_t>::max();

}  // namespace

bool Applying::counts(const CharterDevice& device, OperationNumber number, const journal::Operation& operation) const {
  const Charter& charter = *conditions_.charter;
  if (!is_known(operation) || operation.kind() > conditions_.rules->newest_kind || !table_of(operation)) return false;
  if (!conditions_.rules->may_write(operation.kind(), device.device_class, charter.scope_kind())) return false;
  if (conditions_.rules->about_erased(charter, operation)) return false;
  // A device speaks of its own keys alone.
  if (operation.has_device_keys() && id_of<DeviceId>(operation.record()) != device.id) return false;
  if (charter.scope_kind() == ScopeKind::house && !operation.actor().empty()) {
    const auto actor = id_of<RecordId>(operation.actor());
    const std::uint64_t stamp = standing(device.number, number, operation);
    if (conditions_.roles->is_staff(actor) && !conditions_.rules->holds_role(*conditions_.roles, actor, charter.scope, stamp)) return false;
  }
  return true;
}

Status Applying::add(DeviceNumber device, OperationNumber number, ByteView raw) {
  const bool sound = parse_operation(raw, operation_).has_value();
  // What is malformed is kept as received and never applies; the chain that holds it counts all the same.
  if (sound && past_term(operation_)) return {};
  return keep(device, number, raw, sound);
}

Status Applying::add_unsent(DeviceNumber device, OperationNumber number, ByteView raw) {
  return keep(device, number, raw, parse_operation(raw, operation_).has_value());
}

Status Applying::keep(DeviceNumber device, OperationNumber number, ByteView raw, bool sound) {
  TRY_STATUS(database_.use("INSERT OR REPLACE INTO operation (scope, device, number, bytes) VALUES (?, ?, ?, ?)")
                 .bind(conditions_.scope, device, number, raw)
                 .run());
  const CharterDevice* writer = conditions_.charter->device(device);
  if (sound && operation_.has_witness() && writer != nullptr && writer->device_class == DeviceClass::desk) {
    desk_quarter_ = std::max<std::int64_t>(desk_quarter_, operation_.witness().trusted_quarter());
    if (const auto witness = read_witness(operation_)) {
      for (const WitnessHead& head : witness->heads) {
        if (head.device == conditions_.own && device != conditions_.own) own_witnessed_.push_back(head);
      }
    }
  }
  if (!sound || writer == nullptr || !counts(*writer, number, operation_)) return {};
  return change_rows(Change::put, device, number, operation_, standing(device, number, operation_));
}

Result<bool> Applying::add_all(const SegmentHeader& header, const OpenedSegment& opened, const std::function<bool()>& gives_way) {
  OperationNumber number = header.first;
  for (const OpenedOperation& one : opened) {
    if (gives_way && (number - header.first) % asking_batch == asking_batch - 1 && gives_way()) return false;
    TRY_STATUS(add(header.device, number++, one.raw));
  }
  return true;
}

Result<bool> Applying::put_rows(std::vector<SlotRow>& rows, const std::function<bool()>& gives_way) {
  std::ranges::sort(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (gives_way && i % asking_batch == asking_batch - 1 && gives_way()) return false;
    TRY_STATUS(change_row(Change::put, rows[i]));
  }
  rows.clear();
  return true;
}

Status Applying::change_rows(Change change, DeviceNumber device, OperationNumber number, const journal::Operation& operation,
                             std::uint64_t stamp) {
  const auto table = table_of(operation);
  if (!table) return {};
  if (*table == Table::grant || *table == Table::staff) touched_roles_ = true;
  SlotRow row{*table, operation.term_week(), id_of<PersonId>(operation.person()), id_of<RecordId>(operation.record()), 0, stamp, device,
              number};
  const auto one = [&](std::uint32_t slot) -> Status {
    row.slot = slot;
    if (later_ == nullptr) return change_row(change, row);
    CHECK(change == Change::put);
    later_->push_back(row);
    return {};
  };
  const KindRule* rule = rule_of(operation.kind());
  if (rule->slot != 0) return one(rule->slot);
  for (const std::uint32_t slot : operation.slots()) TRY_STATUS(one(slot));
  return {};
}

Status Applying::change_row(Change change, const SlotRow& row) {
  Statement statement = database_.use(
      change == Change::put
          ? std::string_view(
                "INSERT OR IGNORE INTO slot (scope, tab, week, owner, record, slot, stamp, device, number) VALUES (?,?,?,?,?,?,?,?,?)")
          : std::string_view("DELETE FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = ? AND record = ? AND slot = ?"
                             " AND stamp = ? AND device = ? AND number = ?"));
  const ByteView owner = row.table >= Table::person ? row.owner.view() : ByteView{};
  statement.bind(conditions_.scope, row.table, row.week, owner, row.record.view(), row.slot, row.stamp, row.device, row.number);
  return statement.run();
}

Status Applying::each_stored(DeviceNumber device, OperationNumber first, OperationNumber last,
                             const std::function<Status(OperationNumber, ByteView)>& visit) {
  std::vector<std::pair<OperationNumber, Bytes>> batch;
  do {
    batch.clear();
    Statement rows = database_.use(
        "SELECT number, bytes FROM operation WHERE scope = ? AND device = ? AND number BETWEEN ? AND ? ORDER BY number LIMIT ?");
    rows.bind(conditions_.scope, device, first, last, reading_batch);
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      batch.emplace_back(rows.natural(0), to_bytes(rows.blob(1)));
    }
    rows.reset();
    for (const auto& [number, raw] : batch) TRY_STATUS(visit(number, raw));
    if (!batch.empty()) first = batch.back().first + 1;
  } while (batch.size() == reading_batch);
  return {};
}

Status Applying::remove(DeviceNumber device, OperationNumber first, OperationNumber last) {
  const Status removed = each_stored(device, first, last, [&](OperationNumber number, ByteView raw) -> Status {
    if (!parse_operation(raw, operation_)) return {};
    return change_rows(Change::take, device, number, operation_, standing(device, number, operation_));
  });
  TRY_STATUS(removed);
  return database_.use("DELETE FROM operation WHERE scope = ? AND device = ? AND number BETWEEN ? AND ?")
      .bind(conditions_.scope, device, first, last)
      .run();
}

Status Applying::judge_again(const std::function<bool(const journal::Operation&)>& which) {
  for (const CharterDevice& device : conditions_.charter->devices) {
    const Status judged = each_stored(device.number, 1, highest, [&](OperationNumber number, ByteView raw) -> Status {
      if (!parse_operation(raw, operation_) || !which(operation_)) return {};
      return change_rows(counts(device, number, operation_) ? Change::put : Change::take, device.number, number, operation_,
                         standing(device.number, number, operation_));
    });
    TRY_STATUS(judged);
  }
  return {};
}

Status Applying::stamp_again(DeviceNumber device, const Charter& former) {
  const CharterDevice* writer = conditions_.charter->device(device);
  if (writer == nullptr) return {};
  return each_stored(device, 1, highest, [&](OperationNumber number, ByteView raw) -> Status {
    if (!parse_operation(raw, operation_)) return {};
    const std::uint64_t before = former.standing_stamp(device, number, operation_.stamp());
    const std::uint64_t now = standing(device, number, operation_);
    if (before == now) return {};
    TRY_STATUS(change_rows(Change::take, device, number, operation_, before));
    return counts(*writer, number, operation_) ? change_rows(Change::put, device, number, operation_, now) : Status{};
  });
}

Result<std::optional<OperationNumber>> Applying::forget_past_terms(DeviceNumber device, OperationNumber first, OperationNumber last,
                                                                   const std::function<bool()>& gives_way) {
  if (conditions_.own_class == DeviceClass::desk) return std::nullopt;
  std::vector<std::pair<OperationNumber, Bytes>> past;
  for (;;) {
    past.clear();
    std::size_t seen = 0;
    Statement rows = database_.use(
        "SELECT number, bytes FROM operation WHERE scope = ? AND device = ? AND number BETWEEN ? AND ? ORDER BY number LIMIT ?");
    rows.bind(conditions_.scope, device, first, last, forgetting_batch);
    for (;; ++seen) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      first = rows.natural(0) + 1;
      if (parse_operation(rows.blob(1), operation_) && past_term(operation_)) past.emplace_back(rows.natural(0), to_bytes(rows.blob(1)));
    }
    rows.reset();
    for (const auto& [number, raw] : past) {
      TRY_STATUS(parse_operation(raw, operation_));
      TRY_STATUS(change_rows(Change::take, device, number, operation_, standing(device, number, operation_)));
      TRY_STATUS(database_.use("DELETE FROM operation WHERE scope = ? AND device = ? AND number = ?")
                     .bind(conditions_.scope, device, number)
                     .run());
    }
    if (seen < forgetting_batch || first > last) return std::nullopt;
    if (gives_way()) return first;
  }
}

}  // namespace huisbord
