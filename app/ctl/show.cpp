// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl show: what the store holds, as text for the terminal.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/resident.h"
#include "app/ctl/wording.h"
#include "core/domain/stay.h"

namespace huisbord {
namespace {

struct ShowOptions {
  DeskOptions desk;
  std::string house;
  std::string person;
  std::string from;
  int days = 7;
};

void line(const std::string& text) { std::printf("%s\n", text.c_str()); }

std::string padded(std::string text, std::size_t width) {
  // By characters, not bytes, so that names with accents stand in line.
  const auto characters =
      static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
  if (characters < width) text.append(width - characters, ' ');
  return text + "  ";
}

struct Opened {
  Desk desk;
  Day today;
};

Result<Opened> opened(const ShowOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  return Opened{std::move(desk), today};
}

Result<std::vector<House>> chosen_houses(Desk& desk, const std::string& house) {
  if (house.empty()) return desk.vault().houses();
  TRY_ASSIGN(House found, desk.find_house(house));
  return std::vector<House>{std::move(found)};
}

Status show_houses(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  Vault& vault = at.desk.vault();
  TRY_ASSIGN(const auto houses, chosen_houses(at.desk, options.house));
  for (const House& house : houses) {
    const auto scope = house.id.as<ScopeTag>();
    TRY_ASSIGN(const auto woongroepen, vault.woongroepen(scope));
    TRY_ASSIGN(const auto rooms, vault.rooms(scope));
    TRY_ASSIGN(const auto placings, vault.placings(scope));
    TRY_ASSIGN(const auto tasks, vault.tasks(scope));
    const auto here = std::ranges::count_if(placings, [&](const Placing& placing) { return stays_on(placing, at.today); });
    line(padded(house.name, 24) + house.id.hex() + "  " + std::to_string(woongroepen.size()) + " woongroepen, " +
         std::to_string(rooms.size()) + " rooms, " + std::to_string(here) + " residents, " + std::to_string(tasks.size()) + " tasks");
  }
  return {};
}

Status show_people(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  Vault& vault = at.desk.vault();
  TRY_ASSIGN(const auto houses, chosen_houses(at.desk, options.house));
  for (const House& house : houses) {
    const auto scope = house.id.as<ScopeTag>();
    line(house.name);
    TRY_ASSIGN(const auto rooms, vault.rooms(scope));
    TRY_ASSIGN(const auto placings, vault.placings(scope));
    for (const Room& room : rooms) {
      for (const Placing& placing : placings) {
        if (placing.room != room.id || !stays_on(placing, at.today)) continue;
        std::string called = "(no key here)";
        std::string language;
        if (const auto key = vault.person_key(placing.person)) {
          TRY_ASSIGN(const PersonRecord record, vault.open_person(scope, placing.person, *key));
          called = record.identity ? record.identity->called : "";
          language = record.preferences ? record.preferences->language : "";
        }
        line("  " + padded(room.label, 4) +
             padded(std::string(dutch_name(placing.symbol)) + "/" + std::string(dutch_name(placing.pastel)), 16) + padded(called, 16) +
             padded(language, 2) + "since " + iso_day(placing.from) + "  " + placing.person.hex());
      }
    }
  }
  return {};
}

Status show_appointments(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  TRY_ASSIGN(const Resident resident, find_resident(at.desk.vault(), options.house, options.person, at.today));
  TRY_ASSIGN(const auto key, at.desk.vault().person_key(resident.person));
  TRY_ASSIGN(const PersonRecord record, at.desk.vault().open_person(resident.house.as<ScopeTag>(), resident.person, key));
  for (const StoredAppointment& stored : record.appointments) {
    const Appointment& a = stored.appointment;
    if (a.end_day < at.today) continue;
    line(padded(iso_day(a.day) + (a.span == Appointment::Span::all_day ? "      " : " " + clock_time(a.start)), 16) +
         padded(word(a.kind), 12) + padded(a.title, 28) + padded(a.place, 20) +
         padded(a.standing == Standing::cancelled ? "cancelled" : word(a.answer), 12) + a.id.hex());
  }
  return {};
}

Status show_leefgeld(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  TRY_ASSIGN(const Resident resident, find_resident(at.desk.vault(), options.house, options.person, at.today));
  TRY_ASSIGN(const auto key, at.desk.vault().person_key(resident.person));
  TRY_ASSIGN(const PersonRecord record, at.desk.vault().open_person(resident.house.as<ScopeTag>(), resident.person, key));
  std::vector<Entry> entries;
  for (const StoredEntry& stored : record.entries) {
    const Entry& entry = stored.entry;
    entries.push_back(entry);
    line(iso_day(entry.day) + "  " + padded(word(entry.kind), 14) + padded(decimal(entry.amount), 10) + padded(entry.reason, 40) +
         word(entry.question));
  }
  line("balance     " + decimal(balance(entries)));
  return {};
}

Status show_duties(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  Day from = at.today;
  if (!options.from.empty()) {
    const auto day = parse_day(options.from);
    if (!day) return fail(ErrorCode::invalid, "--from: \"" + options.from + "\" " + day.error());
    from = *day;
  }
  TRY_ASSIGN(const auto houses, chosen_houses(at.desk, options.house));
  for (const House& house : houses) {
    const auto scope = house.id.as<ScopeTag>();
    TRY_ASSIGN(const auto rooms, at.desk.vault().rooms(scope));
    std::map<RoomId, std::string> labels;
    for (const Room& room : rooms) labels.emplace(room.id, room.label);
    TRY_ASSIGN(const auto duties, at.desk.vault().duties(scope, from, from + options.days - 1));
    line(house.name);
    for (const StoredDuty& stored : duties) {
      const Duty& duty = stored.duty;
      std::string state = duty.done ? "done" : duty.open_offer ? "offered" : "open";
      if (duty.room != duty.planned_room) state += ", was room " + labels[duty.planned_room];
      line("  " + iso_day(duty.day) + "  " + padded(word(duty.place), 12) + "room " + padded(labels[duty.room], 4) + padded(state, 22) +
           duty.id.hex());
    }
  }
  return {};
}

Status show_notices(const ShowOptions& options) {
  TRY_ASSIGN(Opened at, opened(options));
  std::vector<std::pair<std::string, ScopeId>> scopes{{"every house", at.desk.org()}};
  TRY_ASSIGN(const auto houses, chosen_houses(at.desk, options.house));
  for (const House& house : houses) scopes.emplace_back(house.name, house.id.as<ScopeTag>());
  for (const auto& [name, scope] : scopes) {
    TRY_ASSIGN(const auto notices, at.desk.vault().all_notices(scope));
    for (const Notice& notice : notices) {
      if (notice.until < at.today) continue;
      line(padded(name, 24) + iso_day(notice.from) + " to " + iso_day(notice.until) + "  " + text_in(notice, "nl").title +
           (notice.withdrawn ? "  (withdrawn)" : ""));
    }
  }
  return {};
}

}  // namespace

void add_show(CLI::App& program, Chosen& chosen) {
  CLI::App* command = program.add_subcommand("show", "print what the store holds");
  command->require_subcommand(1);
  const auto options = std::make_shared<ShowOptions>();
  const auto add = [&](const char* name, const char* what, Status (*run)(const ShowOptions&)) {
    CLI::App* sub = command->add_subcommand(name, what);
    add_desk_options(*sub, options->desk);
    sub->add_option("--house", options->house, "the house, by name or identifier");
    sub->callback([options, run, &chosen] { chosen.run = [options, run] { return run(*options); }; });
    return sub;
  };
  add("houses", "houses with their size", show_houses);
  add("people", "residents with room, symbol and name", show_people);
  add("notices", "notices from today on", show_notices);
  const char* whose = "the resident: ROOM/SYMBOL, as 7/paw, or an identifier";
  add("appointments", "a resident's appointments from today on, with the answers", show_appointments)
      ->add_option("--person", options->person, whose)
      ->required();
  add("leefgeld", "a resident's leefgeld and balance", show_leefgeld)->add_option("--person", options->person, whose)->required();
  CLI::App* duties = add("duties", "the rota", show_duties);
  duties->add_option("--from", options->from, "first day (else today)");
  duties->add_option("--days", options->days, "how many days")->check(CLI::Range(1, 366));
}

}  // namespace huisbord
