// SPDX-License-Identifier: GPL-3.0-or-later
// The list of residents as an organisation hands it over (huis; woongroep; kamer; roepnaam; symbool; taal; instroom; ...).
#pragma once

#include <optional>
#include <string>

#include "app/ctl/bad_line.h"
#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/domain/person.h"

namespace huisbord {

struct PersonRow {
  std::size_t line = 0;
  std::string house;
  std::string woongroep;
  std::string room;
  std::string called;
  std::optional<Symbol> symbol;
  std::optional<Pastel> pastel;
  std::string language;
  Day arrived;
  CaseManagers managers;
  std::optional<Day> left;  ///< before today: not somebody to let in
};

[[nodiscard]] Result<Reading<PersonRow>> read_people(ByteView file);

}  // namespace huisbord
