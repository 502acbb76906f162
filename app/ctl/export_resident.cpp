// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl export resident: everything that is held about one resident, to read and to take along.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/resident.h"
#include "app/ctl/wording.h"
#include "core/crypto/durable_file.h"
#include "core/domain/leefgeld.h"

namespace huisbord {
namespace {

struct ResidentOptions {
  DeskOptions desk;
  std::string house;
  std::string person;
  std::filesystem::path out;
};

class Page {
 public:
  void heading(const std::string& text) { text_ += "\n" + text + "\n"; }
  /// Nothing is written of what is not there.
  void line(const std::string& what, const std::string& value) {
    if (!value.empty()) text_ += "  " + what + ": " + value + "\n";
  }
  void line(const std::string& value) { text_ += "  " + value + "\n"; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_ = "Everything that Huisbord holds about one resident\n";
};

std::string day_or_nothing(const std::optional<Day>& day) { return day ? iso_day(*day) : ""; }

void add_stay(Page& page, const Vault& vault, const House& house, const Placing& placing) {
  page.heading("Stay");
  page.line("house", house.name);
  const auto rooms = vault.rooms(house.id.as<ScopeTag>());
  const auto groups = vault.woongroepen(house.id.as<ScopeTag>());
  for (const Room& room : rooms.value_or(std::vector<Room>{})) {
    if (room.id != placing.room) continue;
    for (const Woongroep& group : groups.value_or(std::vector<Woongroep>{})) {
      if (group.id == room.woongroep) page.line("woongroep", group.name);
    }
    page.line("room", room.label);
  }
  page.line("symbol", std::string(dutch_name(placing.symbol)) + ", " + std::string(dutch_name(placing.pastel)));
  page.line("from", iso_day(placing.from));
  page.line("until", day_or_nothing(placing.until));
}

void add_person(Page& page, const PersonRecord& record) {
  page.heading("Person");
  if (record.identity) {
    page.line("called", record.identity->called);
    page.line("arrived", iso_day(record.identity->arrived));
  }
  if (record.preferences) {
    static constexpr const char* sizes[] = {"100 %", "130 %", "160 %", "200 %"};
    page.line("language", record.preferences->language);
    page.line("text size", sizes[(static_cast<std::size_t>(record.preferences->text_size) - 1) % 4]);
    page.line("contrast", record.preferences->contrast == Contrast::high ? "high" : "normal");
  }
  if (record.managers) {
    page.line("legal casemanager", record.managers->legal.value_or(""));
    page.line("social casemanager", record.managers->social.value_or(""));
    page.line("casemanager asked for on", day_or_nothing(record.managers->asked_for));
  }
  if (record.plan) page.line("plan", "step " + std::to_string(record.plan->step) + " of " + std::to_string(record.plan->of));
}

std::string word_of(Bring bring) {
  switch (bring) {
    case Bring::house_pass:
      return "house pass";
    case Bring::letter:
      return "letter";
    case Bring::photos:
      return "photos";
    case Bring::papers:
      return "papers";
    case Bring::medicine:
      return "medicine";
  }
  return "";
}

void add_appointments(Page& page, const PersonRecord& record) {
  page.heading("Appointments");
  for (const StoredAppointment& stored : record.appointments) {
    const Appointment& a = stored.appointment;
    const bool timed = a.span == Appointment::Span::timed;
    page.line(iso_day(a.day) + (timed ? " " + clock_time(a.start) : "") + " to " + iso_day(a.end_day) +
              (timed ? " " + clock_time(a.end) : "") + ", " + word(a.kind) + (a.standing == Standing::cancelled ? ", called off" : ""));
    page.line("  title", a.title);
    page.line("  place", a.place);
    page.line("  with", a.with_whom + (a.with_role.empty() ? "" : " (" + a.with_role + ")"));
    if (a.travel_minutes != 0) page.line("  minutes on foot", std::to_string(a.travel_minutes));
    for (const Bring bring : a.bring) page.line("  bring", word_of(bring));
    page.line("  answer", word(a.answer));
    page.line("  from calendar", a.source_uid);
  }
}

void add_leefgeld(Page& page, const PersonRecord& record) {
  page.heading("Leefgeld");
  std::vector<Entry> entries;
  for (auto stored = record.entries.rbegin(); stored != record.entries.rend(); ++stored) {
    const Entry& entry = stored->entry;
    page.line(iso_day(entry.day) + ", " + word(entry.kind) + ", " + decimal(entry.amount) +
              (entry.corrects ? ", corrects " + entry.corrects->hex() : ""));
    page.line("  reason", entry.reason);
    if (entry.question != QuestionState::none)
      page.line("  question", word(entry.question) + (entry.answer_by ? ", answer due " + iso_day(*entry.answer_by) : ""));
    entries.push_back(entry);
  }
  page.line("balance", decimal(balance(entries)));
}

Status export_resident(const ResidentOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  const Vault& vault = desk.vault();
  auto person = PersonId::from_hex_text(options.person);
  if (!person) {
    TRY_ASSIGN(const Resident resident, find_resident(vault, options.house, options.person, today));
    person = resident.person;
  }
  TRY_ASSIGN(const auto key, vault.person_key(*person));
  TRY_ASSIGN(const auto houses, vault.houses());
  Page page;
  bool found = false;
  // Every house that somebody stayed in holds a record of its own.
  for (const House& house : houses) {
    TRY_ASSIGN(const auto placings, vault.placings(house.id.as<ScopeTag>()));
    for (const Placing& placing : placings) {
      if (placing.person != *person) continue;
      found = true;
      TRY_ASSIGN(const PersonRecord record, vault.open_person(house.id.as<ScopeTag>(), *person, key));
      add_stay(page, vault, house, placing);
      add_person(page, record);
      add_appointments(page, record);
      add_leefgeld(page, record);
    }
  }
  if (!found) return fail(ErrorCode::not_found, "nobody of that identifier has stayed in a house that is held here");
  if (!options.out.empty()) return crypto::replace_file(options.out, view(page.text()));
  std::fwrite(page.text().data(), 1, page.text().size(), stdout);
  return {};
}

}  // namespace

void add_export_resident(CLI::App& exporting, Chosen& chosen) {
  const auto options = std::make_shared<ResidentOptions>();
  CLI::App* command = exporting.add_subcommand("resident", "everything that is held about one resident, also of ended stays, to read");
  add_desk_options(*command, options->desk);
  command->add_option("--house", options->house, "the house, by name or identifier");
  command->add_option("--person", options->person, "the resident: ROOM/SYMBOL, as 7/paw, or an identifier (also of who has left)")
      ->required();
  command->add_option("--out", options->out, "file to write, for you alone to read (else standard output)");
  command->callback([options, &chosen] { chosen.run = [options] { return export_resident(*options); }; });
}

}  // namespace huisbord
