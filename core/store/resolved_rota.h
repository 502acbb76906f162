// SPDX-License-Identifier: GPL-3.0-or-later
// Who does a duty now: the rota, moved by take-overs and swaps in the order of their stamps. A pure function of the winning rows.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/store/merge.h"
#include "core/store/stored.h"

namespace huisbord {

struct PlannedRow {
  Duty duty;  ///< as planned: room == planned_room
  bool arrived = true;
};
struct OfferRow {
  OfferId id;
  DutyId duty;
  bool withdrawn = false;
  Candidate said;  ///< the offer, or its withdrawal
  struct Claim {
    RoomId room;
    Candidate source;
  };
  std::optional<Claim> claim;
  std::optional<ClaimReturned> returned = {};
  bool arrived = true;
};
struct SwapRow {
  RecordId id;
  DutyId mine;
  DutyId theirs;
  bool withdrawn = false;
  Candidate said;
  struct Answer {
    bool accepted = false;
    Candidate source;
    RoomId from_room = {};  ///< as whoever answered saw them; empty when they did not say
    RoomId to_room = {};
  };
  std::optional<Answer> answer;
  bool arrived = true;
};

struct RotaRows {
  std::map<DutyId, PlannedRow> duties;
  std::vector<OfferRow> offers;
  std::vector<SwapRow> swaps;
};
struct ResolvedRota {
  std::map<DutyId, StoredDuty> duties;
  std::vector<Offer> offers;
  std::vector<StoredSwap> swaps;
};

/// An offer that gives a claim back counts only where that claim does; then the claim moves nothing. A claim or an answer counts unless the
/// offer or swap had been withdrawn before it; what was accepted cannot be withdrawn any more.
[[nodiscard]] ResolvedRota resolve_rota(const RotaRows& rows);

}  // namespace huisbord
