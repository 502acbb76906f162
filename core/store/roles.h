// SPDX-License-Identifier: GPL-3.0-or-later
// Who held a role in which house at which stamp, as the organisation's tables say (SCHEMA.md 5.4).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/base/ids.h"
#include "core/store/rows.h"

namespace huisbord {

/// Asked of operations in a house whose actor is one of the staff: such a one counts only while a role holds. Residents and devices have
/// none and need none; the organisation's own scope is written by desks alone.
class Roles {
 public:
  /// Small: read whole from the organisation's tables.
  [[nodiscard]] static Result<Roles> read(const Rows& organisation);

  [[nodiscard]] bool is_staff(const RecordId& actor) const { return staff_.contains(actor); }
  /// A grant at or before the stamp, for this house or for all, with no revocation between.
  [[nodiscard]] bool holds(const RecordId& actor, const ScopeId& house, std::uint64_t stamp) const;
  [[nodiscard]] const std::set<RecordId>& staff() const { return staff_; }
  /// Of all that `is_staff` and `holds` say of operations in that house: two replicas with the same one judge alike.
  [[nodiscard]] crypto::Hash digest(const ScopeId& house) const;
  /// Those of whom the two say something different.
  [[nodiscard]] std::set<RecordId> differing(const Roles& other) const;

 private:
  struct Grant {
    RecordId house;  ///< empty: every house
    std::uint64_t granted = 0;
    std::optional<std::uint64_t> revoked;
    auto operator<=>(const Grant&) const = default;
  };
  std::set<RecordId> staff_;
  std::map<RecordId, std::vector<Grant>> grants_;
};

}  // namespace huisbord
