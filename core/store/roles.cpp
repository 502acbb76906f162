// SPDX-License-Identifier: GPL-3.0-or-later
// Who held a role in which house at which stamp, as the organisation's tables say (SCHEMA.md 5.4).
#include "core/store/roles.h"

#include <algorithm>

#include "core/journal/operation.h"

namespace huisbord {

Result<Roles> Roles::read(const Rows& organisation) {
  Roles roles;
  TRY_ASSIGN(const std::vector<Row> staff, organisation.winners(Table::staff, no_week, no_week));
  for (const Row& row : staff) roles.staff_.insert(row.record);
  TRY_ASSIGN(const std::vector<Row> rows, organisation.winners(Table::grant, no_week, no_week));
  journal::Operation operation;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].slot != slots::main) continue;
    TRY_STATUS(organisation.load(rows[i], operation));
    Grant grant{id_of<RecordId>(operation.role_granted().house()), rows[i].source.stamp, std::nullopt};
    const auto staff_id = id_of<RecordId>(operation.role_granted().staff());
    // Rows come by record and slot: a revocation of the same grant is the next.
    if (i + 1 < rows.size() && rows[i + 1].record == rows[i].record && rows[i + 1].slot == slots::grant_revoked)
      grant.revoked = rows[i + 1].source.stamp;
    roles.staff_.insert(staff_id);
    roles.grants_[staff_id].push_back(grant);
  }
  for (auto& [id, grants] : roles.grants_) std::ranges::sort(grants);
  return roles;
}

bool Roles::holds(const RecordId& actor, const ScopeId& house, std::uint64_t stamp) const {
  const auto found = grants_.find(actor);
  if (found == grants_.end()) return false;
  return std::ranges::any_of(found->second, [&](const Grant& grant) {
    if (!grant.house.empty() && grant.house.bytes != house.bytes) return false;
    if (grant.granted > stamp) return false;
    return !grant.revoked || *grant.revoked < grant.granted || *grant.revoked > stamp;
  });
}

crypto::Hash Roles::digest(const ScopeId& house) const {
  Bytes said;
  ByteWriter writer(said);
  for (const RecordId& id : staff_) {
    writer.raw(id.bytes);
    const auto found = grants_.find(id);
    if (found != grants_.end()) {
      for (const Grant& grant : found->second) {
        if (!grant.house.empty() && grant.house.bytes != house.bytes) continue;
        writer.u8(grant.revoked ? 2 : 1);
        writer.u64(grant.granted);
        if (grant.revoked) writer.u64(*grant.revoked);
      }
    }
    writer.u8(0);
  }
  return crypto::Hasher("hb.digest.roles").update(said).finish();
}

std::set<RecordId> Roles::differing(const Roles& other) const {
  std::set<RecordId> different;
  const auto compare = [&](const Roles& a, const Roles& b) {
    for (const RecordId& id : a.staff_) {
      const auto in_a = a.grants_.find(id);
      const auto in_b = b.grants_.find(id);
      const bool same_grants =
          (in_a == a.grants_.end()) == (in_b == b.grants_.end()) && (in_a == a.grants_.end() || in_a->second == in_b->second);
      if (!b.staff_.contains(id) || !same_grants) different.insert(id);
    }
  };
  compare(*this, other);
  compare(other, *this);
  return different;
}

}  // namespace huisbord
