// SPDX-License-Identifier: GPL-3.0-or-later
// Duties, offers and swaps of some days, as they stand after every take-over and swap.
#include <algorithm>
#include <tuple>

#include "core/store/change_decoding.h"
#include "core/store/reading.h"
#include "core/store/resolved_rota.h"

namespace huisbord {

namespace {

/// Gathers the rows of some weeks, and of every other week that a swap reaches into.
class RotaReading {
 public:
  RotaReading(const Rows& rows, const PublishedScope& scope) : rows_(rows), scope_(scope) {}

  Result<RotaRows> read(Week from, Week to) {
    TRY_STATUS(read_tasks());
    TRY_ASSIGN(const std::vector<Week> weeks, rows_.weeks(Table::duty));
    for (const Week week : weeks) {
      if (from <= week && week <= to) TRY_STATUS(read_week(week));
    }
    // A swap stands in the week of its later duty.
    TRY_STATUS(read_swaps(from, last_week));
    std::erase_if(gathered_.swaps, [&](const SwapRow& swap) { return !holds(swap.mine) && !holds(swap.theirs); });
    for (std::size_t i = 0; i < gathered_.swaps.size(); ++i) {
      for (const DutyId& duty : {gathered_.swaps[i].mine, gathered_.swaps[i].theirs}) {
        if (holds(duty)) continue;
        for (const Week week : weeks) {
          TRY_ASSIGN(const bool there, rows_.holds(Table::duty, week, {}, duty.as<RecordTag>()));
          if (!there) continue;
          TRY_STATUS(read_week(week));
          TRY_STATUS(read_swaps(week, last_week));
          break;
        }
      }
    }
    return std::move(gathered_);
  }

 private:
  [[nodiscard]] bool holds(const DutyId& duty) const { return gathered_.duties.contains(duty); }

  Status read_tasks() {
    TRY_ASSIGN(const std::vector<Row> won, rows_.winners(Table::task, no_week, no_week));
    for (const Row& row : won) {
      TRY_STATUS(rows_.load(row, operation_));
      if (const auto task = decode_task(row.record, operation_)) tasks_.emplace(task->id, *task);
    }
    return {};
  }

  Status read_week(Week week) {
    TRY_ASSIGN(const std::vector<Row> duties, rows_.winners(Table::duty, week, week));
    for (const Row& row : duties) {
      TRY_STATUS(rows_.load(row, operation_));
      const auto id = row.record.as<DutyTag>();
      if (row.slot == slots::main) {
        const auto task = tasks_.find(id_of<TaskId>(operation_.duty_planned().task()));
        if (task == tasks_.end()) continue;
        const auto room = id_of<RoomId>(operation_.duty_planned().room());
        Duty duty{
            id, task->first, task->second.place, decode_day(operation_.duty_planned().day()), task->second.before, room, room, false, {},
            {}, {}};
        gathered_.duties[id] = {std::move(duty), has_arrived(scope_, row.source)};
      } else if (const auto planned = gathered_.duties.find(id); row.slot == slots::duty_done && planned != gathered_.duties.end()) {
        planned->second.duty.done = operation_.duty_done().done();
        planned->second.arrived = planned->second.arrived && has_arrived(scope_, row.source);
      }
    }
    TRY_ASSIGN(const std::vector<Row> offers, rows_.winners(Table::offer, week, week));
    for (const Row& row : offers) {
      TRY_STATUS(rows_.load(row, operation_));
      const auto id = row.record.as<OfferTag>();
      if (row.slot == slots::main) {
        const journal::DutyOffered& said = operation_.duty_offered();
        std::optional<ClaimReturned> returned;
        if (!said.returned().empty()) returned = {id_of<OfferId>(said.returned()), id_of<RoomId>(said.room())};
        gathered_.offers.push_back(
            {id, id_of<DutyId>(said.duty()), said.withdrawn(), row.source, std::nullopt, returned, has_arrived(scope_, row.source)});
      } else if (row.slot == slots::offer_claimed && !gathered_.offers.empty() && gathered_.offers.back().id == id) {
        OfferRow& offer = gathered_.offers.back();
        if (id_of<DutyId>(operation_.duty_claimed().duty()) != offer.duty) continue;
        offer.claim = {id_of<RoomId>(operation_.duty_claimed().room()), row.source};
        offer.arrived = offer.arrived && has_arrived(scope_, row.source);
      }
    }
    return {};
  }

