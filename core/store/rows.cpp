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
      row.week = Week{static_cast<std::int32_t>(statement.integer(5))};
      rows_.push_back(row);
    }
  }

  std::vector<Row> winners() && {
    const auto key = [](const Row& row) { return std::tie(row.record, row.slot); };
    if (!std::ranges::is_sorted(rows_, {}, key)) std::ranges::stable_sort(rows_, {}, key);
    keep_one_week_a_record();
    std::vector<Row> won;
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < rows_.size();) {
      const Row& row = rows_[i];
      candidates.clear();
      for (; i < rows_.size() && key(rows_[i]) == key(row); ++i) candidates.push_back(rows_[i].source);
      won.push_back({row.record, row.slot, winner(rule_of_slot(table_, row.slot), candidates, rules_.beats), row.week});
    }
    return won;
  }

 private:
  /// Rows are ordered by record and slot. Several weeks come from a writer that broke the rule, so hardly ever.
  void keep_one_week_a_record() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows_.size();) {
      std::size_t end = i;
      bool several = false;
      for (; end < rows_.size() && rows_[end].record == rows_[i].record; ++end) several = several || rows_[end].week != rows_[i].week;
      Week week = rows_[i].week;
      if (several) {
        const bool has_main = rows_[i].slot == slots::main;
        for (std::size_t at = i; at < end; ++at) {
          if (!has_main || rows_[at].slot == slots::main) week = std::max(week, rows_[at].week);
        }
      }
      for (; i < end; ++i) {
        if (rows_[i].week == week) rows_[kept++] = rows_[i];
      }
    }
    rows_.resize(kept);
  }

  Table table_;
  const MergeRules& rules_;
  std::vector<Row> rows_;
};

}  // namespace

Result<std::vector<Row>> Rows::winners(Table table, Week from, Week to) const {
  Gathering gathering(table, *rules_);
  Statement rows = database_.use(
      "SELECT record, slot, stamp, device, number, week FROM slot WHERE scope = ? AND tab = ? AND week BETWEEN ? AND ?"
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
        "SELECT record, slot, stamp, device, number, week FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = ?"
        " ORDER BY record, slot, stamp, device, number");
    rows.bind(scope_, table, week.value, owner.bytes);
    TRY_STATUS(gathering.take(rows));
  }
  return std::move(gathering).winners();
}

Result<std::vector<Row>> Rows::winners_of_record(Table table, Week week, const RecordId& record) const {
  Gathering gathering(table, *rules_);
  Statement rows = database_.use(
      "SELECT record, slot, stamp, device, number, week FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = x'' AND record = ?"
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

Result<std::vector<std::pair<RecordId, Week>>> Rows::weeks_of_records(Table table) const {
  std::vector<std::pair<RecordId, Week>> found;
  Statement rows = database_.use("SELECT record, week FROM slot WHERE scope = ? AND tab = ? AND slot = 1 ORDER BY week");
  rows.bind(scope_, table);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return found;
    found.emplace_back(RecordId::from(rows.blob(0)).value_or(RecordId{}), Week{static_cast<std::int32_t>(rows.integer(1))});
  }
}

Result<bool> Rows::holds(Table table, Week week, ByteView owner, const RecordId& record) const {
  Statement found =
      database_.use("SELECT 1 FROM slot WHERE scope = ? AND tab = ? AND week = ? AND owner = ? AND record = ? AND slot = 1 LIMIT 1");
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
