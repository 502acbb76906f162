// SPDX-License-Identifier: GPL-3.0-or-later
// The administration's list of leefgeld (huis; kamer; roepnaam; datum; soort; bedrag; reden) and whose each line is.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "app/ctl/bad_line.h"
#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/domain/leefgeld.h"
#include "core/domain/person.h"

namespace huisbord {

struct LeefgeldRow {
  std::size_t line = 0;
  std::string house;
  std::string room;
  std::string called;
  std::optional<Symbol> symbol;  ///< tells namesakes in one room apart
  Day day;
  EntryKind kind = EntryKind::week_money;
  Cents amount;
  std::string reason;
};

[[nodiscard]] Result<Reading<LeefgeldRow>> read_leefgeld(ByteView file);

/// A resident as this list names one.
struct Payee {
  PersonId person;
  std::string house;
  std::string room;
  std::string called;
  Symbol symbol = Symbol::boat;
  Pastel pastel = Pastel::peach;
};

/// A line and whose it is, with its place among lines of that resident that are alike in every value (0 for the first).
struct LeefgeldLine {
  const LeefgeldRow* row = nullptr;
  PersonId person;
  std::size_t repetition = 0;
};

/// Finds each line's resident. Namesakes who share a room are told apart by symbol; without that column by the order of the list, which
/// goes resident by resident and day by day: where the day goes back, the next namesake begins, in the order of `payees`. That is remarked
/// upon, and refused when there are not exactly as many blocks as namesakes.
[[nodiscard]] Reading<LeefgeldLine> assign_lines(std::span<const LeefgeldRow> rows, std::span<const Payee> payees);

}  // namespace huisbord
