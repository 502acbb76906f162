// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of SCHEMA.md 5 and FORMAT.md 5 to 8, in the plainest words that they have.
#include "tests/sim/rules.h"

#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/segment.h"
#include "core/store/tables.h"

namespace huisbord::sim {
namespace {

bool is_first(std::uint32_t table, std::uint32_t slot) {
  return slot == 2 && (table == static_cast<std::uint32_t>(Table::offer) || table == static_cast<std::uint32_t>(Table::swap));
}

}  // namespace

Rules::Rules(const Office& office, const RelayDouble& relay, Millis now, const Held& held)
    : office_(office), relay_(relay), quarter_(quarter_of(now)) {
  for (const ScopeId& scope : office.scopes()) {
    for (const RelayDouble::Kept& kept : relay.kept(scope)) {
      const auto up_to = held.find({scope, kept.header.device});
      if (!kept.here && (up_to == held.end() || up_to->second < kept.header.last())) continue;
      Segment& segment = segments_[scope].emplace_back();
      segment.kept = &kept;
      const SegmentView view = must(parse_segment(kept.bytes));
      const OpenedSegment opened = must(open_segment(view, office.epoch_key(scope, kept.header.epoch)));
      for (const OpenedOperation& one : opened) segment.operations.push_back(to_bytes(one.raw));
    }
  }
}

std::vector<const Rules::Segment*> Rules::counted(const ScopeId& scope, const CharterDevice& device) {
  std::vector<const Segment*> of_device;
  for (const Segment& one : segments_[scope])
    if (one.kept->header.device == device.number) of_device.push_back(&one);
  const auto by_hash = [&](const HeaderHash& hash) -> const Segment* {
    const auto at = std::ranges::find_if(of_device, [&](const Segment* one) { return one->kept->hash == hash; });
    return at == of_device.end() ? nullptr : *at;
  };
  std::vector<const Segment*> chain;
  const auto& cut = device.cut;
  if (cut && by_hash(cut->header_hash) != nullptr) {
    for (const Segment* at = by_hash(cut->header_hash); at != nullptr; at = by_hash(at->kept->header.previous))
      chain.insert(chain.begin(), at);
  } else {
    // A named snapshot says which branch counts up to where it ends.
    HeaderHash previous{};
    if (const auto end = office_.charter(scope).snapshot_end(device.number); end && by_hash(end->header_hash) != nullptr) {
      previous = end->header_hash;
      for (const Segment* at = by_hash(previous); at != nullptr; at = by_hash(at->kept->header.previous)) chain.insert(chain.begin(), at);
    }
    for (;;) {
      std::vector<const Segment*> next;
      for (const Segment* one : of_device)
        if (one->kept->header.previous == previous) next.push_back(one);
      if (next.size() != 1) break;
      if (cut && next.front()->kept->header.last() > cut->number) break;
      chain.push_back(next.front());
      previous = next.front()->kept->hash;
    }
  }
  const Charter& charter = office_.charter(scope);
  const auto stops = [&](const Segment* one) {
    const SegmentHeader& header = one->kept->header;
    return (header.last_stamp >> 32) > quarter_ + 96 && !charter.freed(header, one->kept->hash);
  };
  chain.erase(std::ranges::find_if(chain, stops), chain.end());
  return chain;
}

std::map<DeviceNumber, OperationNumber> Rules::heads(const ScopeId& scope) {
  std::map<DeviceNumber, OperationNumber> heads;
  for (const CharterDevice& device : office_.charter(scope).devices)
    if (const auto chain = counted(scope, device); !chain.empty()) heads[device.number] = chain.back()->kept->header.last();
  return heads;
}

void Rules::read_roles(std::uint32_t newest_kind) {
  if (newest_kind_ == newest_kind) return;
  newest_kind_ = newest_kind;
  grants_.clear();
  staff_.clear();
  const ScopeId org = office_.org();
  for (const CharterDevice& author : office_.charter(org).devices) {
    if (author.device_class != DeviceClass::desk) continue;
    for (const Segment* segment : counted(org, author)) {
      OperationNumber number = segment->kept->header.first;
      for (const Bytes& raw : segment->operations) {
        const std::uint64_t stamp = office_.charter(org).standing_stamp(author.number, number, leading_stamp(raw).value_or(0));
        const Writer writer{stamp, author.number, number++, {}};
        const auto operation = parse_operation(raw);
        if (!operation || operation->kind() > newest_kind) continue;
        const auto record = id_of<RecordId>(operation->record());
        const auto newest = [&](std::optional<Writer>& held) {
          const bool newer =
              !held || std::tie(held->stamp, held->device, held->number) < std::tie(writer.stamp, writer.device, writer.number);
          if (newer) held = writer;
          return newer;
        };
        if (operation->has_staff()) staff_.insert(record);
        if (operation->has_role_granted() && newest(grants_[record].granted)) {
          grants_[record].staff = id_of<RecordId>(operation->role_granted().staff());
          grants_[record].house = id_of<RecordId>(operation->role_granted().house());
        }
        if (operation->has_role_revoked()) newest(grants_[record].revoked);
      }
    }
  }
  for (const auto& [record, holding] : grants_)
    if (holding.granted) staff_.insert(holding.staff);
}

bool Rules::counts(const journal::Operation& operation, std::uint64_t stamp, const CharterDevice& author, const ScopeId& scope,
                   DeviceClass reader, Week week) const {
  if (!is_known(operation) || operation.kind() > newest_kind_ || !table_of(operation)) return false;
  const Charter& charter = office_.charter(scope);
  const KindRule& rule = *rule_of(operation.kind());
  const bool org = charter.scope_kind() == ScopeKind::org;
  if (!(org ? rule.in_org : rule.in_house)) return false;
  if (author.device_class == DeviceClass::kiosk && (org || !rule.kiosk_writes)) return false;
  if (operation.has_device_keys() && id_of<DeviceId>(operation.record()) != author.id) return false;
  const auto kept = weeks_kept(static_cast<TermClass>(operation.term_class()), reader);
  if (kept && static_cast<int>(operation.term_week()) + *kept < week.value) return false;
  for (const PersonId& gone : charter.erased) {
    const std::string id = to_string(gone.bytes);
    if (operation.person() == id || operation.actor() == id) return false;
    if (table_of(operation) == Table::placing && operation.record() == id) return false;
  }
  if (org || operation.actor().empty()) return true;
  const auto actor = id_of<RecordId>(operation.actor());
  if (!staff_.contains(actor)) return true;
  return std::ranges::any_of(grants_, [&](const auto& entry) {
    const Holding& held = entry.second;
    if (!held.granted || held.staff != actor || (!held.house.empty() && held.house.bytes != scope.bytes)) return false;
    if (held.granted->stamp > stamp) return false;
    return !held.revoked || held.revoked->stamp < held.granted->stamp || held.revoked->stamp > stamp;
  });
}

const std::vector<TableDigest>& Rules::digests(const ScopeId& scope, DeviceClass reader, Week week, std::uint32_t newest_kind) {
  const auto [at, fresh] = made_.try_emplace({scope, reader, week, newest_kind});
  if (fresh) {
    read_roles(newest_kind);
    at->second = make_digests(scope, reader, week);
  }
  return at->second;
}

std::vector<TableDigest> Rules::make_digests(const ScopeId& scope, DeviceClass reader, Week week) {
  using Place = std::tuple<Bytes, Bytes, std::uint32_t>;  // owner, record, slot
  std::map<std::pair<std::uint32_t, std::int32_t>, std::map<Place, Writer>> tables;
  for (const CharterDevice& author : office_.charter(scope).devices) {
    for (const Segment* segment : counted(scope, author)) {
      OperationNumber number = segment->kept->header.first;
      for (const Bytes& raw : segment->operations) {
        const OperationNumber mine = number++;
        const auto operation = parse_operation(raw);
        if (!operation) continue;
        const std::uint64_t stamp = office_.charter(scope).standing_stamp(author.number, mine, operation->stamp());
        if (!counts(*operation, stamp, author, scope, reader, week)) continue;
        std::vector<std::uint32_t> written(operation->slots().begin(), operation->slots().end());
        if (const auto slot = rule_of(operation->kind())->slot; slot != 0) written.push_back(slot);
        const auto table = static_cast<std::uint32_t>(*table_of(*operation));
        const auto in_week = static_cast<std::int32_t>(operation->term_week());
        const Writer writer{stamp, author.number, mine, raw};
        for (const std::uint32_t slot : written) {
          auto& places = tables[{table, in_week}];
          const Place place{to_bytes(view(operation->person())), to_bytes(view(operation->record())), slot};
          const auto [at, fresh] = places.try_emplace(place, writer);
          if (fresh) continue;
          const bool lower = std::tie(writer.stamp, writer.device) < std::tie(at->second.stamp, at->second.device);
          if (lower == is_first(table, slot)) at->second = writer;
        }
      }
    }
  }
  std::vector<TableDigest> digests;
  for (const auto& [where, places] : tables) {
    crypto::Hasher hasher("hb.digest.table");
    for (const auto& [place, best] : places) {
      const auto& [owner, record, slot] = place;
      Bytes head;
      ByteWriter writer(head);
      writer.u8(static_cast<std::uint8_t>(owner.size()));
      writer.raw(owner);
      writer.raw(record);
      writer.u32(slot);
      writer.u32(best.device);
      writer.u64(best.number);
      writer.u32(static_cast<std::uint32_t>(best.raw.size()));
      hasher.update(head).update(best.raw);
    }
    digests.push_back({where.first, where.second, hasher.finish()});
  }
  return digests;
}

}  // namespace huisbord::sim
