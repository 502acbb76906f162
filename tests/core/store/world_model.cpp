// SPDX-License-Identifier: GPL-3.0-or-later
// The tables that the rules make of a generated world, computed from the whole set at once and without a store.
#include <algorithm>

#include "tests/core/store/generated_world.h"

namespace huisbord {

namespace {

/// Who takes over an offer, and who answers a swap: the earliest counts. Everywhere else the latest.
bool kind_is_first(std::uint32_t table, std::uint32_t slot) {
  return slot == 2 && (table == static_cast<std::uint32_t>(Table::offer) || table == static_cast<std::uint32_t>(Table::swap));
}

}  // namespace

namespace {

/// FORMAT.md 8.1: never past the decision that freed it.
std::uint64_t stands_at(const Charter& charter, DeviceNumber device, OperationNumber number, std::uint64_t stamp) {
  std::map<OperationNumber, std::uint64_t> decided;
  for (const Ruling& ruling : charter.rulings)
    if (ruling.device == device) decided[ruling.number] = (static_cast<std::uint64_t>(ruling.quarter) + 1) * (std::uint64_t{1} << 32) - 1;
  const auto by = decided.lower_bound(number);
  return by != decided.end() && by->second < stamp ? by->second : stamp;
}

}  // namespace

std::vector<const GeneratedWorld::Made*> GeneratedWorld::counted(const ScopeId& scope, DeviceNumber device) const {
  const auto found = segments_.find({scope, device});
  if (found == segments_.end()) return {};
  const Charter& charter = organisation.charter(scope);
  const auto& cut = charter.device(device)->cut;
  const auto& all = found->second;
  const auto by_hash = [&](const HeaderHash& hash) -> const Made* {
    const auto at = std::ranges::find(all, hash, &Made::hash);
    return at == all.end() ? nullptr : &*at;
  };

  std::vector<const Made*> chain;
  if (cut) {
    // Everything here is whole, so the cut's segment is held with all that it stands on.
    for (const Made* at = by_hash(cut->header_hash); at != nullptr; at = by_hash(at->header.previous)) chain.insert(chain.begin(), at);
  } else {
    HeaderHash previous{};
    if (const auto end = charter.snapshot_end(device)) {
      previous = end->header_hash;
      for (const Made* at = by_hash(previous); at != nullptr; at = by_hash(at->header.previous)) chain.insert(chain.begin(), at);
    }
    for (;;) {
      std::vector<const Made*> next;
      for (const Made& one : all) {
        if (one.header.previous == previous) next.push_back(&one);
      }
      if (next.size() != 1) break;
      chain.push_back(next.front());
      previous = next.front()->hash;
    }
  }
  const auto stop = std::ranges::find_if(
      chain, [&](const Made* one) { return (one->header.last_stamp >> 32) > quarter_ + 96u && !charter.freed(one->header, one->hash); });
  chain.erase(stop, chain.end());
  return chain;
}

std::map<RecordId, GeneratedWorld::Holding> GeneratedWorld::holdings(std::set<RecordId>& staff) const {
  std::map<RecordId, Holding> grants;
  std::map<RecordId, Candidate> revoked;
  for (const TestDevice& author : authors_) {
    if (author.device_class != DeviceClass::desk) continue;
    for (const Made* segment : counted(organisation.org(), author.number)) {
      OperationNumber number = segment->header.first;
      for (const Bytes& raw : segment->operations) {
        const auto operation = parse_operation(raw);
        const OperationNumber mine = number++;
        if (!operation) continue;
        const Candidate source{stands_at(organisation.charter(organisation.org()), author.number, mine, operation->stamp()), author.number,
                               mine};
        const auto record = id_of<RecordId>(operation->record());
        if (operation->has_staff()) staff.insert(record);
        if (operation->has_role_granted() && (!grants.contains(record) || grants[record].granted < source))
          grants[record] = {
              id_of<RecordId>(operation->role_granted().staff()), id_of<RecordId>(operation->role_granted().house()), source, {}};
        if (operation->has_role_revoked() && revoked[record] < source) revoked[record] = source;
      }
    }
  }
  for (auto& [record, grant] : grants) {
    staff.insert(grant.staff);
    if (revoked.contains(record)) grant.revoked = revoked[record];
  }
  return grants;
}

bool GeneratedWorld::counts(const journal::Operation& operation, std::uint64_t stamp, const CharterDevice& author, const ScopeId& scope,
                            DeviceClass receiver) const {
  const Charter& charter = organisation.charter(scope);
  if (!table_of(operation) || !may_write(operation.kind(), author.device_class, charter.scope_kind())) return false;
  const auto kept = weeks_kept(static_cast<TermClass>(operation.term_class()), receiver);
  if (kept && operation.term_week() + static_cast<std::uint32_t>(*kept) < week_) return false;
  const bool placing = table_of(operation) == Table::placing;
  for (const PersonId& gone : charter.erased) {
    if (operation.person() == to_string(gone.bytes) || operation.actor() == to_string(gone.bytes)) return false;
    if (placing && operation.record() == to_string(gone.bytes)) return false;
  }
  if (charter.scope_kind() == ScopeKind::org || operation.actor().empty()) return true;
  std::set<RecordId> staff;
  const auto grants = holdings(staff);
  const auto actor = id_of<RecordId>(operation.actor());
  if (!staff.contains(actor)) return true;
  return std::ranges::any_of(grants, [&](const auto& entry) {
    const Holding& held = entry.second;
    if (held.staff != actor || (!held.house.empty() && held.house.bytes != scope.bytes)) return false;
    if (held.granted.stamp > stamp) return false;
    return !held.revoked || held.revoked->stamp < held.granted.stamp || held.revoked->stamp > stamp;
  });
}

std::vector<TableDigest> GeneratedWorld::expected_digests(const ScopeId& scope, DeviceClass receiver, Beats better) const {
  struct Entry {
    Candidate source;
    const Bytes* raw = nullptr;
  };
  using Place = std::tuple<Bytes, Bytes, std::uint32_t>;  // owner, record, slot
  std::map<std::pair<std::uint32_t, std::int32_t>, std::map<Place, std::vector<Entry>>> tables;
  const Charter& charter = organisation.charter(scope);
  for (const CharterDevice& author : charter.devices) {
    for (const Made* segment : counted(scope, author.number)) {
      OperationNumber number = segment->header.first;
      for (const Bytes& raw : segment->operations) {
        const OperationNumber mine = number++;
        const auto operation = parse_operation(raw);
        const std::uint64_t stamp = operation ? stands_at(charter, author.number, mine, operation->stamp()) : 0;
        if (!operation || !counts(*operation, stamp, author, scope, receiver)) continue;
        std::vector<std::uint32_t> written(operation->slots().begin(), operation->slots().end());
        if (const auto slot = rule_of(operation->kind())->slot; slot != 0) written.push_back(slot);
        for (const std::uint32_t slot : written)
          tables[{static_cast<std::uint32_t>(*table_of(*operation)), static_cast<std::int32_t>(operation->term_week())}]
                [{to_bytes(view(operation->person())), to_bytes(view(operation->record())), slot}]
                    .push_back({{stamp, author.number, mine}, &raw});
      }
    }
  }
  std::vector<TableDigest> digests;
  for (const auto& [where, contests] : tables) {
    crypto::Hasher hasher("hb.digest.table");
    for (const auto& [place, entries] : contests) {
      const auto& [owner, record, slot] = place;
      const bool claims = kind_is_first(where.first, slot);
      const Entry* best = &entries.front();
      for (const Entry& one : entries) {
        if (better(claims ? MergeRule::first : MergeRule::last, one.source, best->source)) best = &one;
      }
      Bytes head;
      ByteWriter writer(head);
      writer.u8(static_cast<std::uint8_t>(owner.size()));
      writer.raw(owner);
      writer.raw(record);
      writer.u32(slot);
      writer.u32(best->source.device);
      writer.u64(best->source.number);
      writer.u32(static_cast<std::uint32_t>(best->raw->size()));
      hasher.update(head).update(*best->raw);
    }
    digests.push_back({where.first, where.second, hasher.finish()});
  }
  return digests;
}

std::map<DeviceNumber, OperationNumber> GeneratedWorld::expected_heads(const ScopeId& scope) const {
  std::map<DeviceNumber, OperationNumber> heads;
  for (const TestDevice& author : authors_) {
    if (const auto chain = counted(scope, author.number); !chain.empty()) heads[author.number] = chain.back()->header.last();
  }
  return heads;
}

}  // namespace huisbord
