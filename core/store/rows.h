// SPDX-License-Identifier: GPL-3.0-or-later
// Reading the tables: the winning operation of each slot, and the operations' bytes.
#pragma once

#include <vector>

#include "core/base/ids.h"
#include "core/store/database.h"
#include "core/store/merge.h"
#include "core/store/tables.h"

namespace huisbord {

struct MergeRules;

/// The winner of one slot. Of a record that stands in several weeks (its day was moved) the rules decide as in one.
struct Row {
  RecordId record;
  std::uint32_t slot = 0;
  Candidate source;
};

/// Reads one scope's tables on a connection; makes no transaction: the caller does, when several reads must agree.
class Rows {
 public:
  Rows(Database& database, std::int64_t scope, const MergeRules& rules) : database_(database), scope_(scope), rules_(&rules) {}

  /// Of weeks from and to included, ascending by record and slot.
  [[nodiscard]] Result<std::vector<Row>> winners(Table table, Week from, Week to) const;
  /// Of one person's sealed records, in every week.
  [[nodiscard]] Result<std::vector<Row>> winners_of(Table table, const PersonId& owner) const;
  /// Of one open record.
  [[nodiscard]] Result<std::vector<Row>> winners_of_record(Table table, Week week, const RecordId& record) const;
  /// Those that hold rows, ascending.
  [[nodiscard]] Result<std::vector<Week>> weeks(Table table) const;
  /// True when the record has rows in that week.
  [[nodiscard]] Result<bool> holds(Table table, Week week, ByteView owner, const RecordId& record) const;

  /// The operation's bytes; not_found when they went.
  [[nodiscard]] Result<Bytes> bytes(DeviceNumber device, OperationNumber number) const;
  /// Parsed; `into` may be used again.
  [[nodiscard]] Status load(const Row& row, journal::Operation& into) const;

 private:
  Database& database_;
  std::int64_t scope_;
  const MergeRules* rules_;
};

inline constexpr Week first_week{0};
inline constexpr Week last_week{1'000'000};

}  // namespace huisbord
