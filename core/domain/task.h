// SPDX-License-Identifier: GPL-3.0-or-later
// The house's tasks, and a duty: one task on one day for one room.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/refusal.h"

namespace huisbord {

enum class TaskPlace : std::uint8_t { kitchen = 1, shower, toilet, stairs, bins, laundry, hall, living_room, garden };

/// What is to be done again and again by one woongroep.
struct Task {
  TaskId id;
  WoongroepId woongroep;
  TaskPlace place = TaskPlace::kitchen;
  MinuteOfDay before;           ///< done by this time
  std::uint8_t weekdays = 127;  ///< bit 0 is Monday
};

/// A take-over that its room gave back: which offer had been taken, and by whom.
struct ClaimReturned {
  OfferId offer;
  RoomId room;
  friend bool operator==(const ClaimReturned&, const ClaimReturned&) = default;
};

/// One task on one day. Its identifier is derived from task and day, so devices that generate the same week offline make one duty.
struct Duty {
  DutyId id;
  TaskId task;
  TaskPlace place = TaskPlace::kitchen;
  Day day;
  MinuteOfDay before;
  RoomId room;          ///< who does it now: after a swap or a take-over the new room
  RoomId planned_room;  ///< as the rota had it
  bool done = false;
  std::optional<OfferId> open_offer;   ///< hangs on the board: somebody else may take it
  std::optional<OfferId> taken_offer;  ///< was taken over
  std::optional<RecordId> swap_asked;  ///< a swap is proposed and not answered
  /// The open offer hangs there because a take-over was given back.
  std::optional<ClaimReturned> open_offer_returns = std::nullopt;
};

/// A duty of mine against a duty of another room.
struct Swap {
  RecordId id;
  DutyId mine;
  DutyId theirs;
  RoomId from_room;
  RoomId to_room;
  enum class State : std::uint8_t { asked = 1, accepted, declined, withdrawn } state = State::asked;
};

struct DutyDone {
  DutyId duty;
  bool done = true;
};
struct DutyOffered {
  OfferId offer;
  DutyId duty;
  bool withdrawn = false;
  std::optional<ClaimReturned> returned = {};  ///< the duty goes back to the room that had offered it, and hangs on the board again
};
struct DutyClaimed {
  OfferId offer;
  DutyId duty;
  RoomId room;
};
struct SwapProposed {
  RecordId swap;
  DutyId mine;
  DutyId theirs;
  bool withdrawn = false;
};
struct SwapAnswered {
  RecordId swap;
  bool accepted = false;
  RoomId from_room = {};  ///< as the swap stood when it was answered: what moves a duty when the other's week is past
  RoomId to_room = {};
};

/// Mine alone, not before its day begins and until the end of the day after it.
[[nodiscard]] std::expected<DutyDone, Refusal> mark_done(const Duty& duty, RoomId my_room, Day today);
[[nodiscard]] std::expected<DutyDone, Refusal> take_back_done(const Duty& duty, RoomId my_room, Day today);
/// Puts a duty of mine on the board. \p offer is a fresh identifier.
[[nodiscard]] std::expected<DutyOffered, Refusal> offer_duty(const Duty& duty, RoomId my_room, Day today, OfferId offer);
[[nodiscard]] std::expected<DutyOffered, Refusal> withdraw_offer(const Duty& duty, RoomId my_room);
/// Takes over a duty that another room has put on the board.
[[nodiscard]] std::expected<DutyClaimed, Refusal> claim_duty(const Duty& duty, RoomId my_room, Day today);
/// Gives a take-over of mine back, as if it had not been: the duty is again of the room that offered it, and on the board. The first claim
/// of an offer counts for ever, so this is a new offer; \p offer is a fresh identifier.
[[nodiscard]] std::expected<DutyOffered, Refusal> return_claim(const Duty& duty, RoomId my_room, OfferId offer);
/// Asks another room to change a duty of mine for one of theirs. \p swap is a fresh identifier.
[[nodiscard]] std::expected<SwapProposed, Refusal> propose_swap(const Duty& mine, const Duty& theirs, RoomId my_room, Day today,
                                                                RecordId swap);
/// The room that was asked answers, once.
[[nodiscard]] std::expected<SwapAnswered, Refusal> answer_swap(const Swap& swap, bool accept, RoomId my_room);
/// The room that asked takes it back while nobody answered.
[[nodiscard]] std::expected<SwapProposed, Refusal> withdraw_swap(const Swap& swap, RoomId my_room);

}  // namespace huisbord
