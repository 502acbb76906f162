// SPDX-License-Identifier: GPL-3.0-or-later
// The session's side: one resident's view out of opened boxes, and their commands.
#include <algorithm>

#include "app/kiosk/house_actions.h"
#include "core/base/check.h"

namespace huisbord {
namespace {

Arrival mark(bool arrived) { return arrived ? Arrival::arrived : Arrival::saved_here; }

void wipe_text(std::string& text) {
  volatile char* at = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) at[i] = '\0';
  text.clear();
}

/// The rota shows the coming two weeks of one's own.
constexpr int days_ahead = 13;

}  // namespace

void wipe(ResidentView& view) {
  wipe_text(view.identity.called);
  for (auto* name : {&view.managers.legal, &view.managers.social})
    if (*name) wipe_text(**name);
  for (AppointmentView& a : view.appointments)
    for (std::string* text :
         {&a.appointment.title, &a.appointment.place, &a.appointment.with_whom, &a.appointment.with_role, &a.appointment.source_uid})
      wipe_text(*text);
  for (EntryView& e : view.entries) {
    wipe_text(e.entry.reason);
    e.entry.amount = {};
  }
  view.balance = {};
  view = {};
}

bool HouseActions::read_resident(Session& session) const {
  auto record = parts_.vault->open_person(scope(), session.person, session.key);
  const auto placings = parts_.vault->placings(scope());
  const auto rooms = parts_.vault->rooms(scope());
  if (!record || !placings || !rooms) {
    failed(!record ? record.error() : !placings ? placings.error() : rooms.error());
    return false;
  }
  ResidentView view;
  const Day today = now().today;
  view.person = session.person;
  if (record->identity) view.identity = *record->identity;
  if (record->preferences) view.preferences = *record->preferences;
  if (record->managers) view.managers = *record->managers;
  view.plan = record->plan;
  for (const Placing& placing : *placings)
    if (placing.person == session.person) view.placing = placing;
  for (const Room& room : *rooms)
    if (room.id == view.placing.room) view.room_label = room.label;
  for (StoredAppointment& stored : record->appointments)
    if (stored.appointment.end_day >= today) view.appointments.push_back({std::move(stored.appointment), mark(stored.answer_arrived)});
  std::vector<Entry> entries;
  for (StoredEntry& stored : record->entries) {
    entries.push_back(stored.entry);
    view.entries.push_back({std::move(stored.entry), mark(stored.question_arrived)});
  }
  view.balance = balance(entries);
  for (Entry& entry : entries) wipe_text(entry.reason);
  if (const auto rates = parts_.vault->rates()) view.next_payment = next_payment(*rates, today);
  for (const ScopeId& place : {scope(), parts_.vault->organisation().as<ScopeTag>()})
    if (auto notices = parts_.vault->notices(place, today)) view.notices.insert(view.notices.end(), notices->begin(), notices->end());
  if (auto activities = parts_.vault->activities(scope(), today, today + days_ahead)) view.activities = std::move(*activities);
  const MinuteOfDay minute = now().minute;
  std::erase_if(view.activities, [&](const Activity& a) { return a.cancelled || (a.day == today && a.end < minute); });
  wipe(session.view);
  session.view = std::move(view);
  session.revision = parts_.vault->revision();
  session.day = today;
  return true;
}

const ResidentView& HouseActions::resident() const {
  CHECK(session_ != nullptr);
  if (session_->revision != parts_.vault->revision() || session_->day != now().today) (void)read_resident(*session_);
  return session_->view;
}

RotaView HouseActions::rota(Week week) const {
  RotaView view;
  view.week = week;
  const ResidentView& me = resident();
  const Day today = now().today;
  const auto tasks = parts_.vault->tasks(scope());
  const auto rooms = parts_.vault->rooms(scope());
  const auto month = parts_.vault->duties(scope(), today - 27, today + days_ahead);
  if (!tasks || !rooms || !month) return view;
  const auto room_of = [&](RoomId id) { return std::find_if(rooms->begin(), rooms->end(), [&](const Room& r) { return r.id == id; }); };
  const auto mine = room_of(me.placing.room);
  if (mine == rooms->end()) return view;
  std::vector<Room> group;
  for (const Room& room : *rooms)
    if (room.woongroep == mine->woongroep) group.push_back(room);
  for (const Task& task : *tasks)
    if (task.woongroep == mine->woongroep) view.tasks.push_back(task);
  std::vector<Duty> done;
  const Day monday = week.monday();
  for (const StoredDuty& stored : *month) {
    const Duty& duty = stored.duty;
    if (std::none_of(view.tasks.begin(), view.tasks.end(), [&](const Task& t) { return t.id == duty.task; })) continue;
    const auto room = room_of(duty.room);
    const DutyView shown{duty, room == rooms->end() ? std::string() : room->label, duty.room == me.placing.room, mark(stored.arrived)};
    if (duty.day >= monday && duty.day <= monday + 6) view.duties.push_back(shown);
    if (shown.mine && duty.day >= today) view.mine_next.push_back(shown);
    if (duty.day <= today) done.push_back(duty);
  }
  view.fairness = fairness(done, group, me.placing.room);
  if (const auto swaps = parts_.vault->swaps(scope(), today, today + days_ahead))
    for (const StoredSwap& stored : *swaps)
      if (stored.swap.to_room == me.placing.room && stored.swap.state == Swap::State::asked) view.swaps_asked_of_me.push_back(stored.swap);
  return view;
}

