// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl import: one file, one transaction; nothing is written while a line is bad, unless --skip-bad.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/ctl/applied.h"
#include "app/ctl/calendar_text.h"
#include "app/ctl/command.h"
#include "app/ctl/csv_table.h"
#include "app/ctl/resident.h"
#include "app/ctl/source_file.h"

namespace huisbord {
namespace {

struct ImportOptions {
  DeskOptions desk;
  std::filesystem::path file;
  std::string person;
  std::string house;
  bool skip_bad = false;
};

Error in_file(const ImportOptions& options, Error error) {
  error.sentence = options.file.string() + ": " + error.sentence;
  return error;
}

template <class Row>
Status check_bad_lines(const ImportOptions& options, const Reading<Row>& reading) {
  show_remarks(reading.remarks);
  if (reading.bad.empty()) return {};
  show_bad_lines(options.file, reading.bad);
  const std::string count = std::to_string(reading.bad.size()) + (reading.bad.size() == 1 ? " bad line" : " bad lines");
  if (options.skip_bad) {
    std::fprintf(stderr, "note: %s left out\n", count.c_str());
    return {};
  }
  return fail(ErrorCode::invalid,
              options.file.string() + " has " + count + ", so nothing was written; correct them, or leave them out with --skip-bad");
}

Status tell(const Result<Applied>& applied, const char* what) {
  if (!applied) return std::unexpected(applied.error());
  show_remarks(applied->remarks);
  std::printf("%s: %zu new, %zu changed, %zu as before\n", what, applied->added, applied->changed, applied->same);
  return {};
}

Status import_people(const ImportOptions& options) {
  TRY_ASSIGN(const Bytes file, read_source(options.file, max_csv_bytes));
  const auto reading = read_people(file);
  if (!reading) return std::unexpected(in_file(options, reading.error()));
  TRY_STATUS(check_bad_lines(options, *reading));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  return tell(apply_people(desk, reading->rows, today), "residents");
}

Status import_leefgeld(const ImportOptions& options) {
  TRY_ASSIGN(const Bytes file, read_source(options.file, max_csv_bytes));
  auto reading = read_leefgeld(file);
  if (!reading) return std::unexpected(in_file(options, reading.error()));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const auto payees, all_payees(desk, today));
  auto lines = assign_lines(reading->rows, payees);
  lines.bad.insert(lines.bad.begin(), reading->bad.begin(), reading->bad.end());
  std::ranges::stable_sort(lines.bad, {}, &BadLine::line);
  lines.remarks.insert(lines.remarks.begin(), reading->remarks.begin(), reading->remarks.end());
  TRY_STATUS(check_bad_lines(options, lines));
  return tell(apply_leefgeld(desk, lines.rows), "lines of leefgeld");
}

Status import_appointments(const ImportOptions& options) {
  if (options.person.empty() && options.house.empty()) {
    return fail(ErrorCode::invalid,
                "say whose calendar this is: --person ROOM/SYMBOL --house NAME, or --house NAME alone for the house's own");
  }
  TRY_ASSIGN(const Bytes file, read_source(options.file, max_calendar_bytes));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  const auto reading = read_calendar(file, today, system_clock());
  if (!reading) return std::unexpected(in_file(options, reading.error()));
  TRY_STATUS(check_bad_lines(options, *reading));
  if (options.person.empty()) {
    TRY_ASSIGN(const House house, desk.find_house(options.house));
    return tell(apply_activities(desk, house.id, *reading), "activities");
  }
  TRY_ASSIGN(const Resident resident, find_resident(desk.vault(), options.house, options.person, today));
  return tell(apply_appointments(desk, resident.house, resident.person, *reading), "appointments");
}

void add_file_options(CLI::App& command, ImportOptions& options, const char* what) {
  command.add_option("file", options.file, what)->required();
  command.add_flag("--skip-bad", options.skip_bad, "leave bad lines out and write the others");
  add_desk_options(command, options.desk);
}

}  // namespace

void add_import(CLI::App& program, Chosen& chosen) {
  CLI::App* command = program.add_subcommand("import", "take in residents, leefgeld or appointments from a file");
  command->require_subcommand(1);
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* people = command->add_subcommand("people", "residents with house, woongroep and room, from CSV");
  add_file_options(*people, *options, "list of residents (CSV)");
  people->callback([options, &chosen] { chosen.run = [options] { return import_people(*options); }; });
  CLI::App* leefgeld = command->add_subcommand("leefgeld", "lines of leefgeld, from CSV");
  add_file_options(*leefgeld, *options, "list of leefgeld (CSV)");
  leefgeld->callback([options, &chosen] { chosen.run = [options] { return import_leefgeld(*options); }; });
  CLI::App* appointments = command->add_subcommand("appointments", "a resident's calendar, or a house's, from iCalendar");
  add_file_options(*appointments, *options, "calendar (iCalendar)");
  appointments->add_option("--person", options->person, "whose: ROOM/SYMBOL, as 7/paw, or an identifier");
  appointments->add_option("--house", options->house, "the house, by name or identifier");
  appointments->callback([options, &chosen] { chosen.run = [options] { return import_appointments(*options); }; });
}

}  // namespace huisbord