  Status read_swaps(Week from, Week to) {
    TRY_ASSIGN(const std::vector<Row> swaps, rows_.winners(Table::swap, from, to));
    bool skip = false;
    for (const Row& row : swaps) {
      if (row.slot == slots::main) {
        skip = !known_swaps_.insert(row.record).second;
        if (skip) continue;
        TRY_STATUS(rows_.load(row, operation_));
        const journal::SwapProposed& said = operation_.swap_proposed();
        gathered_.swaps.push_back({row.record, id_of<DutyId>(said.mine()), id_of<DutyId>(said.theirs()), said.withdrawn(), row.source,
                                   std::nullopt, has_arrived(scope_, row.source)});
      } else if (row.slot == slots::swap_answered && !skip && !gathered_.swaps.empty() && gathered_.swaps.back().id == row.record) {
        TRY_STATUS(rows_.load(row, operation_));
        SwapRow& swap = gathered_.swaps.back();
        const journal::SwapAnswered& said = operation_.swap_answered();
        swap.answer = {said.accepted(), row.source, id_of<RoomId>(said.from_room()), id_of<RoomId>(said.to_room())};
        swap.arrived = swap.arrived && has_arrived(scope_, row.source);
      }
    }
    return {};
  }

  const Rows& rows_;
  const PublishedScope& scope_;
  RotaRows gathered_;
  std::map<TaskId, Task> tasks_;
  std::set<RecordId> known_swaps_;
  journal::Operation operation_;
};

Result<ResolvedRota> read_rota(Vault::State& state, const ScopeId& house, Day from, Day to) {
  return read_scope<ResolvedRota>(state, house, [&](const Rows& rows, const PublishedScope& scope) -> Result<ResolvedRota> {
    TRY_ASSIGN(const RotaRows gathered, RotaReading(rows, scope).read(week_of(from), week_of(to)));
    return resolve_rota(gathered);
  });
}

bool on_days(const ResolvedRota& view, const DutyId& duty, Day from, Day to) {
  const auto found = view.duties.find(duty);
  return found != view.duties.end() && from <= found->second.duty.day && found->second.duty.day <= to;
}

}  // namespace

Result<std::vector<StoredDuty>> Vault::duties(const ScopeId& house, Day from, Day to) const {
  TRY_ASSIGN(const ResolvedRota view, read_rota(*state_, house, from, to));
  std::vector<StoredDuty> found;
  for (const auto& [id, duty] : view.duties) {
    if (from <= duty.duty.day && duty.duty.day <= to) found.push_back(duty);
  }
  std::ranges::sort(found, {}, [](const StoredDuty& one) { return std::tie(one.duty.day, one.duty.place, one.duty.id); });
  return found;
}

Result<std::vector<Offer>> Vault::offers(const ScopeId& house, Day from, Day to) const {
  TRY_ASSIGN(ResolvedRota view, read_rota(*state_, house, from, to));
  std::erase_if(view.offers, [&](const Offer& offer) { return !on_days(view, offer.duty, from, to); });
  std::ranges::sort(view.offers, {}, &Offer::id);
  return std::move(view.offers);
}

Result<std::vector<StoredSwap>> Vault::swaps(const ScopeId& house, Day from, Day to) const {
  TRY_ASSIGN(ResolvedRota view, read_rota(*state_, house, from, to));
  std::erase_if(view.swaps, [&](const StoredSwap& one) {
    return !on_days(view, one.swap.mine, from, to) && !on_days(view, one.swap.theirs, from, to);
  });
  std::ranges::sort(view.swaps, {}, [](const StoredSwap& one) { return one.swap.id; });
  return std::move(view.swaps);
}

}  // namespace huisbord