std::expected<Duty, Refusal> HouseActions::duty(DutyId id) const {
  const Day today = now().today;
  const auto duties = parts_.vault->duties(scope(), today - 7, today + days_ahead);
  if (!duties) {
    failed(duties.error());
    return std::unexpected(not_saved);
  }
  const auto at = std::find_if(duties->begin(), duties->end(), [&](const StoredDuty& s) { return s.duty.id == id; });
  if (at == duties->end()) return std::unexpected(Refusal::too_late);
  return at->duty;
}

std::expected<Swap, Refusal> HouseActions::swap_where(const std::function<bool(const Swap&)>& wanted) const {
  const Day today = now().today;
  const auto swaps = parts_.vault->swaps(scope(), today - 7, today + days_ahead);
  if (!swaps) {
    failed(swaps.error());
    return std::unexpected(not_saved);
  }
  const auto at = std::find_if(swaps->begin(), swaps->end(), [&](const StoredSwap& s) { return wanted(s.swap); });
  if (at == swaps->end()) return std::unexpected(Refusal::too_late);
  return at->swap;
}

std::expected<void, Refusal> HouseActions::kept(const Result<Recorded>& stored) {
  if (stored) {
    parts_.changed();
    return {};
  }
  failed(stored.error());
  switch (stored.error().code) {
    case ErrorCode::forbidden:
    case ErrorCode::charter:
      return std::unexpected(Refusal::not_allowed);  // this kiosk is cut or not admitted
    case ErrorCode::not_found:
      return std::unexpected(Refusal::too_late);  // went with its term since the screen was drawn
    default:
      return std::unexpected(not_saved);
  }
}

std::expected<void, Refusal> HouseActions::record(const OpenChange& change) {
  return kept(parts_.vault->record(scope(), Actor::of(session_->person), change));
}

std::expected<void, Refusal> HouseActions::record_sealed(PersonalChange change) {
  return kept(parts_.vault->record(scope(), Actor::of(session_->person), session_->person, session_->key, {std::move(change)}));
}

std::expected<void, Refusal> HouseActions::answer(AppointmentId appointment, Answer answer) {
  const auto& all = resident().appointments;
  const auto at = std::find_if(all.begin(), all.end(), [&](const AppointmentView& a) { return a.appointment.id == appointment; });
  if (at == all.end()) return std::unexpected(Refusal::not_yours);
  const Now moment = now();
  const auto change = answer_appointment(at->appointment, answer, moment.today, moment.minute);
  if (!change) return std::unexpected(change.error());
  return record_sealed(*change);
}

std::expected<void, Refusal> HouseActions::mark_done(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::mark_done(*held, resident().placing.room, now().today);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::take_back_done(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::take_back_done(*held, resident().placing.room, now().today);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::offer(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = offer_duty(*held, resident().placing.room, now().today, parts_.random->id<OfferTag>());
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::withdraw_offer(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::withdraw_offer(*held, resident().placing.room);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::claim(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = claim_duty(*held, resident().placing.room, now().today);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::return_claim(DutyId id) {
  const auto held = duty(id);
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::return_claim(*held, resident().placing.room, parts_.random->id<OfferTag>());
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::propose_swap(DutyId mine, DutyId theirs) {
  const auto own = duty(mine);
  const auto other = duty(theirs);
  if (!own || !other) return std::unexpected(!own ? own.error() : other.error());
  const auto change = huisbord::propose_swap(*own, *other, resident().placing.room, now().today, parts_.random->id<RecordTag>());
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::answer_swap(RecordId id, bool accept) {
  const auto held = swap_where([&](const Swap& swap) { return swap.id == id; });
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::answer_swap(*held, accept, resident().placing.room);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::withdraw_swap(DutyId mine) {
  const auto asked = duty(mine);
  if (!asked) return std::unexpected(asked.error());
  if (!asked->swap_asked) return std::unexpected(Refusal::nothing_to_undo);
  const auto held = swap_where([&](const Swap& swap) { return swap.id == *asked->swap_asked; });
  if (!held) return std::unexpected(held.error());
  const auto change = huisbord::withdraw_swap(*held, resident().placing.room);
  if (!change) return std::unexpected(change.error());
  return record(*change);
}

std::expected<void, Refusal> HouseActions::question(EntryId id) {
  const auto& all = resident().entries;
  const auto at = std::find_if(all.begin(), all.end(), [&](const EntryView& e) { return e.entry.id == id; });
  if (at == all.end()) return std::unexpected(Refusal::not_yours);
  const auto change = question_entry(at->entry, now().today);
  if (!change) return std::unexpected(change.error());
  return record_sealed(*change);
}

std::expected<void, Refusal> HouseActions::withdraw_question(EntryId id) {
  const auto& all = resident().entries;
  const auto at = std::find_if(all.begin(), all.end(), [&](const EntryView& e) { return e.entry.id == id; });
  if (at == all.end()) return std::unexpected(Refusal::not_yours);
  const auto change = huisbord::withdraw_question(at->entry, now().today);
  if (!change) return std::unexpected(change.error());
  return record_sealed(*change);
}

std::expected<void, Refusal> HouseActions::set_preferences(const Preferences& preferences) {
  return record_sealed(PreferencesSet{resident().person, preferences});
}

}  // namespace huisbord
