// SPDX-License-Identifier: GPL-3.0-or-later
// Who does a duty now: the rota, moved by take-overs and swaps in the order of their stamps.
#include "core/store/resolved_rota.h"

#include <algorithm>

namespace huisbord {

namespace {

bool claimed(const OfferRow& offer) { return offer.claim && (!offer.withdrawn || offer.claim->source < offer.said); }
bool answered(const SwapRow& swap) { return swap.answer && (!swap.withdrawn || swap.answer->source < swap.said); }

/// Which offers count, and which claims were given back.
class OfferStates {
 public:
  explicit OfferStates(const std::vector<OfferRow>& offers) {
    for (const OfferRow& offer : offers) by_id_.emplace(offer.id, &offer);
    for (const OfferRow& offer : offers)
      if (offer.returned && counts(offer)) given_back_.insert(offer.returned->offer);
  }
  /// An offer of nothing returned counts by itself; one that returns a claim where that claim holds. A circle of them counts nowhere.
  [[nodiscard]] bool counts(const OfferRow& offer) const {
    std::set<OfferId> seen;
    const OfferRow* at = &offer;
    while (at->returned) {
      const auto former = by_id_.find(at->returned->offer);
      if (former == by_id_.end() || !seen.insert(at->id).second) return false;
      const OfferRow& taken = *former->second;
      if (taken.duty != at->duty || !claimed(taken) || taken.claim->room != at->returned->room || !(taken.claim->source < at->said))
        return false;
      at = &taken;
    }
    return true;
  }
  [[nodiscard]] bool holds_claim(const OfferRow& offer) const { return claimed(offer) && counts(offer) && !given_back_.contains(offer.id); }

 private:
  std::map<OfferId, const OfferRow*> by_id_;
  std::set<OfferId> given_back_;
};

/// One thing that moves duties to other rooms.
struct Move {
  Candidate when;
  const OfferRow* offer = nullptr;
  std::size_t swap = 0;
};

Swap::State state_of(const SwapRow& swap) {
  if (answered(swap)) return swap.answer->accepted ? Swap::State::accepted : Swap::State::declined;
  return swap.withdrawn ? Swap::State::withdrawn : Swap::State::asked;
}

}  // namespace

ResolvedRota resolve_rota(const RotaRows& rows) {
  ResolvedRota view;
  for (const auto& [id, planned] : rows.duties) view.duties[id] = {planned.duty, planned.arrived};
  const auto duty_of = [&](const DutyId& id) -> StoredDuty* {
    const auto found = view.duties.find(id);
    return found == view.duties.end() ? nullptr : &found->second;
  };

  const OfferStates states(rows.offers);
  std::vector<Move> moves;
  for (const OfferRow& offer : rows.offers) {
    const bool taken = states.holds_claim(offer);
    view.offers.push_back(
        {offer.id, offer.duty, !taken && (offer.withdrawn || claimed(offer) || !states.counts(offer)), std::nullopt, offer.arrived});
    if (taken) {
      view.offers.back().taken_by = offer.claim->room;
      moves.push_back({offer.claim->source, &offer, 0});
    }
  }
  for (std::size_t i = 0; i < rows.swaps.size(); ++i) {
    const SwapRow& swap = rows.swaps[i];
    view.swaps.push_back({{swap.id, swap.mine, swap.theirs, {}, {}, state_of(swap)}, swap.arrived});
    if (answered(swap)) moves.push_back({swap.answer->source, nullptr, i});
  }
  std::ranges::sort(moves, {}, &Move::when);

  const auto name_rooms = [&](StoredSwap& swap) {
    if (const StoredDuty* mine = duty_of(swap.swap.mine)) swap.swap.from_room = mine->duty.room;
    if (const StoredDuty* theirs = duty_of(swap.swap.theirs)) swap.swap.to_room = theirs->duty.room;
  };
  for (const Move& move : moves) {
    if (move.offer != nullptr) {
      StoredDuty* duty = duty_of(move.offer->duty);
      if (duty == nullptr) continue;
      duty->duty.room = move.offer->claim->room;
      duty->duty.taken_offer = move.offer->id;
      continue;
    }
    StoredSwap& swap = view.swaps[move.swap];
    name_rooms(swap);
    StoredDuty* mine = duty_of(swap.swap.mine);
    StoredDuty* theirs = duty_of(swap.swap.theirs);
    if (swap.swap.state != Swap::State::accepted) continue;
    if (mine != nullptr && theirs != nullptr) std::swap(mine->duty.room, theirs->duty.room);
    // The week of the other is past its term: whose it was stands in the answer.
    const SwapRow::Answer& said = *rows.swaps[move.swap].answer;
    if (mine == nullptr && theirs != nullptr && !said.from_room.empty()) theirs->duty.room = said.from_room;
    if (mine != nullptr && theirs == nullptr && !said.to_room.empty()) mine->duty.room = said.to_room;
  }

  for (const OfferRow& offer : rows.offers) {
    StoredDuty* duty = duty_of(offer.duty);
    if (duty == nullptr) continue;
    duty->arrived = duty->arrived && offer.arrived;
    if (offer.withdrawn || offer.claim || !states.counts(offer)) continue;
    duty->duty.open_offer = offer.id;
    duty->duty.open_offer_returns = offer.returned;
  }
  for (StoredSwap& swap : view.swaps) {
    if (swap.swap.state == Swap::State::asked || swap.swap.state == Swap::State::withdrawn) name_rooms(swap);
    for (const DutyId& id : {swap.swap.mine, swap.swap.theirs}) {
      StoredDuty* duty = duty_of(id);
      if (duty == nullptr) continue;
      duty->arrived = duty->arrived && swap.arrived;
      if (swap.swap.state == Swap::State::asked) duty->duty.swap_asked = swap.swap.id;
    }
  }
  return view;
}

}  // namespace huisbord
