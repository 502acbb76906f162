// SPDX-License-Identifier: GPL-3.0-or-later
// The changes about one person, gathered by record and sealed into boxes (FORMAT.md 7).
#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/box.h"
#include "core/crypto/memory.h"
#include "core/journal/personal.pb.h"
#include "core/store/change_encoding.h"

namespace huisbord {

namespace {

struct Target {
  RecordId record;
  std::uint32_t slot = 0;
  Table table = Table::person;
  Week wanted;  ///< where the change itself would stand
  bool must_exist = false;
};

struct TargetOf {
  PersonId person;
  Target operator()(const IdentitySet&) const { return of_person(slots::identity); }
  Target operator()(const PreferencesSet&) const { return of_person(slots::preferences); }
  Target operator()(const CaseManagersSet&) const { return of_person(slots::case_managers); }
  Target operator()(const PlanStep&) const { return of_person(slots::plan_step); }
  Target operator()(const Appointment& a) const {
    return {a.id.as<RecordTag>(), slots::main, Table::appointment, week_of(std::max(a.day, a.end_day)), false};
  }
  Target operator()(const AppointmentAnswered& a) const {
    return {a.appointment.as<RecordTag>(), slots::appointment_answer, Table::appointment, no_week, true};
  }
  Target operator()(const EntryAdded& e) const {
    return {e.entry.id.as<RecordTag>(), slots::main, Table::entry, week_of(e.entry.day), false};
  }
  Target operator()(const EntryQuestioned& q) const {
    return {q.entry.as<RecordTag>(), slots::entry_question, Table::entry, no_week, true};
  }

 private:
  Target of_person(std::uint32_t slot) const { return {person_record(person), slot, Table::person, no_week, false}; }
};

template <class Enum>
std::uint32_t number(Enum value) {
  return static_cast<std::uint32_t>(value);
}

struct Writer {
  journal::PersonalChange& into;

  void operator()(const IdentitySet& set) const {
    into.mutable_identity()->set_called(set.identity.called);
    into.mutable_identity()->set_arrived(set.identity.arrived.value);
  }
  void operator()(const PreferencesSet& set) const {
    auto& to = *into.mutable_preferences();
    to.set_language(set.preferences.language);
    to.set_text_size(number(set.preferences.text_size));
    to.set_contrast(number(set.preferences.contrast));
  }
  void operator()(const CaseManagersSet& set) const {
    auto& to = *into.mutable_case_managers();
    to.set_legal(set.managers.legal.value_or(""));
    to.set_social(set.managers.social.value_or(""));
    to.set_asked(set.managers.asked_for.has_value());
    to.set_asked_for(set.managers.asked_for.value_or(Day{}).value);
  }
  void operator()(const PlanStep& step) const {
    into.mutable_plan_step()->set_step(step.step);
    into.mutable_plan_step()->set_of(step.of);
  }
  void operator()(const Appointment& from) const {
    auto& to = *into.mutable_appointment();
    to.set_kind(number(from.kind));
    to.set_title(from.title);
    to.set_day(from.day.value);
    to.set_start(number(from.start.value));
    to.set_end_day(from.end_day.value);
    to.set_end(number(from.end.value));
    to.set_span(number(from.span));
    to.set_place(from.place);
    to.set_with_whom(from.with_whom);
    to.set_with_role(from.with_role);
    to.set_travel_minutes(from.travel_minutes);
    for (const Bring bring : from.bring) to.add_bring(number(bring));
    to.set_standing(number(from.standing));
    to.set_source_uid(from.source_uid);
    to.set_source_sequence(from.source_sequence);
  }
  void operator()(const AppointmentAnswered& answered) const { into.mutable_appointment_answered()->set_answer(number(answered.answer)); }
  void operator()(const EntryAdded& added) const {
    auto& to = *into.mutable_entry();
    to.set_day(added.entry.day.value);
    to.set_cents(added.entry.amount.value);
    to.set_kind(number(added.entry.kind));
    to.set_reason(added.entry.reason);
    if (added.entry.corrects) to.set_corrects(to_string(added.entry.corrects->bytes));
    for (const Covered& covered : added.entry.covers) {
      to.add_covers()->set_device(covered.device);
      to.mutable_covers()->rbegin()->set_up_to(covered.up_to);
    }
  }
  void operator()(const EntryQuestioned& questioned) const {
    into.mutable_entry_questioned()->set_state(number(questioned.state));
    into.mutable_entry_questioned()->set_answer_by(questioned.answer_by.value);
  }
};

}  // namespace

Result<std::size_t> encode_changes(const ScopeId& scope, const PersonId& person, const crypto::SecretBytes& key,
                                   std::span<const PersonalChange> changes, const FindWeek& find, Random& random, crypto::SecretBytes& room,
                                   journal::Operation& into) {
  CHECK(!changes.empty());
  const Target target = std::visit(TargetOf{person}, changes.front());
  Week week = target.wanted;
  // A fresh entry stands in no other week.
  if (target.must_exist || target.table == Table::appointment) {
    TRY_ASSIGN(const std::optional<Week> found, find(target.table, person, target.record, target.must_exist ? any_week : target.wanted));
    if (target.must_exist && !found) return fail(ErrorCode::not_found, "That appointment or entry is not in this store.");
    if (!target.must_exist && found && *found != target.wanted) return stands_elsewhere();
    week = found.value_or(week);
  }

  into.Clear();
  journal::Personal personal;
  std::vector<std::uint32_t> written;
  for (const PersonalChange& change : changes) {
    const Target next = std::visit(TargetOf{person}, change);
    if (next.record != target.record || std::ranges::find(written, next.slot) != written.end()) break;
    if (!next.must_exist && next.wanted != week) return stands_elsewhere();
    written.push_back(next.slot);
    std::visit(Writer{*personal.add_changes()}, change);
  }
  const std::size_t size = personal.ByteSizeLong();
  if (size > max_box_size) return fail(ErrorCode::limit, "A change about a person is too long.");
  if (room.size() < max_box_size) room = crypto::SecretBytes::of_size(max_box_size);
  const auto opened = room.mutable_view().first(size);
  if (!personal.SerializeToArray(opened.data(), static_cast<int>(size)))
    return fail(ErrorCode::invalid, "A change about a person holds a text that is not UTF-8.");
  const Bytes box = crypto::seal_box(key, box_associated(scope, target.record, person, written), opened, random);
  crypto::wipe(opened);
  into.set_kind(number(Kind::personal));
  into.set_term_class(number(term_of_table(target.table)));
  into.set_term_week(static_cast<std::uint32_t>(std::max(week.value, 0)));
  into.set_record(to_string(target.record.bytes));
  into.set_person(to_string(person.bytes));
  for (const std::uint32_t slot : written) into.add_slots(slot);
  into.set_box(to_string(box));
  return written.size();
}

}  // namespace huisbord
