// SPDX-License-Identifier: GPL-3.0-or-later
// What reading somebody's file gives: the rows that are good, the lines that are not and why, and remarks for the operator.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace huisbord {

/// Shown to the operator, who has the file in front of them; `value` never reaches a log.
struct BadLine {
  std::size_t line = 0;  ///< from 1, as an editor counts
  std::string column;    ///< heading of the column, or name of the calendar property; may be empty
  std::string value;     ///< as it stands in the file; may be empty
  std::string reason;    ///< what is wrong and what to write instead
};

template <class Row>
struct Reading {
  std::vector<Row> rows;
  std::vector<BadLine> bad;
  std::vector<std::string> remarks;
};

}  // namespace huisbord
