// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl export: residents, leefgeld and appointments as CSV, in the columns that import takes.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/csv_table.h"
#include "app/ctl/field.h"
#include "app/ctl/wording.h"
#include "core/crypto/durable_file.h"
#include "core/domain/stay.h"

namespace huisbord {
namespace {

struct ExportOptions {
  DeskOptions desk;
  std::string house;
  bool ended = false;
  std::filesystem::path out;
};

std::string csv_line(std::initializer_list<std::string> values) {
  std::string line;
  for (const std::string& value : values) line += (line.empty() && &value == values.begin() ? "" : ";") + csv_field(value);
  return line + "\r\n";
}

/// One resident with everything a line is made of.
struct Exported {
  std::string house;
  std::string woongroep;
  std::string room;
  Placing placing;
  PersonRecord record;
};

const char* dutch_kind(EntryKind kind) {
  switch (kind) {
    case EntryKind::week_money:
      return "toekenning";
    case EntryKind::paid_cash:
      return "uitbetaling";
    case EntryKind::paid_card:
      return "uitbetaling pas";
    case EntryKind::deduction:
      return "inhouding";
    case EntryKind::reimbursement:
      return "vergoeding";
    case EntryKind::correction:
      return "correctie";
    case EntryKind::carried:
      return "saldo";  // import leaves it out: it stands for lines of their own
  }
  return "";
}

std::string people_line(const Exported& person) {
  const auto managers = person.record.managers.value_or(CaseManagers{});
  return csv_line({person.house, person.woongroep, person.room, person.record.identity->called,
                   std::string(dutch_name(person.placing.symbol)),
                   person.placing.pastel == Pastel::clay ? "" : std::string(dutch_name(person.placing.pastel)),
                   person.record.preferences.value_or(Preferences{}).language, iso_day(person.placing.from), managers.legal.value_or(""),
                   managers.social.value_or(""), managers.asked_for ? iso_day(*managers.asked_for) : "",
                   person.placing.until ? iso_day(*person.placing.until) : ""});
}

std::string leefgeld_lines(const Exported& person) {
  std::string lines;
  for (auto stored = person.record.entries.rbegin(); stored != person.record.entries.rend(); ++stored) {
    const Entry& entry = stored->entry;
    lines += csv_line({person.house, person.room, person.record.identity->called, std::string(dutch_name(person.placing.symbol)),
                       iso_day(entry.day), dutch_kind(entry.kind), decimal(entry.amount), entry.reason});
  }
  return lines;
}

std::string appointment_lines(const Exported& person) {
  std::string lines;
  for (const StoredAppointment& stored : person.record.appointments) {
    const Appointment& a = stored.appointment;
    const bool timed = a.span == Appointment::Span::timed;
    lines += csv_line({person.house, person.room, person.record.identity->called, iso_day(a.day), timed ? clock_time(a.start) : "",
                       iso_day(a.end_day), timed ? clock_time(a.end) : "", word(a.kind), a.title, a.place, a.with_whom,
                       a.standing == Standing::cancelled ? "cancelled" : "planned", word(a.answer)});
  }
  return lines;
}

struct Form {
  const char* heading;
  std::string (*lines)(const Exported&);
};

Status write_out(const ExportOptions& options, const std::string& text) {
  if (!options.out.empty()) return crypto::replace_file(options.out, view(text));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return {};
}

Status export_as(const ExportOptions& options, const Form& form) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  Vault& vault = desk.vault();
  TRY_ASSIGN(const auto order, desk.people_in_order());
  TRY_ASSIGN(const auto houses, vault.houses());
  std::string text = "\xef\xbb\xbf" + std::string(form.heading) + "\r\n";
  for (const House& house : houses) {
    if (!options.house.empty() && plain_word(house.name) != plain_word(options.house) && house.id.hex() != options.house) continue;
    const auto scope = house.id.as<ScopeTag>();
    TRY_ASSIGN(const auto woongroepen, vault.woongroepen(scope));
    TRY_ASSIGN(const auto rooms, vault.rooms(scope));
    TRY_ASSIGN(auto placings, vault.placings(scope));
    std::ranges::stable_sort(placings, {},
                             [&](const Placing& placing) { return std::ranges::find(order, placing.person) - order.begin(); });
    for (const Placing& placing : placings) {
      const auto key = vault.person_key(placing.person);
      if ((!options.ended && !stays_on(placing, std::max(today, placing.from))) || !key) continue;
      TRY_ASSIGN(PersonRecord record, vault.open_person(scope, placing.person, *key));
      const auto room = std::ranges::find(rooms, placing.room, &Room::id);
      if (!record.identity || room == rooms.end()) continue;
      const auto group = std::ranges::find(woongroepen, room->woongroep, &Woongroep::id);
      const Exported person{house.name, group == woongroepen.end() ? "" : group->name, room->label, placing, std::move(record)};
      text += form.lines(person);
    }
  }
  return write_out(options, text);
}

}  // namespace

void add_export(CLI::App& program, Chosen& chosen) {
  CLI::App* command = program.add_subcommand("export", "write residents, leefgeld or appointments as CSV (personal: keep the file safe)");
  command->require_subcommand(1);
  const auto options = std::make_shared<ExportOptions>();
  add_export_resident(*command, chosen);
  const auto add = [&](const char* name, const char* what, Form form) {
    CLI::App* sub = command->add_subcommand(name, what);
    add_desk_options(*sub, options->desk);
    sub->add_option("--house", options->house, "one house, by name or identifier (else all)");
    sub->add_flag("--ended", options->ended, "also those who have left");
    sub->add_option("--out", options->out, "file to write, for you alone to read (else standard output)");
    sub->callback([options, form, &chosen] { chosen.run = [options, form] { return export_as(*options, form); }; });
  };
  add("people", "residents, as import people takes them",
      {"huis;woongroep;kamer;roepnaam;symbool;kleur;taal;instroom;casemanager juridisch;casemanager sociaal;casemanager gevraagd "
       "op;uitstroom",
       people_line});
  add("leefgeld", "lines of leefgeld, as import leefgeld takes them",
      {"huis;kamer;roepnaam;symbool;datum;soort;bedrag;reden", leefgeld_lines});
  add("appointments", "appointments with their answers",
      {"huis;kamer;roepnaam;dag;van;tot dag;tot;soort;titel;plaats;met wie;stand;antwoord", appointment_lines});
}

}  // namespace huisbord
