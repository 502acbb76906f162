// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the tables: the winning operation of each slot, and the operations' bytes.
#include "core/store/rows.h"

#include <algorithm>
#include <tuple>

#include "core/journal/operation.h"
#include "core/store/merge_rules.h"

namespace huisbord {

namespace {

/// Rows as they come, ordered by record and slot afterwards and reduced to winners.
class Gathering {
 public:
  Gathering(Table table, const MergeRules& rules) : table_(table), rules_(rules) {}

  Status take(Statement& statement) {
    for (;;) {
      TRY_ASSIGN(const bool more, statement.row());
      if (!more) return {};
      Row row;
      row.record = RecordId::from(statement.blob(0)).value_or(RecordId{});
      row.slot = static_cast<std::uint32_t>(statement.integer(1));
      row.source = {statement.natural(2), static_cast<DeviceNumber>(statement.integer(3)), statement.natural(4)};
      rows_.push_back(row);
    }
  }

  std::vector<Row> winners() && {
    const auto key = [](const Row& row) { return std::tie(row.record, row.slot); };
    if (!std::ranges::is_sorted(rows_, {}, key)) std::ranges::stable_sort(rows_, {}, key);
    std::vector<Row> won;
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < rows_.size();) {
      const Row& row = rows_[i];
      candidates.clear();
      for (; i < rows_.size() && key(rows_[i]) == key(row); ++i) candidates.push_back(rows_[i].source);
      won.push_back({row.record, row.slot, winner(rule_of_slot(table_, row.slot), candidates, rules_.beats)});
    }
    return won;
  }

 private:
  Table table_;
  const MergeRules& rules_;
  std::vector<Row> rows_;
};

}  // namespace

Result<std::vector<Row>> Rows::winners(Table table, Week from, Week to) const {
  Gathering gathering(table, *rules_);
  Statement rows = database_.use(
      "SELECT record, slot, stamp, device, number FROM slot WHERE scope = ? AND tab = ? AND week BETWEEN ? AND ?"
      " ORDER BY week, owner, record, slot, stamp, device, number");
  rows.bind(scope_, table, from.value, to.value);
  TRY_STATUS(gathering.take(rows));
  return std::move(gathering).winners();
}

Result<std::vector<Row>> Rows::winners_of(Table table, const PersonId& owner) const {
  Gathering gathering(table, *rules_);
  TRY_ASSIGN(const std::vector<Week> all, weeks(table));
  for (const Week week : all) {
    Statement rows = database_.use(
        "SELECT record, slot, stamp, device, number FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = ?"
        " ORDER BY record, slot, stamp, device, number");
    rows.bind(scope_, table, week.value, owner.bytes);
    TRY_STATUS(gathering.take(rows));
  }
  return std::move(gathering).winners();
}

Result<std::vector<Row>> Rows::winners_of_record(Table table, Week week, const RecordId& record) const {
  Gathering gathering(table, *rules_);
  Statement rows = database_.use(
      "SELECT record, slot, stamp, device, number FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = x'' AND record = ?"
      " ORDER BY slot, stamp, device, number");
  rows.bind(scope_, table, week.value, record.bytes);
  TRY_STATUS(gathering.take(rows));
  return std::move(gathering).winners();
}

Result<std::vector<Week>> Rows::weeks(Table table) const {
  std::vector<Week> found;
  Statement next = database_.use("SELECT min(week) FROM slot WHERE scope = ? AND tab = ? AND week > ?");
  for (std::int32_t after = -1;;) {
    next.bind(scope_, table, after);
    TRY_ASSIGN([[maybe_unused]] const bool answered, next.row());
    if (next.is_null(0)) return found;
    after = static_cast<std::int32_t>(next.integer(0));
    found.push_back({after});
    next.reset();
  }
}

Result<bool> Rows::holds(Table table, Week week, ByteView owner, const RecordId& record) const {
  Statement found = database_.use("SELECT 1 FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = ? AND record = ? LIMIT 1");
  found.bind(scope_, table, week.value, owner, record.bytes);
  return found.row();
}

Result<Bytes> Rows::bytes(DeviceNumber device, OperationNumber number) const {
  Statement found = database_.use("SELECT bytes FROM operation WHERE scope = ? AND device = ? AND number = ?");
  found.bind(scope_, device, number);
  TRY_ASSIGN(const bool there, found.row());
  if (!there)
    return fail(ErrorCode::damaged, "The vault is damaged: a row names an operation that is not there. Restore it from a backup.");
  return to_bytes(found.blob(0));
}

Status Rows::load(const Row& row, journal::Operation& into) const {
  Statement found = database_.use("SELECT bytes FROM operation WHERE scope = ? AND device = ? AND number = ?");
  found.bind(scope_, row.source.device, row.source.number);
  TRY_ASSIGN(const bool there, found.row());
  if (!there)
    return fail(ErrorCode::damaged, "The vault is damaged: a row names an operation that is not there. Restore it from a backup.");
  return parse_operation(found.blob(0), into);
}

}  // namespace huisbord
