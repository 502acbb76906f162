// SPDX-License-Identifier: GPL-3.0-or-later
// One resident's record: the winning boxes opened in memory, decoded, and wiped again.
#include <algorithm>
#include <tuple>

#include "core/crypto/box.h"
#include "core/crypto/memory.h"
#include "core/store/change_decoding.h"
#include "core/store/reading.h"

namespace huisbord {

namespace {

void wipe_text(std::string& text) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}
void wipe_text(std::optional<std::string>& text) {
  if (text) wipe_text(*text);
  text.reset();
}
void wipe_appointment(Appointment& appointment) {
  for (std::string* text :
       {&appointment.title, &appointment.place, &appointment.with_whom, &appointment.with_role, &appointment.source_uid})
    wipe_text(*text);
}

/// Reads a person's sealed rows into a record.
class Opening {
 public:
  Opening(const Rows& rows, const PublishedScope& scope, const ScopeId& id, const crypto::SecretBytes& key, PersonRecord& into)
      : rows_(rows), scope_(scope), id_(id), key_(key), into_(into) {}

  Status open(Table table) {
    TRY_ASSIGN(const std::vector<Row> won, rows_.winners_of(table, into_.person));
    // No growing: a moved text would leave its letters behind.
    if (table == Table::appointment) into_.appointments.reserve(won.size());
    if (table == Table::entry) into_.entries.reserve(won.size());
    for (const Row& row : won) {
      TRY_STATUS(rows_.load(row, operation_));
      const Status shown = open_row(table, row);
      // Whoever can write in the house can write a box that opens for nobody: it shows nothing, and hides nothing else.
      if (!shown && shown.error().code != ErrorCode::seal) return shown;
      ++(shown ? opened_ : closed_);
    }
    return {};
  }
  /// Nothing opened, although something is there: that is another person's key.
  [[nodiscard]] bool is_wrong_key() const { return opened_ == 0 && closed_ != 0; }

 private:
  Status open_row(Table table, const Row& row) {
    const std::vector<std::uint32_t> written(operation_.slots().begin(), operation_.slots().end());
    const auto index = static_cast<int>(std::ranges::find(written, row.slot) - written.begin());
    TRY_ASSIGN(const crypto::SecretBytes opened,
               crypto::open_box(key_, box_associated(id_, row.record, into_.person, written), view(operation_.box())));
    journal::Personal personal;
    const bool parsed = personal.ParseFromArray(opened.view().data(), static_cast<int>(opened.size()));
    // What the box holds beside the slot that won is not shown, but it was decoded: it goes with the others.
    if (parsed && index < personal.changes_size()) decode(table, row, *personal.mutable_changes(index));
    wipe_message(personal);
    return {};
  }

  void decode(Table table, const Row& row, journal::PersonalChange& change) {
    const bool arrived = has_arrived(scope_, row.source);
    if (table == Table::person) {
      if (row.slot == slots::identity && change.has_identity()) into_.identity = take_identity(*change.mutable_identity());
      if (row.slot == slots::preferences && change.has_preferences()) {
        into_.preferences = take_preferences(*change.mutable_preferences());
        into_.preferences_arrived = arrived;
      }
      if (row.slot == slots::case_managers && change.has_case_managers()) into_.managers = take_managers(*change.mutable_case_managers());
      if (row.slot == slots::plan_step && change.has_plan_step()) into_.plan = take_plan_step(into_.person, change.plan_step());
    } else if (table == Table::appointment) {
      if (row.slot == slots::main && change.has_appointment())
        into_.appointments.push_back({take_appointment(row.record, *change.mutable_appointment()), arrived, true});
      auto& all = into_.appointments;
      if (row.slot == slots::appointment_answer && change.has_appointment_answered() && !all.empty() &&
          all.back().appointment.id.bytes == row.record.bytes) {
        all.back().appointment.answer = known(change.appointment_answered().answer(), Answer::please_move).value_or(Answer::none);
        all.back().answer_arrived = arrived;
      }
    } else if (table == Table::entry) {
      auto& all = into_.entries;
      if (row.slot == slots::main && change.has_entry()) {
        if (auto entry = take_entry(row.record, *change.mutable_entry())) {
          entry->device = row.source.device;
          entry->number = row.source.number;
          all.push_back({std::move(*entry), arrived, true});
        }
      }
      if (row.slot == slots::entry_question && change.has_entry_questioned() && !all.empty() &&
          all.back().entry.id.bytes == row.record.bytes) {
        all.back().entry.question = known(change.entry_questioned().state(), QuestionState::withdrawn).value_or(QuestionState::none);
        all.back().entry.answer_by = decode_day(change.entry_questioned().answer_by());
        all.back().question_arrived = arrived;
      }
    }
  }

