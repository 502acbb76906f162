// SPDX-License-Identifier: GPL-3.0-or-later
// A spreadsheet that somebody hands in: as a table, as a list of residents, as lines of leefgeld, and value by value.
#include <fstream>
#include <iterator>

#include "app/ctl/csv_table.h"
#include "app/ctl/field.h"
#include "app/ctl/leefgeld_csv.h"
#include "app/ctl/people_csv.h"
#include "app/ctl/source_file.h"
#include "core/base/check.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t { rows = 0, people = 1, leefgeld = 2, value = 3 };

void run_rows(ByteView file) {
  static const std::vector<Column> columns{{{"huis", "house"}, Column::Need::required}, {{"reden"}, Column::Need::optional}};
  const auto read = read_csv(file, columns);
  if (!read) return;
  CHECK(read->rows.size() <= max_csv_rows);
  for (const CsvRow& row : read->rows) {
    CHECK(row.values.size() == columns.size() && row.line > 1);
    for (const std::string& text : row.values) CHECK(text.size() <= max_csv_value);
  }
  // What we write, we read the same.
  if (read->rows.empty()) return;
  std::string written = "huis;reden\n" + csv_field(read->rows[0].values[0]) + ";" + csv_field(read->rows[0].values[1]) + "\n";
  const auto again = read_csv(view(written), columns);
  CHECK(again && (again->rows.empty() || again->rows[0].values == read->rows[0].values));
}

void run_leefgeld(ByteView file) {
  const auto read = read_leefgeld(file);
  if (!read) return;
  std::vector<Payee> payees;
  for (const LeefgeldRow& row : read->rows) {
    CHECK(row.amount >= Cents{-10'000'000} && row.amount <= Cents{10'000'000});
    if (payees.size() < 2) payees.push_back({.person = {}, .house = row.house, .room = row.room, .called = row.called});
  }
  const auto assigned = assign_lines(read->rows, payees);
  CHECK(assigned.rows.size() + assigned.bad.size() <= read->rows.size());
}

void run_value(ByteView bytes) {
  const auto text = decode_text(bytes);
  if (!text) return;
  if (const auto day = parse_day(*text)) CHECK(parse_day(iso_day(*day)) == *day);
  if (const auto cents = parse_cents(*text)) CHECK(parse_cents(decimal(*cents)) == *cents);
  if (const auto symbol = parse_symbol(*text)) CHECK(parse_symbol(dutch_name(*symbol)) == *symbol);
  if (const auto pastel = parse_pastel(*text)) CHECK(parse_pastel(dutch_name(*pastel)) == *pastel);
  if (const auto language = parse_language(*text)) CHECK(!language->empty());
  CHECK(shortened(*text, 7).size() <= 7);
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const char* name : {"leefgeld.csv", "people-bad.csv", "people-comma.csv", "people-windows1252.csv", "people.csv"}) {
    std::ifstream in(std::string(HUISBORD_SOURCE_DIR "/tests/app/ctl/fixtures/") + name, std::ios::binary);
    const Bytes file{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    CHECK(!file.empty());
    for (const Shape shape : {rows, people, leefgeld}) all.push_back(shaped(shape, file));
  }
  for (const char* text : {"9-7-2026", "2026-07-09 00:00", "-7,50", "€ 1.234,50", "fiets", "perzik", "Tigrinya"})
    all.push_back(shaped(value, view(text)));
  all.push_back(shaped(rows, view("huis\treden\n\"a\tb\"\"\"\t\"c\r\nd\"\n")));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  const ByteView rest = input.subspan(1);
  if (input[0] == rows) run_rows(rest);
  if (input[0] == people) {
    if (const auto read = read_people(rest))
      for (const PersonRow& row : read->rows) CHECK(row.line > 1 && !row.house.empty());
  }
  if (input[0] == leefgeld) run_leefgeld(rest);
  if (input[0] == value) run_value(rest);
}

}  // namespace huisbord::fuzz
