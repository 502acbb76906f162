// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of leefgeld as entries, each added once.
#include <algorithm>
#include <map>
#include <tuple>

#include "app/ctl/applied.h"
#include "app/ctl/field.h"

namespace huisbord {
namespace {

constexpr int days_paid_after_a_stay = 365;

using Content = std::tuple<Day, EntryKind, Cents, std::string>;

Content content(const Entry& entry) { return {entry.day, entry.kind, entry.amount, entry.reason}; }

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
      found.push_back({place, {placing.person, house.name, labels[placing.room], record.identity->called, placing.symbol, placing.pastel}});
    }
  }
  std::ranges::stable_sort(found, {}, [](const auto& pair) { return pair.first; });
  std::vector<Payee> payees;
  for (auto& [place, payee] : found) payees.push_back(std::move(payee));
  return payees;
}

Result<Applied> apply_leefgeld(Desk& desk, std::span<const LeefgeldLine> lines) {
  Applied applied;
  std::map<PersonId, ScopeId> scopes;
  TRY_ASSIGN(const auto houses, desk.vault().houses());
  for (const House& house : houses) {
    TRY_ASSIGN(const auto placings, desk.vault().placings(house.id.as<ScopeTag>()));
    for (const Placing& placing : placings) scopes.emplace(placing.person, house.id.as<ScopeTag>());
  }
  std::map<PersonId, crypto::SecretBytes> keys;
  std::map<PersonId, std::map<Content, std::size_t>> held;
  std::vector<ChangeToRecord> changes;
  for (const LeefgeldLine& line : lines) {
    if (!keys.contains(line.person)) {
      TRY_ASSIGN(crypto::SecretBytes key, desk.vault().person_key(line.person));
      TRY_ASSIGN(const PersonRecord record, desk.vault().open_person(scopes[line.person], line.person, key));
      for (const StoredEntry& stored : record.entries) ++held[line.person][content(stored.entry)];
      keys.emplace(line.person, std::move(key));
    }
    Entry entry;
    entry.day = line.row->day;
    entry.amount = line.row->amount;
    entry.kind = line.row->kind;
    entry.reason = line.row->reason;
    // By what they say, wherever they were written first: an exported list that comes back adds nothing.
    if (line.repetition < held[line.person][content(entry)]) {
      ++applied.same;
      continue;
    }
    entry.id = entry_of(desk, line);
    changes.push_back(
        {scopes[line.person], Actor::none(), SealedChanges{line.person, &keys.at(line.person), {EntryAdded{std::move(entry)}}}});
    ++applied.added;
  }
  TRY_STATUS(desk.vault().record_all(changes));
  return applied;
}

}  // namespace huisbord
