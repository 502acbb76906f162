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

/// The winner of one slot.
struct Row {
  RecordId record;
  std::uint32_t slot = 0;
  Candidate source;
  Week week;
};

/// Reads one scope's tables on a connection. A record is its identifier in one week (FORMAT.md 6): of one that stands in several, the
/// latest week with slot 1 is read and no other, so that what goes first never uncovers what is older. Makes no transaction: the caller
/// does, when several reads must agree.
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
  /// The week of every record (slot 1); the latest when there are several.
  [[nodiscard]] Result<std::vector<std::pair<RecordId, Week>>> weeks_of_records(Table table) const;
  /// True when the record itself (slot 1) has rows in that week.
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