  static void wipe_message(journal::Personal& personal) {
    for (journal::PersonalChange& change : *personal.mutable_changes()) {
      if (change.has_identity()) wipe_text(*change.mutable_identity()->mutable_called());
      if (change.has_preferences()) wipe_text(*change.mutable_preferences()->mutable_language());
      if (change.has_case_managers()) {
        wipe_text(*change.mutable_case_managers()->mutable_legal());
        wipe_text(*change.mutable_case_managers()->mutable_social());
      }
      if (change.has_appointment()) {
        journal::Appointment& appointment = *change.mutable_appointment();
        for (std::string* text : {appointment.mutable_title(), appointment.mutable_place(), appointment.mutable_with_whom(),
                                  appointment.mutable_with_role(), appointment.mutable_source_uid()})
          wipe_text(*text);
      }
      if (change.has_entry()) wipe_text(*change.mutable_entry()->mutable_reason());
    }
  }

  const Rows& rows_;
  const PublishedScope& scope_;
  const ScopeId& id_;
  const crypto::SecretBytes& key_;
  PersonRecord& into_;
  journal::Operation operation_;
  std::size_t opened_ = 0;
  std::size_t closed_ = 0;
};

}  // namespace

PersonRecord& PersonRecord::operator=(PersonRecord&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  person = other.person;
  identity = std::move(other.identity);
  preferences = std::move(other.preferences);
  preferences_arrived = other.preferences_arrived;
  managers = std::move(other.managers);
  plan = other.plan;
  appointments = std::move(other.appointments);
  entries = std::move(other.entries);
  other.wipe();
  return *this;
}

void PersonRecord::wipe() {
  if (identity) wipe_text(identity->called);
  if (preferences) wipe_text(preferences->language);
  if (managers) {
    wipe_text(managers->legal);
    wipe_text(managers->social);
  }
  for (StoredAppointment& one : appointments) wipe_appointment(one.appointment);
  for (StoredEntry& one : entries) wipe_text(one.entry.reason);
  identity.reset();
  preferences.reset();
  managers.reset();
  plan.reset();
  appointments.clear();
  entries.clear();
}

Result<PersonRecord> Vault::open_person(const ScopeId& house, const PersonId& person, const crypto::SecretBytes& person_key) const {
  return read_scope<PersonRecord>(*state_, house, [&](const Rows& rows, const PublishedScope& scope) -> Result<PersonRecord> {
    PersonRecord record;
    record.person = person;
    Opening opening(rows, scope, house, person_key, record);
    for (const Table table : {Table::person, Table::appointment, Table::entry}) TRY_STATUS(opening.open(table));
    if (opening.is_wrong_key()) return fail(ErrorCode::seal, "That person's record does not open with this key.");
    std::ranges::sort(record.appointments, {}, [](const StoredAppointment& one) {
      return std::tie(one.appointment.day, one.appointment.start, one.appointment.id);
    });
    std::ranges::sort(record.entries, [](const StoredEntry& a, const StoredEntry& b) {
      return std::tie(b.entry.day, b.entry.id) < std::tie(a.entry.day, a.entry.id);
    });
    return record;
  });
}

}  // namespace huisbord
