// SPDX-License-Identifier: GPL-3.0-or-later
// Residents out of CSV: which columns there are and what each must hold.
#include "app/ctl/people_csv.h"

#include <algorithm>

#include "app/ctl/csv_table.h"
#include "app/ctl/field.h"

namespace huisbord {
namespace {

enum Place : std::size_t { house, woongroep, room, called, symbol, pastel, language, arrived, legal, social, asked_for, left };

const std::vector<Column>& columns() {
  using enum Column::Need;
  static const std::vector<Column> all{
      {{"huis", "house"}, required},
      {{"woongroep"}, required},
      {{"kamer", "room"}, required},
      {{"roepnaam", "naam", "name"}, required},
      {{"symbool", "symbol"}, optional},
      {{"kleur", "colour"}, optional},
      {{"taal", "language"}, optional},
      {{"instroom", "aankomst", "arrived"}, required},
      {{"casemanager juridisch", "legal casemanager"}, optional},
      {{"casemanager sociaal", "social casemanager"}, optional},
      {{"casemanager gevraagd op", "casemanager asked for"}, optional},
      {{"uitstroom", "left"}, optional},
  };
  return all;
}

constexpr std::size_t longest_name = 64;

class RowReader {
 public:
  RowReader(const CsvRow& row, std::vector<BadLine>& bad) : row_(row), bad_(bad) {}

  std::string text(Place place) {
    const std::string& value = row_.values[place];
    if (value.empty() && columns()[place].need == Column::Need::required) report(place, "is empty");
    if (value.size() > longest_name) report(place, "is longer than " + std::to_string(longest_name) + " bytes");
    return value;
  }
  template <class T>
  std::optional<T> parsed(Place place, Field<T> (*parse)(std::string_view)) {
    const std::string& value = row_.values[place];
    if (value.empty()) {
      if (columns()[place].need == Column::Need::required) report(place, "is empty");
      return std::nullopt;
    }
    auto result = parse(value);
    if (result) return *result;
    report(place, result.error());
    return std::nullopt;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  void report(Place place, std::string reason) {
    bad_.push_back({row_.line, std::string(columns()[place].headings[0]), row_.values[place], std::move(reason)});
    good_ = false;
  }
  const CsvRow& row_;
  std::vector<BadLine>& bad_;
  bool good_ = true;
};

std::optional<std::string> unless_empty(std::string text) { return text.empty() ? std::nullopt : std::optional(std::move(text)); }

}  // namespace

Result<Reading<PersonRow>> read_people(ByteView file) {
  TRY_ASSIGN(Reading<CsvRow> table, read_csv(file, columns()));
  Reading<PersonRow> reading{{}, std::move(table.bad), std::move(table.remarks)};
  for (const CsvRow& row : table.rows) {
    RowReader reader(row, reading.bad);
    PersonRow person;
    person.line = row.line;
    person.house = reader.text(house);
    person.woongroep = reader.text(woongroep);
    person.room = reader.text(room);
    person.called = reader.text(called);
    person.symbol = reader.parsed(symbol, parse_symbol);
    person.pastel = reader.parsed(pastel, parse_pastel);
    person.language = reader.parsed(language, parse_language).value_or("");
    person.arrived = reader.parsed(arrived, parse_day).value_or(Day{});
    person.managers.legal = unless_empty(reader.text(legal));
    person.managers.social = unless_empty(reader.text(social));
    person.managers.asked_for = reader.parsed(asked_for, parse_day);
    person.left = reader.parsed(left, parse_day);
    if (reader.good()) reading.rows.push_back(std::move(person));
  }
  std::ranges::stable_sort(reading.bad, {}, &BadLine::line);
  return reading;
}

}  // namespace huisbord
