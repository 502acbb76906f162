// SPDX-License-Identifier: GPL-3.0-or-later
// A spreadsheet's CSV as rows of text under known headings, each row with its line in the file.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ctl/bad_line.h"
#include "core/base/bytes.h"
#include "core/base/error.h"

namespace huisbord {

inline constexpr std::size_t max_csv_bytes = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t max_csv_rows = 200000;
inline constexpr std::size_t max_csv_columns = 64;
inline constexpr std::size_t max_csv_value = 4096;  ///< bytes of one value

/// A column that an importer knows: its headings in any case, the first is the one shown.
struct Column {
  std::vector<std::string_view> headings;
  enum class Need : std::uint8_t { required, optional } need = Need::required;
};

struct CsvRow {
  std::size_t line = 0;             ///< where it begins
  std::vector<std::string> values;  ///< one per asked column, trimmed; empty when the file has no such column
};

/// Comma, semicolon or tab is found from the heading; order of columns is free; unknown columns become remarks. A row with more or fewer
/// values than the heading is bad. invalid when the heading lacks a required column; too_large, naming the limit.
[[nodiscard]] Result<Reading<CsvRow>> read_csv(ByteView file, std::span<const Column> columns);

/// One value as a field of a CSV line, quoted when it has to be.
[[nodiscard]] std::string csv_field(std::string_view value);

}  // namespace huisbord
