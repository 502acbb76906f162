// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl appointment add, cancel: one appointment of one resident.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/resident.h"
#include "app/ctl/wording.h"

namespace huisbord {
namespace {

struct AppointmentOptions {
  DeskOptions desk;
  std::string house;
  std::string person;
  std::string when;
  int minutes = 60;
  std::string kind = "other";
  std::string title;
  std::string place;
  std::string with_whom;
  unsigned travel = 0;
  std::string id;
};

struct When {
  Day day;
  std::optional<MinuteOfDay> minute;  ///< none: the whole day
};

Result<When> parse_when(const std::string& text) {
  const std::size_t gap = text.find_first_of("T ");
  const auto day = parse_day(text.substr(0, gap));
  if (!day) return fail(ErrorCode::invalid, "--when: \"" + text + "\" " + day.error());
  if (gap == std::string::npos) return When{*day, std::nullopt};
  const std::string time = text.substr(gap + 1);
  const auto digit = [&](std::size_t at) { return time[at] >= '0' && time[at] <= '9'; };
  const bool form = time.size() == 5 && time[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4);
  const int hour = form ? (time[0] - '0') * 10 + (time[1] - '0') : 24;
  const int minute = form ? (time[3] - '0') * 10 + (time[4] - '0') : 60;
  if (hour > 23 || minute > 59) return fail(ErrorCode::invalid, "--when: \"" + time + "\" is no time of day; write it as 2026-11-24T14:30");
  return When{*day, MinuteOfDay{hour * 60 + minute}};
}

Status record(Desk& desk, const Resident& resident, Appointment appointment) {
  TRY_ASSIGN(const auto key, desk.vault().person_key(resident.person));
  const std::string id = appointment.id.hex();
  const auto recorded = desk.vault().record(resident.house.as<ScopeTag>(), Actor::none(), resident.person, key, {std::move(appointment)});
  if (!recorded) return std::unexpected(recorded.error());
  std::printf("%s\n", id.c_str());
  return {};
}

Status add(const AppointmentOptions& options) {
  TRY_ASSIGN(const When when, parse_when(options.when));
  const auto kind = appointment_kind(options.kind);
  if (!kind) return fail(ErrorCode::invalid, "--kind: there are " + appointment_kinds());
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const Resident resident, find_resident(desk.vault(), options.house, options.person, today));
  Appointment appointment;
  appointment.id = desk.random().id<AppointmentTag>();
  appointment.kind = *kind;
  appointment.title = options.title;
  appointment.place = options.place;
  appointment.with_whom = options.with_whom;
  appointment.travel_minutes = options.travel;
  appointment.day = when.day;
  appointment.span = when.minute ? Appointment::Span::timed : Appointment::Span::all_day;
  appointment.start = when.minute.value_or(MinuteOfDay{0});
  const int end = when.minute ? when.minute->value + options.minutes : 1439;
  appointment.end_day = when.day + end / 1440;
  appointment.end = MinuteOfDay{end % 1440};
  return record(desk, resident, std::move(appointment));
}

Status cancel(const AppointmentOptions& options) {
  const auto id = AppointmentId::from_hex_text(options.id);
  if (!id) return fail(ErrorCode::invalid, "--id: 32 hexadecimal digits, as show appointments prints them");
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const Resident resident, find_resident(desk.vault(), options.house, options.person, today));
  TRY_ASSIGN(const auto key, desk.vault().person_key(resident.person));
  TRY_ASSIGN(const PersonRecord held, desk.vault().open_person(resident.house.as<ScopeTag>(), resident.person, key));
  const auto found = std::ranges::find(held.appointments, *id, [](const StoredAppointment& stored) { return stored.appointment.id; });
  if (found == held.appointments.end()) return fail(ErrorCode::not_found, "this resident has no such appointment");
  Appointment cancelled = found->appointment;
  cancelled.standing = Standing::cancelled;
  return record(desk, resident, std::move(cancelled));
}

void add_whose(CLI::App& command, AppointmentOptions& options) {
  add_desk_options(command, options.desk);
  command.add_option("--house", options.house, "the house, by name or identifier");
  command.add_option("--person", options.person, "the resident: ROOM/SYMBOL, as 7/paw, or an identifier")->required();
}

}  // namespace

void add_appointment(CLI::App& program, Chosen& chosen) {
  CLI::App* command = program.add_subcommand("appointment", "add or cancel one appointment");
  command->require_subcommand(1);
  const auto options = std::make_shared<AppointmentOptions>();
  CLI::App* adding = command->add_subcommand("add", "a new appointment; prints its identifier");
  add_whose(*adding, *options);
  adding->add_option("--when", options->when, "2026-11-24T14:30, or a day alone")->required();
  adding->add_option("--minutes", options->minutes, "how long")->check(CLI::Range(1, 1440));
  adding->add_option("--kind", options->kind, appointment_kinds());
  adding->add_option("--title", options->title, "as the resident reads it");
  adding->add_option("--place", options->place, "where");
  adding->add_option("--with", options->with_whom, "with whom");
  adding->add_option("--travel", options->travel, "minutes on foot")->check(CLI::Range(0, 600));
  adding->callback([options, &chosen] { chosen.run = [options] { return add(*options); }; });
  CLI::App* cancelling = command->add_subcommand("cancel", "call an appointment off");
  add_whose(*cancelling, *options);
  cancelling->add_option("--id", options->id, "the appointment, as add and show print it")->required();
  cancelling->callback([options, &chosen] { chosen.run = [options] { return cancel(*options); }; });
}

}  // namespace huisbord
