// SPDX-License-Identifier: GPL-3.0-or-later
// Operations into the tables and out of them again: the one function for what this device did and what came from afar.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <vector>

#include "core/base/ids.h"
#include "core/journal/segment.h"
#include "core/journal/witness.h"
#include "core/store/database.h"
#include "core/store/merge_rules.h"

namespace huisbord {

/// What decides whether an operation counts, besides itself. Views; all must outlive the use.
struct Conditions {
  std::int64_t scope = 0;  ///< the scope's number in this file
  const Charter* charter = nullptr;
  const Roles* roles = nullptr;
  const MergeRules* rules = nullptr;
  DeviceNumber own = 0;  ///< this store's device in that scope
  DeviceClass own_class = DeviceClass::kiosk;
  Week now;  ///< for terms
};

/// A row of `slot`, in the order of its key.
struct SlotRow {
  Table table = Table::house;
  std::uint32_t week = 0;
  PersonId owner;  ///< where the table has one
  RecordId record;
  std::uint32_t slot = 0;
  std::uint64_t stamp = 0;
  DeviceNumber device = 0;
  OperationNumber number = 0;
  auto operator<=>(const SlotRow&) const = default;
};

/// Inside a transaction of its caller. The term decides what is stored, and form, class, role and erasure what of the stored has rows: so
/// rows are a function of the stored operations whenever time was last passed. Whether a command made sense is asked only where it is
/// given. Adding and removing are exact opposites, so the tables stay a function of the set.
class Applying {
 public:
  /// With `later`, rows to be put wait there for put_rows(); until then nothing may be taken out.
  Applying(Database& database, const Conditions& conditions, std::vector<SlotRow>* later = nullptr)
      : database_(database), conditions_(conditions), later_(later) {}

  /// Stores the bytes and, when it counts, its rows. Past its term it is only counted: nothing of it is stored.
  [[nodiscard]] Status add(DeviceNumber device, OperationNumber number, ByteView raw);
  /// Whatever its term: what has no receipt yet is never let go.
  [[nodiscard]] Status add_unsent(DeviceNumber device, OperationNumber number, ByteView raw);
  /// Every operation of a segment. False, having asked now and then, when `gives_way` says so: the caller then rolls back what was added.
  [[nodiscard]] Result<bool> add_all(const SegmentHeader& header, const OpenedSegment& opened, const std::function<bool()>& gives_way = {});
  /// The rows of many segments at once, in the order of their keys: so each page of `slot` is met once, and not as often as random
  /// identifiers fall on it. False as of add_all().
  [[nodiscard]] Result<bool> put_rows(std::vector<SlotRow>& rows, const std::function<bool()>& gives_way = {});
  /// Of operations first to last: rows and bytes go.
  [[nodiscard]] Status remove(DeviceNumber device, OperationNumber first, OperationNumber last);
  /// Looks again at the stored operations that `which` names and puts or takes their rows.
  [[nodiscard]] Status judge_again(const std::function<bool(const journal::Operation&)>& which);
  /// A charter rules otherwise than `former` about that device: rows move to where they stand now.
  [[nodiscard]] Status stamp_again(DeviceNumber device, const Charter& former);
  /// Of operations first to last, rows and bytes of those past their term go. Asks now and then, and stops when `gives_way` says so: where
  /// to go on then; nothing when all were looked at.
  [[nodiscard]] Result<std::optional<OperationNumber>> forget_past_terms(DeviceNumber device, OperationNumber first, OperationNumber last,
                                                                         const std::function<bool()>& gives_way);

  /// Whether its rows stand in the tables while it is stored.
  [[nodiscard]] bool counts(const CharterDevice& device, OperationNumber number, const journal::Operation& operation) const;
  /// No longer applied by a replica of this class.
  [[nodiscard]] bool past_term(const journal::Operation& operation) const {
    return conditions_.rules->past_term(operation.term_class(), operation.term_week(), conditions_.own_class, conditions_.now);
  }
  /// True once anything changed that Roles::read() reads.
  [[nodiscard]] bool touched_roles() const { return touched_roles_; }
  /// The latest time that a desk's witness among the added ones signed; 0: none. In quarter hours.
  [[nodiscard]] std::int64_t desk_quarter() const { return desk_quarter_; }

  /// What desks' witnesses among the added ones say is held of this store's own device.
  [[nodiscard]] const std::vector<WitnessHead>& own_witnessed() const { return own_witnessed_; }

 private:
  [[nodiscard]] Status keep(DeviceNumber device, OperationNumber number, ByteView raw, bool sound);
  enum class Change : std::uint8_t { put, take };
  [[nodiscard]] std::uint64_t standing(DeviceNumber device, OperationNumber number, const journal::Operation& operation) const {
    return conditions_.charter->standing_stamp(device, number, operation.stamp());
  }
  [[nodiscard]] Status change_rows(Change change, DeviceNumber device, OperationNumber number, const journal::Operation& operation,
                                   std::uint64_t stamp);
  [[nodiscard]] Status change_row(Change change, const SlotRow& row);
  [[nodiscard]] Status each_stored(DeviceNumber device, OperationNumber first, OperationNumber last,
                                   const std::function<Status(OperationNumber, ByteView)>& visit);

  Database& database_;
  Conditions conditions_;
  journal::Operation operation_;  ///< used again and again: no allocation once it is warm
  std::vector<SlotRow>* later_;
  bool touched_roles_ = false;
  std::int64_t desk_quarter_ = 0;
  std::vector<WitnessHead> own_witnessed_;
};

}  // namespace huisbord
