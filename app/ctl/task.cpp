// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl task add: what a woongroep does again and again.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/wording.h"

namespace huisbord {
namespace {

struct TaskOptions {
  DeskOptions desk;
  std::string house;
  std::string woongroep;
  std::string place;
  std::string before = "21:00";
  std::string weekdays = "1234567";
};

Result<std::uint8_t> parse_weekdays(const std::string& text) {
  std::uint8_t days = 0;
  for (const char c : text) {
    if (c < '1' || c > '7') return fail(ErrorCode::invalid, "--days: write 1 for Monday to 7 for Sunday, as 135");
    days = static_cast<std::uint8_t>(days | 1u << (c - '1'));
  }
  return days;
}

Result<MinuteOfDay> parse_before(const std::string& text) {
  const bool form = text.size() == 5 && text[2] == ':' && text.find_first_not_of("0123456789:") == std::string::npos;
  const int hour = form ? (text[0] - '0') * 10 + (text[1] - '0') : 24;
  const int minute = form ? (text[3] - '0') * 10 + (text[4] - '0') : 60;
  if (hour > 23 || minute > 59) return fail(ErrorCode::invalid, "--before: write a time of day, as 21:00");
  return MinuteOfDay{hour * 60 + minute};
}

Status add(const TaskOptions& options) {
  const auto place = task_place(options.place);
  if (!place) return fail(ErrorCode::invalid, "--place: there are " + task_places());
  TRY_ASSIGN(const std::uint8_t weekdays, parse_weekdays(options.weekdays));
  TRY_ASSIGN(const MinuteOfDay before, parse_before(options.before));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const House house, desk.find_house(options.house));
  TRY_ASSIGN(const auto woongroepen, desk.vault().woongroepen(house.id.as<ScopeTag>()));
  std::vector<ChangeToRecord> changes;
  for (const Woongroep& woongroep : woongroepen) {
    if (!options.woongroep.empty() && plain_word(woongroep.name) != plain_word(options.woongroep)) continue;
    // One task a place: the same again changes its hour and days.
    const auto id = desk.derive<TaskTag>("task", woongroep.id.hex() + word(*place));
    changes.push_back({house.id.as<ScopeTag>(), Actor::none(), OpenChange{Task{id, woongroep.id, *place, before, weekdays}}});
  }
  if (changes.empty()) {
    return fail(ErrorCode::not_found,
                "the house has no woongroep" + (options.woongroep.empty() ? " yet" : " \"" + options.woongroep + "\""));
  }
  TRY_STATUS(desk.vault().record_all(changes));
  std::printf("%zu tasks\n", changes.size());
  return {};
}

}  // namespace

void add_task(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<TaskOptions>();
  CLI::App* command = program.add_subcommand("task", "set what a woongroep has to do");
  command->require_subcommand(1);
  CLI::App* adding = command->add_subcommand("add", "a task for one woongroep, or for all of a house");
  add_desk_options(*adding, options->desk);
  adding->add_option("--house", options->house, "the house, by name or identifier")->required();
  adding->add_option("--woongroep", options->woongroep, "its name; without it, every woongroep of the house");
  adding->add_option("--place", options->place, task_places())->required();
  adding->add_option("--before", options->before, "done by this time of day");
  adding->add_option("--days", options->weekdays, "on which weekdays: 1 is Monday, 7 is Sunday");
  adding->callback([options, &chosen] { chosen.run = [options] { return add(*options); }; });
}

}  // namespace huisbord
