// SPDX-License-Identifier: GPL-3.0-or-later
// libcsv, fed line by line so that every row knows where it began.
#include "app/ctl/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <set>

#include "app/ctl/source_file.h"

namespace huisbord {
namespace {

struct RawRow {
  std::size_t line = 0;
  std::vector<std::string> values;
};

/// Lines of any ending, with it, so that the parser sees the file as it is.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view next() {
    std::size_t end = rest_.find_first_of("\r\n");
    if (end == std::string_view::npos) {
      end = rest_.size();
    } else {
      end += rest_.substr(end, 2) == "\r\n" ? std::size_t{2} : std::size_t{1};
    }
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return line;
  }

 private:
  std::string_view rest_;
};

constexpr int row_not_begun = 0;           // libcsv's state, which its header does not name
constexpr std::size_t growth = 64 * 1024;  // of its buffer, so that a value without end costs few reallocations

class Parser {
 public:
  explicit Parser(char delimiter) : delimiter_(static_cast<unsigned char>(delimiter)) { start(); }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  Result<Reading<RawRow>> run(std::string_view text) {
    Lines lines(text);
    while (!lines.done() && !over_) {
      ++line_;
      feed(lines.next());
    }
    if (!over_ && csv_fini(&parser_, on_value, on_row, this) != 0) {
      reading_.bad.push_back({row_line_, "", "", "a quotation mark is opened on this line and never closed"});
    }
    if (over_) return fail(ErrorCode::too_large, *over_);
    return std::move(reading_);
  }

 private:
  void start() {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser_, delimiter_);
    csv_set_blk_size(&parser_, growth);
  }

  void feed(std::string_view line) {
    if (!in_row_) row_line_ = line_;
    in_row_ = true;
    const std::size_t taken = csv_parse(&parser_, line.data(), line.size(), on_value, on_row, this);
    if (taken == line.size()) {
      if (parser_.pstate == row_not_begun) in_row_ = false;  // a blank line begins nothing
      return;
    }
    reading_.bad.push_back(
        {row_line_, "", "", "a quotation mark stands inside a value; put the whole value in quotation marks and write it twice inside"});
    csv_free(&parser_);
    start();
    values_.clear();
    in_row_ = false;
  }

  static void on_value(void* data, std::size_t size, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    if (size > max_csv_value) {
      parser.over_ = "line " + std::to_string(parser.row_line_) + " holds a value of more than " + std::to_string(max_csv_value) +
                     " bytes, the most there may be; is a quotation mark left open?";
    } else if (parser.values_.size() == max_csv_columns) {
      parser.over_ = "line " + std::to_string(parser.row_line_) + " has more than " + std::to_string(max_csv_columns) + " columns";
    } else {
      parser.values_.emplace_back(static_cast<const char*>(data), size);
    }
  }

  static void on_row(int, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    if (parser.reading_.rows.size() == max_csv_rows) {
      parser.over_ = "the file has more than " + std::to_string(max_csv_rows) + " rows; split it";
    }
    if (!parser.over_) parser.reading_.rows.push_back({parser.row_line_, std::move(parser.values_)});
    parser.values_.clear();
    parser.in_row_ = false;
  }

  csv_parser parser_{};
  unsigned char delimiter_;
  Reading<RawRow> reading_;
  std::vector<std::string> values_;
  std::optional<std::string> over_;
  std::size_t line_ = 0;
  std::size_t row_line_ = 0;
  bool in_row_ = false;
};

char find_delimiter(std::string_view text) {
  const std::string_view heading = text.substr(0, text.find_first_of("\r\n"));
  char best = ';';
  std::ptrdiff_t most = 0;
  for (const char candidate : {';', ',', '\t'}) {
    const std::ptrdiff_t count = std::ranges::count(heading, candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

std::string as_heading(std::string_view text) {
  std::string heading = trimmed(text);
  std::ranges::transform(heading, heading.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::ranges::replace(heading, '_', ' ');
  return heading;
}

/// For each asked column its place in the file.
Result<std::vector<std::optional<std::size_t>>> place_columns(const RawRow& heading, std::span<const Column> columns,
                                                              std::vector<std::string>& remarks) {
  std::vector<std::optional<std::size_t>> places(columns.size());
  for (std::size_t at = 0; at < heading.values.size(); ++at) {
    const std::string name = as_heading(heading.values[at]);
    const auto known = std::ranges::find_if(
        columns, [&](const Column& column) { return std::ranges::find(column.headings, name) != column.headings.end(); });
    if (known == columns.end()) {
      remarks.push_back(name.empty() ? "column " + std::to_string(at + 1) + " has no heading and is left out"
                                     : "column \"" + trimmed(heading.values[at]) + "\" is not known and is left out");
      continue;
    }
    auto& place = places[static_cast<std::size_t>(known - columns.begin())];
    if (place) return fail(ErrorCode::invalid, "the heading names the column \"" + std::string(known->headings[0]) + "\" twice");
    place = at;
  }
  std::string missing;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!places[i] && columns[i].need == Column::Need::required)
      missing += (missing.empty() ? "" : ", ") + std::string(columns[i].headings[0]);
  }
  if (!missing.empty()) {
    return fail(ErrorCode::invalid,
                "line " + std::to_string(heading.line) + " must hold the headings of the columns, and lacks: " + missing);
  }
  return places;
}

}  // namespace

Result<Reading<CsvRow>> read_csv(ByteView file, std::span<const Column> columns) {
  if (file.size() > max_csv_bytes)
    return fail(ErrorCode::too_large, "a CSV file may have " + std::to_string(max_csv_bytes) + " bytes at most");
  TRY_ASSIGN(const std::string text, decode_text(file));
  TRY_ASSIGN(Reading<RawRow> raw, Parser(find_delimiter(text)).run(text));
  if (raw.rows.empty()) return fail(ErrorCode::invalid, "the file is empty: there is no line with headings");
  Reading<CsvRow> reading;
  reading.bad = std::move(raw.bad);
  const RawRow& heading = raw.rows.front();
  TRY_ASSIGN(const auto places, place_columns(heading, columns, reading.remarks));
  for (const RawRow& row : std::span(raw.rows).subspan(1)) {
    // Excel writes rows of separators alone below a table.
    if (std::ranges::all_of(row.values, [](const std::string& value) { return trimmed(value).empty(); })) continue;
    if (row.values.size() != heading.values.size()) {
      reading.bad.push_back({row.line, "", "",
                             "has " + std::to_string(row.values.size()) + " values where the heading has " +
                                 std::to_string(heading.values.size()) + "; a value with a separator in it needs quotation marks"});
      continue;
    }
    CsvRow& made = reading.rows.emplace_back();
    made.line = row.line;
    for (const auto& place : places) made.values.push_back(place ? trimmed(row.values[*place]) : std::string());
  }
  return reading;
}

std::string csv_field(std::string_view value) {
  if (value.find_first_of(";,\"\r\n\t") == std::string_view::npos) return std::string(value);
  std::string quoted(value.size() * 2 + 2, '\0');
  quoted.resize(csv_write(quoted.data(), quoted.size(), value.data(), value.size()));
  return quoted;
}

}  // namespace huisbord
