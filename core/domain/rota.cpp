// SPDX-License-Identifier: GPL-3.0-or-later
// The week's rota by rotation, and how much a room did against its woongroep.
#include "core/domain/rota.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace huisbord {
namespace {

constexpr std::size_t longest_run = 3;

/// Some days of one task that stay with one room.
struct Run {
  std::size_t first_weekday = 0;
  const Task* task = nullptr;
  std::vector<Day> days;
};

// "9" comes before "10", and "10" before "10a".
auto label_order(const Room& room) {
  std::size_t digits = 0;
  while (digits < room.label.size() && room.label[digits] >= '0' && room.label[digits] <= '9') ++digits;
  std::size_t zeros = 0;
  while (zeros < digits && room.label[zeros] == '0') ++zeros;
  const std::string number = room.label.substr(zeros, digits - zeros);
  return std::tuple(digits == 0, number.size(), number, room.label, room.id);
}

std::vector<Day> days_of(const Task& task, Week week) {
  std::vector<Day> days;
  for (int weekday = 0; weekday < 7; ++weekday) {
    if ((task.weekdays >> weekday & 1) != 0) days.push_back(week.monday() + weekday);
  }
  return days;
}

// Seven days become runs of 3, 2 and 2: as even as runs of at most three can be.
void append_runs(std::vector<Run>& runs, const Task& task, Week week) {
  const std::vector<Day> days = days_of(task, week);
  const std::size_t count = (days.size() + longest_run - 1) / longest_run;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = days.size() / count + (i < days.size() % count ? 1 : 0);
    Run run{static_cast<std::size_t>(weekday_of(days[at])), &task, {}};
    for (std::size_t k = 0; k < length; ++k) run.days.push_back(days[at++]);
    runs.push_back(std::move(run));
  }
}

// Every block of as many turns as there are rooms has each room once. Where a block begins is mixed from its number (SplitMix64's
// finaliser), so that no room meets the same task week after week, however the numbers of tasks and rooms divide.
std::size_t room_of_turn(std::uint64_t turn, std::size_t rooms) {
  std::uint64_t mixed = turn / rooms + 0x9e3779b97f4a7c15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
  mixed ^= mixed >> 31;
  return static_cast<std::size_t>((turn % rooms + mixed % rooms) % rooms);
}

void plan_woongroep(std::vector<DutyPlanned>& rota, Week week, std::vector<const Task*> tasks, std::vector<const Room*> rooms) {
  std::ranges::sort(tasks, {}, [](const Task* task) { return task->id; });
  std::ranges::sort(rooms, {}, [](const Room* room) { return label_order(*room); });
  std::vector<Run> runs;
  for (const Task* task : tasks) append_runs(runs, *task, week);
  std::ranges::stable_sort(runs, {}, [](const Run& run) { return run.first_weekday; });
  const auto weeks = static_cast<std::uint64_t>(std::max(week.value, 0));
  std::uint64_t turn = weeks * runs.size();
  for (const Run& run : runs) {
    const Room& room = *rooms[room_of_turn(turn++, rooms.size())];
    for (const Day day : run.days) rota.push_back({run.task->id, day, room.id});
  }
}

}  // namespace

std::vector<DutyPlanned> plan_week(Week week, const std::vector<Task>& tasks, const std::vector<Room>& rooms) {
  std::map<WoongroepId, std::pair<std::vector<const Task*>, std::vector<const Room*>>> woongroepen;
  for (const Task& task : tasks) woongroepen[task.woongroep].first.push_back(&task);
  for (const Room& room : rooms) woongroepen[room.woongroep].second.push_back(&room);
  std::vector<DutyPlanned> rota;
  for (const auto& [id, group] : woongroepen) {
    if (!group.second.empty()) plan_woongroep(rota, week, group.first, group.second);
  }
  std::ranges::sort(rota, {}, [](const DutyPlanned& duty) { return std::tie(duty.day, duty.task); });
  return rota;
}

Fairness fairness(const std::vector<Duty>& month, const std::vector<Room>& rooms, RoomId my_room) {
  const auto mine = std::ranges::find(rooms, my_room, &Room::id);
  if (mine == rooms.end()) return {};
  std::vector<RoomId> woongroep;
  for (const Room& room : rooms) {
    if (room.woongroep == mine->woongroep) woongroep.push_back(room.id);
  }
  Fairness result;
  std::size_t done_together = 0;
  for (const Duty& duty : month) {
    if (duty.room == my_room) ++result.planned;
    if (!duty.done || std::ranges::find(woongroep, duty.room) == woongroep.end()) continue;
    ++done_together;
    if (duty.room == my_room) ++result.mine;
  }
  result.average = static_cast<std::uint32_t>((done_together + woongroep.size() / 2) / woongroep.size());
  result.planned = std::max({result.planned, result.mine, result.average});
  return result;
}

}  // namespace huisbord
