// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of leefgeld out of CSV, and the resident each belongs to.
#include "app/ctl/leefgeld_csv.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/ctl/csv_table.h"
#include "app/ctl/field.h"

namespace huisbord {
namespace {

enum Place : std::size_t { house, room, called, symbol, day, kind, amount, reason };

const std::vector<Column>& columns() {
  using enum Column::Need;
  static const std::vector<Column> all{
      {{"huis", "house"}, required},     {{"kamer", "room"}, required},   {{"roepnaam", "naam", "name"}, required},
      {{"symbool", "symbol"}, optional}, {{"datum", "date"}, required},   {{"soort", "kind"}, required},
      {{"bedrag", "amount"}, required},  {{"reden", "reason"}, optional},
  };
  return all;
}

constexpr std::size_t longest_name = 64;
constexpr std::size_t longest_reason = 200;

Field<EntryKind> parse_kind(std::string_view text) {
  static const std::map<std::string, EntryKind, std::less<>> kinds{
      {"toekenning", EntryKind::week_money},    {"weekgeld", EntryKind::week_money},         {"week money", EntryKind::week_money},
      {"uitbetaling", EntryKind::paid_cash},    {"contant", EntryKind::paid_cash},           {"uitbetaling contant", EntryKind::paid_cash},
      {"paid in cash", EntryKind::paid_cash},   {"uitbetaling pas", EntryKind::paid_card},   {"pas", EntryKind::paid_card},
      {"paid by card", EntryKind::paid_card},   {"inhouding", EntryKind::deduction},         {"deduction", EntryKind::deduction},
      {"vergoeding", EntryKind::reimbursement}, {"reimbursement", EntryKind::reimbursement}, {"correctie", EntryKind::correction},
      {"correction", EntryKind::correction},
  };
  const auto found = kinds.find(plain_word(text));
  if (found == kinds.end()) {
    return std::unexpected("is no kind of line; there are: toekenning, uitbetaling, uitbetaling pas, inhouding, vergoeding, correctie");
  }
  return found->second;
}

// The sign must agree with the kind: a list that writes payouts without a minus would turn every balance round.
std::optional<std::string> wrong_sign(EntryKind entry_kind, Cents cents) {
  const bool gives = entry_kind == EntryKind::week_money || entry_kind == EntryKind::reimbursement;
  const bool takes = entry_kind == EntryKind::paid_cash || entry_kind == EntryKind::paid_card || entry_kind == EntryKind::deduction;
  if (gives && cents < Cents{0})
    return "is negative, but this kind of line adds to the balance; write it without a minus or as a correctie";
  if (takes && cents > Cents{0}) return "is positive, but this kind of line lowers the balance; write it with a minus";
  return std::nullopt;
}

auto same_line(const LeefgeldRow& row) { return std::tie(row.house, row.room, row.called, row.day, row.kind, row.amount, row.reason); }

std::vector<const Payee*> candidates(const LeefgeldRow& row, std::span<const Payee> payees) {
  std::vector<const Payee*> found;
  for (const Payee& payee : payees) {
    const bool named = plain_word(payee.house) == plain_word(row.house) && plain_word(payee.room) == plain_word(row.room) &&
                       plain_word(payee.called) == plain_word(row.called);
    if (named && (!row.symbol || *row.symbol == payee.symbol)) found.push_back(&payee);
  }
  return found;
}

/// All lines of one house, room and name, in the order of the file.
struct Namesakes {
  std::vector<const LeefgeldRow*> rows;
  std::vector<const Payee*> people;
};

std::vector<std::vector<const LeefgeldRow*>> blocks_of(const std::vector<const LeefgeldRow*>& rows) {
  std::vector<std::vector<const LeefgeldRow*>> blocks;
  for (const LeefgeldRow* row : rows) {
    if (blocks.empty() || row->day < blocks.back().back()->day) blocks.emplace_back();
    blocks.back().push_back(row);
  }
  return blocks;
}

void assign_blocks(const Namesakes& group, Reading<LeefgeldLine>& reading) {
  const auto blocks = blocks_of(group.rows);
  const LeefgeldRow& first = *group.rows.front();
  if (blocks.size() != group.people.size()) {
    for (const LeefgeldRow* row : group.rows) {
      reading.bad.push_back({row->line, "roepnaam", row->called,
                             std::to_string(group.people.size()) + " residents of room " + row->room +
                                 " have this name; add a column \"symbool\" that says who is meant"});
    }
    return;
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    for (const LeefgeldRow* row : blocks[i]) reading.rows.push_back({row, group.people[i]->person, 0});
    reading.remarks.push_back("room " + first.room + " has " + std::to_string(blocks.size()) + " residents of one name: lines " +
                              std::to_string(blocks[i].front()->line) + " to " + std::to_string(blocks[i].back()->line) +
                              " are taken as those of " + std::string(dutch_name(group.people[i]->symbol)) + "/" +
                              std::string(dutch_name(group.people[i]->pastel)) + "; a column \"symbool\" would make it certain");
  }
}

void number_repetitions(std::vector<LeefgeldLine>& lines) {
  std::ranges::sort(lines, {}, [](const LeefgeldLine& line) { return line.row->line; });
  std::map<std::pair<PersonId, decltype(same_line(std::declval<const LeefgeldRow&>()))>, std::size_t> seen;
  for (LeefgeldLine& line : lines) line.repetition = seen[{line.person, same_line(*line.row)}]++;
}

}  // namespace

Result<Reading<LeefgeldRow>> read_leefgeld(ByteView file) {
  TRY_ASSIGN(Reading<CsvRow> table, read_csv(file, columns()));
  Reading<LeefgeldRow> reading{{}, std::move(table.bad), std::move(table.remarks)};
  std::size_t carried = 0;
  for (const CsvRow& source : table.rows) {
    if (plain_word(source.values[kind]) == "saldo") {
      ++carried;
      continue;
    }
    LeefgeldRow row;
    row.line = source.line;
    bool good = true;
    const auto report = [&](Place place, std::string why) {
      reading.bad.push_back({source.line, std::string(columns()[place].headings[0]), source.values[place], std::move(why)});
      good = false;
    };
    const auto text = [&](Place place, std::string& into, std::size_t longest) {
      into = source.values[place];
      if (into.empty() && columns()[place].need == Column::Need::required) report(place, "is empty");
      if (into.size() > longest) report(place, "is longer than " + std::to_string(longest) + " bytes");
    };
    const auto parsed = [&](Place place, auto parse, auto& into) {
      if (source.values[place].empty() && columns()[place].need == Column::Need::optional) return;
      if (auto value = parse(source.values[place])) {
        into = *value;
      } else {
        report(place, source.values[place].empty() ? "is empty" : value.error());
      }
    };
    text(house, row.house, longest_name);
    text(room, row.room, longest_name);
    text(called, row.called, longest_name);
    parsed(symbol, parse_symbol, row.symbol);
    parsed(day, parse_day, row.day);
    parsed(kind, parse_kind, row.kind);
    parsed(amount, parse_cents, row.amount);
    text(reason, row.reason, longest_reason);
    if (good) {
      if (auto why = wrong_sign(row.kind, row.amount)) report(amount, *why);
    }
    if (good) reading.rows.push_back(std::move(row));
  }
  if (carried > 0)
    reading.remarks.push_back(std::to_string(carried) + " carried balances (saldo) are left out: they stand for lines of their own");
  std::ranges::stable_sort(reading.bad, {}, &BadLine::line);
  return reading;
}

Reading<LeefgeldLine> assign_lines(std::span<const LeefgeldRow> rows, std::span<const Payee> payees) {
  Reading<LeefgeldLine> reading;
  std::map<std::tuple<std::string, std::string, std::string>, Namesakes> ambiguous;
  for (const LeefgeldRow& row : rows) {
    auto people = candidates(row, payees);
    if (people.size() == 1) {
      reading.rows.push_back({&row, people.front()->person, 0});
    } else if (people.empty()) {
      reading.bad.push_back({row.line, "roepnaam", row.called,
                             "nobody of this name" + std::string(row.symbol ? " and symbol" : "") + " stays in room " + row.room + " of " +
                                 row.house + "; import the residents first, or correct the line"});
    } else {
      auto& group = ambiguous[{plain_word(row.house), plain_word(row.room), plain_word(row.called)}];
      group.rows.push_back(&row);
      group.people = std::move(people);
    }
  }
  for (const auto& [key, group] : ambiguous) assign_blocks(group, reading);
  number_repetitions(reading.rows);
  std::ranges::sort(reading.bad, {}, &BadLine::line);
  return reading;
}

}  // namespace huisbord
