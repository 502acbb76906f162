// SPDX-License-Identifier: GPL-3.0-or-later
// Residents of a list into houses, rooms and stays.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "app/ctl/applied.h"
#include "app/ctl/field.h"
#include "core/domain/stay.h"
#include "core/office/person_keys.h"

namespace huisbord {
namespace {

/// One house's structure and people as they will be after the import.
struct HousePlan {
  HouseId id;
  ScopeId scope;
  std::map<std::string, Woongroep> woongroepen;  ///< by plain name
  std::map<std::string, Room> rooms;             ///< by plain label
  std::map<PersonId, Placing> placings;
  std::map<std::pair<std::string, Day>, std::vector<PersonId>> by_name;  ///< plain name and arrival, in the order of earlier lists
  std::set<PersonId> in_file;
};

bool same_managers(const CaseManagers& a, const CaseManagers& b) {
  return a.legal == b.legal && a.social == b.social && a.asked_for == b.asked_for;
}

class PeopleImport {
 public:
  PeopleImport(Desk& desk, Day today) : desk_(desk), today_(today) {}

  Result<Applied> run(std::span<const PersonRow> rows) {
    for (const PersonRow& row : rows) {
      // Who has left is in an export with --ended, and nobody to let in again.
      if (!row.left || *row.left >= today_) TRY_STATUS(take(row));
    }
    if (auto recorded = desk_.vault().record_all(changes_); !recorded) {
      // Keys of people who did not come are of no use to anybody.
      for (const PersonId& person : new_people_) (void)desk_.vault().remove_person_key(person);
      return std::unexpected(recorded.error());
    }
    TRY_STATUS(desk_.append_to_order(new_people_));
    for (const auto& [name, house] : houses_) {
      TRY_STATUS(hand_out_person_keys(desk_.office(), house.id, today_));
      remark_on_missing(house);
    }
    return std::move(applied_);
  }

 private:
  Result<HousePlan*> house_of(const PersonRow& row) {
    if (const auto known = houses_.find(plain_word(row.house)); known != houses_.end()) return &known->second;
    TRY_ASSIGN(const HouseId id, desk_.found_house(row.house));
    HousePlan plan;
    plan.id = id;
    plan.scope = id.as<ScopeTag>();
    TRY_ASSIGN(const auto woongroepen, desk_.vault().woongroepen(plan.scope));
    for (const Woongroep& woongroep : woongroepen) plan.woongroepen.emplace(plain_word(woongroep.name), woongroep);
    TRY_ASSIGN(const auto rooms, desk_.vault().rooms(plan.scope));
    for (const Room& room : rooms) plan.rooms.emplace(plain_word(room.label), room);
    TRY_ASSIGN(const auto placings, desk_.vault().placings(plan.scope));
    for (const Placing& placing : placings) plan.placings.emplace(placing.person, placing);
    TRY_STATUS(learn_names(plan));
    return &houses_.emplace(plain_word(row.house), std::move(plan)).first->second;
  }

  Status learn_names(HousePlan& plan) {
    TRY_ASSIGN(const auto order, desk_.people_in_order());
    for (const PersonId& person : order) {
      const auto placing = plan.placings.find(person);
      if (placing == plan.placings.end()) continue;
      TRY_ASSIGN(const auto key, desk_.vault().person_key(person));
      TRY_ASSIGN(const PersonRecord record, desk_.vault().open_person(plan.scope, person, key));
      if (record.identity) plan.by_name[{plain_word(record.identity->called), placing->second.from}].push_back(person);
    }
    return {};
  }

  WoongroepId woongroep_of(HousePlan& house, const PersonRow& row) {
    const std::string key = plain_word(row.woongroep);
    if (const auto known = house.woongroepen.find(key); known != house.woongroepen.end()) return known->second.id;
    const Woongroep made{desk_.derive<WoongroepTag>("woongroep", house.id.hex() + key), row.woongroep,
                         static_cast<std::uint32_t>(house.woongroepen.size() + 1)};
    house.woongroepen.emplace(key, made);
    record(house, made);
    return made.id;
  }

  RoomId room_of(HousePlan& house, const PersonRow& row) {
    const WoongroepId woongroep = woongroep_of(house, row);
    const std::string key = plain_word(row.room);
    const auto known = house.rooms.find(key);
    if (known != house.rooms.end() && known->second.woongroep == woongroep) return known->second.id;
    if (known != house.rooms.end()) {
      applied_.remarks.push_back("line " + std::to_string(row.line) + ": room " + row.room + " now belongs to " + row.woongroep);
    }
    const Room made{desk_.derive<RoomTag>("room", house.id.hex() + key), woongroep, row.room};
    house.rooms.insert_or_assign(key, made);
    record(house, made);
    return made.id;
  }

  // Two people of one name may arrive in one house on one day: the order in the list tells them apart.
  PersonId person_of(const HousePlan& house, const PersonRow& row) {
    const std::string who = house.id.hex() + iso_day(row.arrived) + plain_word(row.called);
    const std::size_t repetition = seen_[who]++;
    const auto namesakes = house.by_name.find({plain_word(row.called), row.arrived});
    if (namesakes != house.by_name.end() && repetition < namesakes->second.size()) return namesakes->second[repetition];
    return desk_.derive<PersonTag>("person", who + "#" + std::to_string(repetition));
  }

