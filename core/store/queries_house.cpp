// SPDX-License-Identifier: GPL-3.0-or-later
// What the open tables say: houses, rooms, stays, tasks, notices, activities, staff, roles, rates.
#include <algorithm>
#include <charconv>
#include <tuple>

#include "core/store/change_decoding.h"
#include "core/store/reading.h"

namespace huisbord {

namespace {

/// Every record of a table by its main slot; what `decode` cannot read is left out.
template <class Thing, class Decode>
Result<std::vector<Thing>> read_all(const Rows& rows, Table table, Week from, Week to, const Decode& decode) {
  TRY_ASSIGN(const std::vector<Row> won, rows.winners(table, from, to));
  std::vector<Thing> things;
  journal::Operation operation;
  for (const Row& row : won) {
    if (row.slot != slots::main) continue;
    TRY_STATUS(rows.load(row, operation));
    if (std::optional<Thing> thing = decode(row.record, operation)) things.push_back(std::move(*thing));
  }
  return things;
}

template <class Thing, class Decode>
Result<std::vector<Thing>> read_table(Vault::State& state, const ScopeId& scope, Table table, const Decode& decode) {
  return read_scope<std::vector<Thing>>(
      state, scope, [&](const Rows& rows, const PublishedScope&) { return read_all<Thing>(rows, table, no_week, no_week, decode); });
}

ScopeId org(const Vault::State& state) { return state.founding.organisation.as<ScopeTag>(); }

/// "7" before "10" before "10a" before "attic".
std::tuple<unsigned, const std::string&> by_number(const std::string& label) {
  unsigned number = ~0u;
  std::from_chars(label.data(), label.data() + label.size(), number);
  return {number, label};
}

Result<std::vector<Notice>> read_notices(Vault::State& state, const ScopeId& scope, Week from) {
  TRY_ASSIGN(std::vector<Notice> notices, read_scope<std::vector<Notice>>(state, scope, [&](const Rows& rows, const PublishedScope&) {
               return read_all<Notice>(rows, Table::notice, from, last_week, decode_notice);
             }));
  std::ranges::sort(notices,
                    [](const Notice& a, const Notice& b) { return std::tie(b.from, b.until, b.id) < std::tie(a.from, a.until, a.id); });
  return notices;
}

}  // namespace

Result<std::vector<House>> Vault::houses() const {
  TRY_ASSIGN(auto all, read_table<House>(*state_, org(*state_), Table::house, decode_house));
  std::ranges::sort(all, {}, [](const House& house) { return std::tie(house.name, house.id); });
  return all;
}

Result<std::optional<House>> Vault::house(const HouseId& house) const {
  TRY_ASSIGN(const auto all, houses());
  const auto found = std::ranges::find(all, house, &House::id);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

Result<std::vector<Woongroep>> Vault::woongroepen(const ScopeId& house) const {
  TRY_ASSIGN(auto all, read_table<Woongroep>(*state_, house, Table::woongroep, decode_woongroep));
  std::ranges::sort(all, {}, [](const Woongroep& group) { return std::tie(group.order, group.name, group.id); });
  return all;
}

Result<std::vector<Room>> Vault::rooms(const ScopeId& house) const {
  TRY_ASSIGN(auto all, read_table<Room>(*state_, house, Table::room, decode_room));
  std::ranges::sort(all, {}, [](const Room& room) { return std::tuple_cat(by_number(room.label), std::tie(room.id)); });
  return all;
}

Result<std::vector<Placing>> Vault::placings(const ScopeId& house) const {
  return read_scope<std::vector<Placing>>(*state_, house, [](const Rows& rows, const PublishedScope&) -> Result<std::vector<Placing>> {
    TRY_ASSIGN(const std::vector<Row> won, rows.winners(Table::placing, no_week, no_week));
    std::vector<Placing> all;
    journal::Operation operation;
    std::uint64_t placed = 0;
    // Slots of one record come in order: the placing, its end, the chosen appearance.
    for (const Row& row : won) {
      TRY_STATUS(rows.load(row, operation));
      if (row.slot == slots::main) {
        all.push_back(decode_placing(row.record, operation));
        placed = row.source.stamp;
        continue;
      }
      if (all.empty() || all.back().person.bytes != row.record.bytes) continue;
      if (row.slot == slots::placing_ended) all.back().until = decode_day(operation.placing_ended().until());
      // A placing carries an appearance too: the later of the two choices shows.
      if (row.slot == slots::appearance && row.source.stamp > placed) {
        all.back().symbol = decode_symbol(operation.appearance().symbol());
        all.back().pastel = decode_pastel(operation.appearance().pastel());
      }
    }
    return all;
  });
}

Result<std::vector<Task>> Vault::tasks(const ScopeId& house) const {
  TRY_ASSIGN(auto all, read_table<Task>(*state_, house, Table::task, decode_task));
  std::ranges::sort(all, {}, [](const Task& task) { return std::tie(task.woongroep, task.place, task.id); });
  return all;
}

Result<std::vector<Notice>> Vault::notices(const ScopeId& scope, Day day) const {
  TRY_ASSIGN(auto all, read_notices(*state_, scope, week_of(day)));
  std::erase_if(all, [day](const Notice& notice) { return notice.withdrawn || day < notice.from || notice.until < day; });
  return all;
}

Result<std::vector<Notice>> Vault::all_notices(const ScopeId& scope) const { return read_notices(*state_, scope, first_week); }

Result<std::vector<Activity>> Vault::activities(const ScopeId& house, Day from, Day to) const {
  TRY_ASSIGN(auto all, read_scope<std::vector<Activity>>(*state_, house, [&](const Rows& rows, const PublishedScope&) {
               return read_all<Activity>(rows, Table::activity, week_of(from), week_of(to), decode_activity);
             }));
  std::erase_if(all, [&](const Activity& activity) { return activity.day < from || to < activity.day; });
  std::ranges::sort(all, {}, [](const Activity& activity) { return std::tie(activity.day, activity.start, activity.id); });
  return all;
}

Result<std::vector<Rate>> Vault::rates() const {
  TRY_ASSIGN(auto all, read_table<Rate>(*state_, org(*state_), Table::rate, decode_rate));
  std::ranges::sort(all, {}, [](const Rate& rate) { return std::tie(rate.from, rate.id); });
  return all;
}

Result<std::vector<Staff>> Vault::staff() const {
  TRY_ASSIGN(auto all, read_table<Staff>(*state_, org(*state_), Table::staff, decode_staff));
  std::ranges::sort(all, {}, [](const Staff& one) { return std::tie(one.name, one.id); });
  return all;
}

Result<std::vector<StoredGrant>> Vault::grants() const {
  return read_scope<std::vector<StoredGrant>>(
      *state_, org(*state_), [](const Rows& rows, const PublishedScope&) -> Result<std::vector<StoredGrant>> {
        TRY_ASSIGN(const std::vector<Row> won, rows.winners(Table::grant, no_week, no_week));
        std::vector<StoredGrant> all;
        journal::Operation operation;
        for (const Row& row : won) {
          TRY_STATUS(rows.load(row, operation));
          if (row.slot == slots::main) {
            if (const auto grant = decode_grant(row.record, operation)) all.push_back({*grant, false});
          } else if (row.slot == slots::grant_revoked && !all.empty() && all.back().grant.grant == row.record) {
            all.back().revoked = true;
          }
        }
        return all;
      });
}

}  // namespace huisbord
