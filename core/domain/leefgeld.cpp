// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of entries that are only added, questions about them, and the next day on which leefgeld is paid.
#include "core/domain/leefgeld.h"

#include <algorithm>
#include <tuple>

namespace huisbord {
namespace {

constexpr int days_to_answer = 7;
constexpr int days_in_week = 7;

auto age(const Entry& entry) { return std::tie(entry.day, entry.device, entry.number, entry.id); }

bool covers(const Entry& carried, const Entry& entry) {
  return std::ranges::any_of(carried.covers,
                             [&](const Covered& covered) { return covered.device == entry.device && entry.number <= covered.up_to; });
}

const Rate* rate_on(const std::vector<Rate>& rates, Day day) {
  const Rate* held = nullptr;
  for (const Rate& rate : rates) {
    if (rate.from > day) continue;
    if (held == nullptr || std::tie(held->from, held->id) < std::tie(rate.from, rate.id)) held = &rate;
  }
  return held;
}

std::optional<NextPayment> payment_in_week_from(const std::vector<Rate>& rates, Day first) {
  for (Day day = first; day < first + days_in_week; day = day + 1) {
    const Rate* rate = rate_on(rates, day);
    if (rate == nullptr || rate->payday != weekday_of(day)) continue;
    NextPayment payment{day, {}, rate->parts};
    for (const RatePart& part : rate->parts) payment.total += part.amount;
    return payment;
  }
  return std::nullopt;
}

}  // namespace

Cents balance(const std::vector<Entry>& entries) {
  const Entry* carried = nullptr;
  for (const Entry& entry : entries) {
    if (entry.kind == EntryKind::carried && (carried == nullptr || age(*carried) < age(entry))) carried = &entry;
  }
  Cents sum = carried == nullptr ? Cents{} : carried->amount;
  for (const Entry& entry : entries) {
    // An older carried balance stands for lines that the latest one stands for too: adding it would count them twice.
    if (entry.kind == EntryKind::carried) continue;
    if (carried == nullptr || !covers(*carried, entry)) sum += entry.amount;
  }
  return sum;
}

std::expected<EntryQuestioned, Refusal> question_entry(const Entry& entry, Day today) {
  if (entry.question == QuestionState::asked) return std::unexpected(Refusal::already_asked);
  return EntryQuestioned{entry.id, QuestionState::asked, today + days_to_answer};
}

std::expected<EntryQuestioned, Refusal> withdraw_question(const Entry& entry, Day today) {
  if (entry.question != QuestionState::asked) return std::unexpected(Refusal::nothing_to_undo);
  return EntryQuestioned{entry.id, QuestionState::withdrawn, entry.answer_by.value_or(today)};
}

std::optional<NextPayment> next_payment(const std::vector<Rate>& rates, Day today) {
  // A payday can move only where a rate begins, so looking at one week from today and from each such day is enough.
  std::vector<Day> starts{today};
  for (const Rate& rate : rates) {
    if (rate.from > today) starts.push_back(rate.from);
  }
  std::ranges::sort(starts);
  for (const Day start : starts) {
    if (auto payment = payment_in_week_from(rates, start)) return payment;
  }
  return std::nullopt;
}

}  // namespace huisbord
