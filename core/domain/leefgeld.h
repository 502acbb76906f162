// SPDX-License-Identifier: GPL-3.0-or-later
// Leefgeld: entries that are only ever added, the balance as their sum, and a resident's question about one.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/domain/refusal.h"

namespace huisbord {

enum class EntryKind : std::uint8_t { week_money = 1, paid_cash, paid_card, deduction, reimbursement, correction, carried };
enum class QuestionState : std::uint8_t { none = 0, asked = 1, answered, withdrawn };

/// Which operations a carried balance stands for: everything of a device up to a number.
struct Covered {
  std::uint32_t device = 0;
  std::uint64_t up_to = 0;
};

struct Entry {
  EntryId id;
  Day day;
  Cents amount;  ///< positive: to the resident's credit
  EntryKind kind = EntryKind::week_money;
  std::string reason;  ///< the sentence the resident reads
  std::optional<EntryId> corrects;
  std::vector<Covered> covers;  ///< only of a carried balance
  QuestionState question = QuestionState::none;
  std::optional<Day> answer_by;
  std::uint32_t device = 0;  ///< who wrote it, for carried balances
  std::uint64_t number = 0;
};

struct EntryAdded {
  Entry entry;
};
struct EntryQuestioned {
  EntryId entry;
  QuestionState state = QuestionState::asked;
  Day answer_by;
};

/// The latest carried balance plus every entry that it does not cover. Order of the entries does not matter.
[[nodiscard]] Cents balance(const std::vector<Entry>& entries);
/// A question is answered within 7 days (domain.md: a promised date stays visible).
[[nodiscard]] std::expected<EntryQuestioned, Refusal> question_entry(const Entry& entry, Day today);
[[nodiscard]] std::expected<EntryQuestioned, Refusal> withdraw_question(const Entry& entry, Day today);

/// A rate holds from a day on (configuration with a start date, never a constant).
struct RatePart {
  enum class For : std::uint8_t { all = 1, food, clothing, travel } what = For::all;
  Cents amount;
};
struct Rate {
  RecordId id;
  Day from;
  std::uint8_t payday = 3;  ///< 0 is Monday
  std::vector<RatePart> parts;
};
struct NextPayment {
  Day day;
  Cents total;
  std::vector<RatePart> parts;
};
/// Nothing when no rate holds.
[[nodiscard]] std::optional<NextPayment> next_payment(const std::vector<Rate>& rates, Day today);

}  // namespace huisbord
