// SPDX-License-Identifier: GPL-3.0-or-later
// Who may mark, give away, take over and swap a duty, and until when.
#include "core/domain/task.h"

namespace huisbord {
namespace {

bool day_is_over(const Duty& duty, Day today) { return today > duty.day; }
// People mark the kitchen of yesterday evening in the morning.
bool marking_is_over(const Duty& duty, Day today) { return today > duty.day + 1; }
bool is_bound(const Duty& duty) { return duty.open_offer.has_value() || duty.swap_asked.has_value(); }

}  // namespace

std::expected<DutyDone, Refusal> mark_done(const Duty& duty, RoomId my_room, Day today) {
  if (duty.room != my_room) return std::unexpected(Refusal::not_yours);
  if (duty.done) return std::unexpected(Refusal::already_done);
  if (today < duty.day) return std::unexpected(Refusal::too_early);
  if (marking_is_over(duty, today)) return std::unexpected(Refusal::too_late);
  return DutyDone{duty.id, true};
}

std::expected<DutyDone, Refusal> take_back_done(const Duty& duty, RoomId my_room, Day today) {
  if (duty.room != my_room) return std::unexpected(Refusal::not_yours);
  if (!duty.done) return std::unexpected(Refusal::not_done);
  if (marking_is_over(duty, today)) return std::unexpected(Refusal::too_late);
  return DutyDone{duty.id, false};
}

std::expected<DutyOffered, Refusal> offer_duty(const Duty& duty, RoomId my_room, Day today, OfferId offer) {
  if (duty.room != my_room) return std::unexpected(Refusal::not_yours);
  if (duty.done) return std::unexpected(Refusal::already_done);
  if (is_bound(duty)) return std::unexpected(Refusal::already_offered);
  if (day_is_over(duty, today)) return std::unexpected(Refusal::too_late);
  return DutyOffered{offer, duty.id, false};
}

std::expected<DutyOffered, Refusal> withdraw_offer(const Duty& duty, RoomId my_room) {
  const bool gave_it_away = duty.taken_offer.has_value() && duty.planned_room == my_room && duty.room != my_room;
  if (gave_it_away) return std::unexpected(Refusal::already_taken);
  if (duty.room != my_room) return std::unexpected(Refusal::not_yours);
  if (!duty.open_offer) return std::unexpected(Refusal::not_offered);
  return DutyOffered{*duty.open_offer, duty.id, true, duty.open_offer_returns};
}

std::expected<DutyClaimed, Refusal> claim_duty(const Duty& duty, RoomId my_room, Day today) {
  if (duty.done) return std::unexpected(Refusal::already_done);
  if (duty.room == my_room) return std::unexpected(duty.taken_offer && !duty.open_offer ? Refusal::already_taken : Refusal::own_offer);
  if (!duty.open_offer) return std::unexpected(duty.taken_offer ? Refusal::already_taken : Refusal::not_offered);
  if (day_is_over(duty, today)) return std::unexpected(Refusal::too_late);
  return DutyClaimed{*duty.open_offer, duty.id, my_room};
}

std::expected<DutyOffered, Refusal> return_claim(const Duty& duty, RoomId my_room, OfferId offer) {
  if (duty.room != my_room) return std::unexpected(Refusal::not_yours);
  if (!duty.taken_offer) return std::unexpected(Refusal::nothing_to_undo);
  if (duty.done) return std::unexpected(Refusal::already_done);
  if (is_bound(duty)) return std::unexpected(Refusal::already_offered);
  return DutyOffered{offer, duty.id, false, ClaimReturned{*duty.taken_offer, my_room}};
}

std::expected<SwapProposed, Refusal> propose_swap(const Duty& mine, const Duty& theirs, RoomId my_room, Day today, RecordId swap) {
  if (mine.room != my_room) return std::unexpected(Refusal::not_yours);
  if (theirs.room == my_room) return std::unexpected(Refusal::own_offer);
  if (mine.done || theirs.done) return std::unexpected(Refusal::already_done);
  if (is_bound(mine) || is_bound(theirs)) return std::unexpected(Refusal::already_offered);
  if (day_is_over(mine, today) || day_is_over(theirs, today)) return std::unexpected(Refusal::too_late);
  return SwapProposed{swap, mine.id, theirs.id, false};
}

std::expected<SwapAnswered, Refusal> answer_swap(const Swap& swap, bool accept, RoomId my_room) {
  if (swap.to_room != my_room) return std::unexpected(Refusal::not_yours);
  if (swap.state == Swap::State::withdrawn) return std::unexpected(Refusal::not_offered);
  if (swap.state != Swap::State::asked) return std::unexpected(Refusal::already_taken);
  return SwapAnswered{swap.id, accept, swap.from_room, swap.to_room};
}

std::expected<SwapProposed, Refusal> withdraw_swap(const Swap& swap, RoomId my_room) {
  if (swap.from_room != my_room) return std::unexpected(Refusal::not_yours);
  if (swap.state == Swap::State::withdrawn) return std::unexpected(Refusal::nothing_to_undo);
  if (swap.state != Swap::State::asked) return std::unexpected(Refusal::already_taken);
  return SwapProposed{swap.id, swap.mine, swap.theirs, true};
}

}  // namespace huisbord
