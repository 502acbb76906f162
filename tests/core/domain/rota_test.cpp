// SPDX-License-Identifier: GPL-3.0-or-later
// The rota: the same everywhere, fair over time, and never out of its woongroep.
#include "core/domain/rota.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

namespace huisbord {

static bool operator==(const DutyPlanned& a, const DutyPlanned& b) { return a.task == b.task && a.day == b.day && a.room == b.room; }

namespace {

std::vector<Task> tasks_of(WoongroepId woongroep, std::uint8_t count, std::uint8_t weekdays = 127) {
  std::vector<Task> tasks;
  for (std::uint8_t i = 0; i < count; ++i) {
    Task task;
    task.id.bytes = {woongroep.bytes[0], i};
    task.woongroep = woongroep;
    task.weekdays = weekdays;
    tasks.push_back(task);
  }
  return tasks;
}

std::vector<Room> rooms_of(WoongroepId woongroep, std::uint8_t count) {
  std::vector<Room> rooms;
  for (std::uint8_t i = 0; i < count; ++i) rooms.push_back({RoomId{{woongroep.bytes[0], i}}, woongroep, std::to_string(i + 1)});
  return rooms;
}

const WoongroepId a{{1}};
const WoongroepId b{{2}};

template <class T>
void shuffle(std::vector<T>& items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[*rc::gen::inRange<std::size_t>(0, i)]);
}

RC_GTEST_PROP(Rota, IsTheSameWhateverTheOrderOfTasksAndRooms, ()) {
  auto tasks = tasks_of(a, *rc::gen::inRange<std::uint8_t>(0, 9), *rc::gen::inRange<std::uint8_t>(0, 128));
  std::ranges::copy(tasks_of(b, 3), std::back_inserter(tasks));
  auto rooms = rooms_of(a, *rc::gen::inRange<std::uint8_t>(0, 15));
  std::ranges::copy(rooms_of(b, 4), std::back_inserter(rooms));
  const Week week{*rc::gen::inRange(2800, 3200)};
  const auto rota = plan_week(week, tasks, rooms);
  shuffle(tasks);
  shuffle(rooms);
  RC_ASSERT(plan_week(week, tasks, rooms) == rota);
}

RC_GTEST_PROP(Rota, PlansEachTaskOnEachOfItsDaysForOneRoomOfItsWoongroep, ()) {
  auto tasks = tasks_of(a, 4, *rc::gen::inRange<std::uint8_t>(1, 128));
  std::ranges::copy(tasks_of(b, 2), std::back_inserter(tasks));
  auto rooms = rooms_of(a, *rc::gen::inRange<std::uint8_t>(1, 9));
  std::ranges::copy(rooms_of(b, 3), std::back_inserter(rooms));
  const Week week{*rc::gen::inRange(2800, 3200)};
  std::set<std::pair<TaskId, Day>> planned;
  for (const DutyPlanned& duty : plan_week(week, tasks, rooms)) {
    RC_ASSERT(planned.emplace(duty.task, duty.day).second);
    RC_ASSERT(duty.room.bytes[0] == duty.task.bytes[0]);
    RC_ASSERT(week_of(duty.day) == week);
  }
  std::size_t expected = 0;
  for (const Task& task : tasks) expected += static_cast<std::size_t>(std::popcount(task.weekdays));
  RC_ASSERT(planned.size() == expected);
}

RC_GTEST_PROP(Rota, GivesEveryRoomItsShareOverAnySpanOfWeeks, ()) {
  const auto rooms = rooms_of(a, *rc::gen::inRange<std::uint8_t>(1, 12));
  const auto tasks = tasks_of(a, *rc::gen::inRange<std::uint8_t>(1, 8), 0b0000111);  // one run a week each
  const int first = *rc::gen::inRange(2800, 3200);
  std::map<RoomId, int> share;
  for (const Room& room : rooms) share[room.id] = 0;
  const int weeks = *rc::gen::inRange(1, 60);
  for (int week = first; week < first + weeks; ++week) {
    for (const DutyPlanned& duty : plan_week({week}, tasks, rooms)) ++share[duty.room];
  }
  int least = share.begin()->second;
  int most = least;
  for (const auto& [room, days] : share) {
    least = std::min(least, days);
    most = std::max(most, days);
  }
  RC_ASSERT(most - least <= 2 * 3);  // two runs of three days
}

TEST(Rota, LetsEveryRoomMeetEveryTaskWithinAYear) {
  for (std::uint8_t room_count = 1; room_count <= 12; ++room_count) {
    const auto rooms = rooms_of(a, room_count);
    const auto tasks = tasks_of(a, 4);
    std::set<std::pair<TaskId, RoomId>> met;
    for (int week = 2900; week < 2952; ++week) {
      for (const DutyPlanned& duty : plan_week({week}, tasks, rooms)) met.emplace(duty.task, duty.room);
    }
    EXPECT_EQ(met.size(), tasks.size() * rooms.size()) << int{room_count} << " rooms";
  }
}

TEST(Rota, LeavesATaskWithOneRoomForAtMostThreeDays) {
  const auto tasks = tasks_of(a, 1);
  const auto rooms = rooms_of(a, 7);
  std::map<RoomId, int> days;
  for (const DutyPlanned& duty : plan_week({2930}, tasks, rooms)) ++days[duty.room];
  EXPECT_EQ(days.size(), 3u);
  for (const auto& [room, count] : days) EXPECT_LE(count, 3);
}

TEST(Rota, OfAWoongroepWithoutRoomsIsEmpty) { EXPECT_TRUE(plan_week({2930}, tasks_of(a, 4), rooms_of(b, 4)).empty()); }

TEST(Fairness, ComparesMyRoomWithTheAverageOfItsWoongroep) {
  auto rooms = rooms_of(a, 2);
  std::ranges::copy(rooms_of(b, 1), std::back_inserter(rooms));
  const auto duty = [](RoomId room, bool done) {
    Duty made;
    made.room = room;
    made.done = done;
    return made;
  };
  const std::vector<Duty> month{duty(rooms[0].id, true), duty(rooms[0].id, true), duty(rooms[0].id, true), duty(rooms[0].id, false),
                                duty(rooms[1].id, true), duty(rooms[2].id, true), duty(rooms[2].id, true)};
  const Fairness mine = fairness(month, rooms, rooms[0].id);
  EXPECT_EQ(mine.mine, 3u);
  EXPECT_EQ(mine.average, 2u);
  EXPECT_EQ(mine.planned, 4u);
  const Fairness other = fairness(month, rooms, rooms[1].id);
  EXPECT_EQ(other.mine, 1u);
  EXPECT_EQ(other.planned, 2u);
  EXPECT_EQ(fairness(month, rooms, RoomId{{99}}).planned, 0u);
}

}  // namespace
}  // namespace huisbord
