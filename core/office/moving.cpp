// SPDX-License-Identifier: GPL-3.0-or-later
// What a move takes along, and which stays are one person's.
#include "core/office/moving.h"

#include <algorithm>
#include <map>

#include "core/domain/leefgeld.h"
#include "core/domain/stay.h"
#include "core/journal/kinds.h"
#include "core/office/person_keys.h"

namespace huisbord {
namespace {

constexpr std::string_view before_prefix = "office.stay_before.";

std::string before_setting(const PersonId& person) { return std::string(before_prefix) + person.hex(); }

/// As in the former house where nobody of the new room looks so; else the first that is free there.
Placing placed(const Placing& former, const PersonId& person, const RoomId& room, const std::vector<Placing>& others, Day today) {
  constexpr int residents_pastels = 7;
  Placing placing{person, room, former.symbol, former.pastel, today, std::nullopt};
  for (int i = 0; i < symbol_count * residents_pastels && !choose_appearance(placing, placing.symbol, placing.pastel, others, today); ++i) {
    placing.pastel = static_cast<Pastel>(i % residents_pastels + 1);
    if (i % residents_pastels == 0) placing.symbol = static_cast<Symbol>(static_cast<int>(placing.symbol) % symbol_count + 1);
  }
  return placing;
}

bool shown_at_kiosks(const Entry& entry, Day today) {
  return entry.kind != EntryKind::carried &&
         !past_term(static_cast<std::uint32_t>(TermClass::ledger), static_cast<std::uint32_t>(std::max(week_of(entry.day).value, 0)),
                    DeviceClass::kiosk, week_of(today));
}

/// The leefgeld of the new stay: lines of the last weeks as they stood, and the balance, which stands for them and for all before.
std::vector<PersonalChange> leefgeld_of(const PersonRecord& record, Day today, Random& random, DeviceNumber device, OperationNumber next) {
  std::map<EntryId, EntryId> names;
  std::vector<Entry> all;
  std::vector<PersonalChange> changes;
  for (const StoredEntry& stored : record.entries) {
    all.push_back(stored.entry);
    if (shown_at_kiosks(stored.entry, today)) names[stored.entry.id] = random.id<EntryTag>();
  }
  if (all.empty()) return changes;
  for (auto stored = record.entries.rbegin(); stored != record.entries.rend(); ++stored) {
    const auto name = names.find(stored->entry.id);
    if (name == names.end()) continue;
    Entry entry = stored->entry;
    entry.id = name->second;
    entry.covers.clear();
    if (entry.corrects) {
      const auto corrected = names.find(*entry.corrects);
      entry.corrects = corrected == names.end() ? std::nullopt : std::optional(corrected->second);
    }
    changes.emplace_back(EntryAdded{std::move(entry)});
  }
  Entry balance;
  balance.id = random.id<EntryTag>();
  balance.day = today;
  balance.kind = EntryKind::carried;
  balance.amount = huisbord::balance(all);
  if (!changes.empty()) balance.covers = {{device, next + changes.size() - 1}};
  changes.emplace_back(EntryAdded{std::move(balance)});
  for (const StoredEntry& stored : record.entries) {
    const auto name = names.find(stored.entry.id);
    if (name != names.end() && stored.entry.question != QuestionState::none)
      changes.emplace_back(EntryQuestioned{name->second, stored.entry.question, stored.entry.answer_by.value_or(today)});
  }
  return changes;
}

/// What else follows: one record each.
std::vector<std::vector<PersonalChange>> rest_of(const PersonRecord& record, const PersonId& person, Day today, Random& random) {
  std::vector<std::vector<PersonalChange>> groups(1);
  if (record.identity) groups[0].emplace_back(IdentitySet{person, *record.identity});
  if (record.preferences) groups[0].emplace_back(PreferencesSet{person, *record.preferences});
  if (record.managers) groups[0].emplace_back(CaseManagersSet{person, *record.managers});
  if (record.plan) groups[0].emplace_back(PlanStep{person, record.plan->step, record.plan->of});
  if (groups[0].empty()) groups.clear();
  for (const StoredAppointment& stored : record.appointments) {
    Appointment appointment = stored.appointment;
    if (std::max(appointment.day, appointment.end_day) < today || appointment.standing == Standing::cancelled) continue;
    appointment.id = random.id<AppointmentTag>();
    groups.push_back({appointment});
    if (appointment.answer != Answer::none) groups.push_back({AppointmentAnswered{appointment.id, appointment.answer}});
  }
  return groups;
}

Result<Placing> stay_to_end(const Vault& vault, const HouseMove& move, Day today) {
  TRY_ASSIGN(const auto placings, vault.placings(move.from.as<ScopeTag>()));
  const auto placing = std::ranges::find(placings, move.person, &Placing::person);
  if (placing == placings.end()) return fail(ErrorCode::not_found, "Nobody stays in that house under that identifier.");
  if (!stays_on(*placing, today)) return fail(ErrorCode::forbidden, "This stay is over, or has not begun.");
  return *placing;
}

}  // namespace

Result<PersonId> move_resident(Office& office, const HouseMove& move, Day today) {
  Vault& vault = office.vault();
  const auto from = move.from.as<ScopeTag>();
  const auto to = move.to.as<ScopeTag>();
  TRY_ASSIGN(const Charter former_charter, vault.held_charter(from));
  if (former_charter.is_erased(move.person)) return fail(ErrorCode::already_exists, "This person was erased.");
  TRY_ASSIGN(const Placing former, stay_to_end(vault, move, today));
  TRY_ASSIGN(const auto rooms, vault.rooms(to));
  if (std::ranges::find(rooms, move.room, &Room::id) == rooms.end()) return fail(ErrorCode::not_found, "The new house has no such room.");
  TRY_ASSIGN(auto others, vault.placings(to));
  std::erase_if(others, [&](const Placing& other) { return other.person == move.person; });
  TRY_ASSIGN(const crypto::SecretBytes former_key, vault.person_key(move.person));
  TRY_ASSIGN(const PersonRecord record, vault.open_person(from, move.person, former_key));

  const auto person = office.random().id<PersonTag>();
  TRY_ASSIGN(const crypto::SecretBytes key, make_person_key(office, person));
  Bytes link;
  ByteWriter(link).raw(move.person.bytes);
  TRY_STATUS(vault.set_setting(before_setting(person), link));
  // Who came here only today leaves today.
  const Day last = std::max(former.from, today - 1);
  const auto changes = [&](DeviceNumber device, OperationNumber next) {
    std::vector<ChangeToRecord> all;
    for (PersonalChange& change : leefgeld_of(record, today, office.random(), device, next))
      all.push_back({to, Actor::none(), SealedChanges{person, &key, {std::move(change)}}});
    for (auto& group : rest_of(record, person, today, office.random()))
      all.push_back({to, Actor::none(), SealedChanges{person, &key, std::move(group)}});
    all.push_back({to, Actor::none(), placed(former, person, move.room, others, today)});
    all.push_back({from, Actor::none(), PlacingEnded{move.person, last}});
    return all;
  };
  if (auto recorded = vault.record_numbered(to, changes); !recorded) {
    // A key and a link of a stay that did not begin are of no use to anybody.
    TRY_STATUS(vault.remove_person_key(person));
    TRY_STATUS(vault.remove_setting(before_setting(person)));
    return std::unexpected(std::move(recorded.error()));
  }
  TRY_STATUS(hand_out_person_keys(office, move.from, today));
  if (from != to) TRY_STATUS(hand_out_person_keys(office, move.to, today));
  return person;
}

Result<std::vector<PersonId>> stays_of(const Vault& vault, const PersonId& person) {
  TRY_ASSIGN(const auto links, vault.settings(std::string(before_prefix)));
  std::map<PersonId, PersonId> before;
  for (const auto& [name, value] : links) {
    const auto later = PersonId::from_hex_text(name.substr(before_prefix.size()));
    const auto former = PersonId::from(value);
    if (later && former) before[*later] = *former;
  }
  PersonId latest = person;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const auto later = std::ranges::find(before, latest, [](const auto& link) { return link.second; });
    if (later == before.end()) break;
    latest = later->first;
  }
  std::vector<PersonId> stays{latest};
  for (auto at = before.find(latest); at != before.end() && stays.size() <= before.size(); at = before.find(at->second))
    stays.push_back(at->second);
  return stays;
}

Status forget_stays(Vault& vault, const std::vector<PersonId>& stays) {
  for (const PersonId& stay : stays) TRY_STATUS(vault.remove_setting(before_setting(stay)));
  return {};
}

}  // namespace huisbord
