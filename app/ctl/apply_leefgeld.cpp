// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of leefgeld as entries, each added once.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "app/ctl/applied.h"
#include "app/ctl/field.h"
#include "core/domain/stay.h"

namespace huisbord {
namespace {

constexpr int days_paid_after_a_stay = 365;

EntryId entry_of(const Desk& desk, const LeefgeldLine& line) {
  const LeefgeldRow& row = *line.row;
  return desk.derive<EntryTag>("entry", line.person.hex() + iso_day(row.day) + std::to_string(static_cast<int>(row.kind)) +
                                            decimal(row.amount) + "#" + std::to_string(line.repetition) + plain_word(row.reason));
}

}  // namespace

Result<std::vector<Payee>> all_payees(Desk& desk, Day today) {
  std::vector<std::pair<std::size_t, Payee>> found;
  TRY_ASSIGN(const auto order, desk.people_in_order());
  TRY_ASSIGN(const auto houses, desk.vault().houses());
  for (const House& house : houses) {
    const auto scope = house.id.as<ScopeTag>();
    TRY_ASSIGN(const auto rooms, desk.vault().rooms(scope));
    std::map<RoomId, std::string> labels;
    for (const Room& room : rooms) labels.emplace(room.id, room.label);
    TRY_ASSIGN(const auto placings, desk.vault().placings(scope));
    for (const Placing& placing : placings) {
      const auto key = desk.vault().person_key(placing.person);
      if (!key) continue;
      TRY_ASSIGN(const PersonRecord record, desk.vault().open_person(scope, placing.person, *key));
      if (!record.identity || (placing.until && *placing.until + days_paid_after_a_stay < today)) continue;
      const auto place = static_cast<std::size_t>(std::ranges::find(order, placing.person) - order.begin());
      found.push_back({place, {placing.person, house.name, labels[placing.room], record.identity->called, placing.symbol}});
    }
  }
  std::ranges::stable_sort(found, {}, [](const auto& pair) { return pair.first; });
  std::vector<Payee> payees;
  for (auto& [place, payee] : found) payees.push_back(std::move(payee));
  return payees;
}

Result<Applied> apply_leefgeld(Desk& desk, std::span<const LeefgeldLine> lines) {
  Applied applied;
  std::map<PersonId, std::set<EntryId>> held;
  std::map<PersonId, ScopeId> scopes;
  TRY_ASSIGN(const auto houses, desk.vault().houses());
  for (const House& house : houses) {
    TRY_ASSIGN(const auto placings, desk.vault().placings(house.id.as<ScopeTag>()));
    for (const Placing& placing : placings) scopes.emplace(placing.person, house.id.as<ScopeTag>());
  }
  std::map<PersonId, crypto::SecretBytes> keys;
  std::vector<ChangeToRecord> changes;
  for (const LeefgeldLine& line : lines) {
    if (!held.contains(line.person)) {
      TRY_ASSIGN(crypto::SecretBytes key, desk.vault().person_key(line.person));
      TRY_ASSIGN(const PersonRecord record, desk.vault().open_person(scopes[line.person], line.person, key));
      for (const StoredEntry& stored : record.entries) held[line.person].insert(stored.entry.id);
      keys.emplace(line.person, std::move(key));
      held[line.person];
    }
    Entry entry;
    entry.id = entry_of(desk, line);
    if (!held[line.person].insert(entry.id).second) {
      ++applied.same;
      continue;
    }
    entry.day = line.row->day;
    entry.amount = line.row->amount;
    entry.kind = line.row->kind;
    entry.reason = line.row->reason;
    changes.push_back(
        {scopes[line.person], Actor::none(), SealedChanges{line.person, &keys.at(line.person), {EntryAdded{std::move(entry)}}}});
    ++applied.added;
  }
  TRY_STATUS(desk.vault().record_all(changes));
  return applied;
}

}  // namespace huisbord
