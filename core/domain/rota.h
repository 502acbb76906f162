// SPDX-License-Identifier: GPL-3.0-or-later
// The week's rota: which room does which task on which day, the same wherever it is generated.
#pragma once

#include <cstdint>
#include <vector>

#include "core/domain/house.h"
#include "core/domain/task.h"

namespace huisbord {

struct DutyPlanned {
  TaskId task;
  Day day;
  RoomId room;
};

/// Deterministic: tasks and rooms are ordered by identifier and label, the rotation follows the week number; two devices with the same
/// input make the same rota. Runs of up to three days stay with one room, as a woongroep does it in practice.
[[nodiscard]] std::vector<DutyPlanned> plan_week(Week week, const std::vector<Task>& tasks, const std::vector<Room>& rooms);

/// How much a room did this month against the average of its woongroep; two equal bars, never a ranking.
struct Fairness {
  std::uint32_t mine = 0;     ///< duties that my room did
  std::uint32_t average = 0;  ///< of all rooms of my woongroep, rounded
  std::uint32_t planned = 0;  ///< blocks to draw: my duties of the month, and never fewer than the two above
};
[[nodiscard]] Fairness fairness(const std::vector<Duty>& month, const std::vector<Room>& rooms, RoomId my_room);

}  // namespace huisbord