  Status take(const PersonRow& row) {
    TRY_ASSIGN(HousePlan * house, house_of(row));
    const RoomId room = room_of(*house, row);
    const PersonId person = person_of(*house, row);
    house->in_file.insert(person);
    const auto known = house->placings.find(person);
    if (known == house->placings.end()) return begin_stay(*house, row, person, room);
    return update(*house, row, known->second, room);
  }

  Status begin_stay(HousePlan& house, const PersonRow& row, const PersonId& person, const RoomId& room) {
    Placing placing{person, room, row.symbol.value_or(Symbol::boat), row.pastel.value_or(Pastel::peach), row.arrived, std::nullopt};
    choose_appearance_for(house, row, placing);
    house.placings.emplace(person, placing);
    record(house, placing);
    TRY_ASSIGN(crypto::SecretBytes key, make_person_key(desk_.office(), person));
    new_people_.push_back(person);
    Preferences preferences;
    preferences.language = row.language;
    record(house, person, std::move(key),
           {IdentitySet{person, {row.called, row.arrived}}, PreferencesSet{person, preferences}, CaseManagersSet{person, row.managers}});
    ++applied_.added;
    return {};
  }

  // Whatever the list leaves open is drawn from the identifier, so that it is the same each time, and never that of a room-mate.
  void choose_appearance_for(const HousePlan& house, const PersonRow& row, Placing& placing) const {
    std::vector<Placing> others;
    for (const auto& [person, other] : house.placings) others.push_back(other);
    constexpr int residents_pastels = 7;
    const int first_symbol = placing.person.bytes[0] % symbol_count;
    const int first_pastel = placing.person.bytes[1] % residents_pastels;
    for (int i = 0; i < symbol_count * residents_pastels; ++i) {
      if (!row.symbol) placing.symbol = static_cast<Symbol>((first_symbol + i / residents_pastels) % symbol_count + 1);
      if (!row.pastel) placing.pastel = static_cast<Pastel>((first_pastel + i) % residents_pastels + 1);
      if (choose_appearance(placing, placing.symbol, placing.pastel, others, std::max(today_, placing.from))) return;
    }
  }

  Status update(HousePlan& house, const PersonRow& row, Placing& placing, const RoomId& room) {
    if (placing.until && *placing.until < today_) {
      applied_.remarks.push_back("line " + std::to_string(row.line) + ": this stay has ended; nothing is changed");
      ++applied_.same;
      return {};
    }
    bool changed = false;
    if (placing.room != room) {
      const auto moved = move_to_room(placing, room, today_);
      if (moved) {
        placing = *moved;
        record(house, placing);
        changed = true;
      }
    }
    TRY_ASSIGN(crypto::SecretBytes key, desk_.vault().person_key(placing.person));
    TRY_ASSIGN(const PersonRecord record_of, desk_.vault().open_person(house.scope, placing.person, key));
    std::vector<PersonalChange> changes;
    if (!record_of.identity) changes.push_back(IdentitySet{placing.person, {row.called, row.arrived}});
    if (!record_of.preferences && !row.language.empty()) {
      Preferences preferences;
      preferences.language = row.language;
      changes.push_back(PreferencesSet{placing.person, preferences});
    }
    if (!same_managers(record_of.managers.value_or(CaseManagers{}), row.managers))
      changes.push_back(CaseManagersSet{placing.person, row.managers});
    changed = changed || !changes.empty();
    if (!changes.empty()) record(house, placing.person, std::move(key), std::move(changes));
    ++(changed ? applied_.changed : applied_.same);
    return {};
  }

  void remark_on_missing(const HousePlan& house) {
    const auto missing = std::ranges::count_if(
        house.placings, [&](const auto& entry) { return stays_on(entry.second, today_) && !house.in_file.contains(entry.first); });
    if (missing > 0) {
      applied_.remarks.push_back(std::to_string(missing) +
                                 " residents of a house in this list are not in it; their stays go on until they are ended");
    }
  }

  void record(const HousePlan& house, OpenChange change) { changes_.push_back({house.scope, Actor::none(), std::move(change)}); }
  void record(const HousePlan& house, const PersonId& person, crypto::SecretBytes key, std::vector<PersonalChange> changes) {
    keys_.push_back(std::move(key));
    changes_.push_back({house.scope, Actor::none(), SealedChanges{person, &keys_.back(), std::move(changes)}});
  }

  Desk& desk_;
  Day today_;
  Applied applied_;
  std::map<std::string, HousePlan> houses_;
  std::map<std::string, std::size_t> seen_;
  std::vector<ChangeToRecord> changes_;
  std::deque<crypto::SecretBytes> keys_;  ///< where changes_ points
  std::vector<PersonId> new_people_;
};

}  // namespace

Result<Applied> apply_people(Desk& desk, std::span<const PersonRow> rows, Day today) { return PeopleImport(desk, today).run(rows); }

}  // namespace huisbord
