// SPDX-License-Identifier: GPL-3.0-or-later
// Builds the invented house and plays the rules.
#include "tests/ui/mockup_house.h"

#include <algorithm>

namespace huisbord {
namespace {

template <class T>
T id_of(std::uint8_t kind, int number) {
  T id;
  id.bytes[0] = kind;
  id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(number);
  return id;
}
MinuteOfDay at(int hour, int minute = 0) { return {hour * 60 + minute}; }

}  // namespace

MockupHouse::MockupHouse() {
  const Day today = moment.today;
  sync_view = {SyncView::State::all_arrived, 0, at(10, 32), {}};

  board_.house_name = "Huis De Linde";
  const auto activity = [&](int n, ActivityKind kind, int hour, int minute, const char* place) {
    return Activity{id_of<ActivityId>(9, n), kind, {}, place, today, at(hour, minute), at(hour + 1, minute), false};
  };
  board_.today = {activity(1, ActivityKind::language_lesson, 11, 0, "woonkamer"), activity(2, ActivityKind::cooking, 15, 0, "keuken"),
                  activity(3, ActivityKind::football, 17, 30, "plein"), activity(4, ActivityKind::film, 20, 0, "woonkamer")};
  const TaskPlace places[] = {TaskPlace::kitchen, TaskPlace::shower, TaskPlace::toilet,
                              TaskPlace::stairs,  TaskPlace::bins,   TaskPlace::laundry};
  const char* labels[] = {"4", "7", "9", "2", "11", "5"};
  for (int i = 0; i < 6; ++i) board_.duties.push_back({places[i], labels[i], {}});
  Notice notice{id_of<NoticeId>(8, 1), NoticeIcon::shower, today, today + 3, {}, false};
  notice.texts["nl"] = {"Donderdag geen warm water", "Van 10 tot 12 uur. Daarna doet de douche het weer."};
  notice.texts["en"] = {"No hot water on Thursday", "From 10 to 12. After that the shower works again."};
  notice.texts["ar"] = {"لا ماء ساخن يوم الخميس", "من 10 إلى 12. بعدها يعمل الدش من جديد."};
  notice.texts["ti"] = {"ሓሙስ ውዑይ ማይ የለን", "ካብ 10 ክሳብ 12። ድሕሪኡ መሕጸቢ ይሰርሕ።"};
  board_.notices = {notice};

  const Symbol symbols[] = {Symbol::boat, Symbol::flower, Symbol::umbrella,  Symbol::rabbit, Symbol::star,   Symbol::paw,
                            Symbol::tree, Symbol::piano,  Symbol::lightning, Symbol::sun,    Symbol::anchor, Symbol::heart};
  const Pastel pastels[] = {Pastel::mint, Pastel::rose,  Pastel::lilac, Pastel::peach, Pastel::straw, Pastel::sky,
                            Pastel::leaf, Pastel::peach, Pastel::lilac, Pastel::straw, Pastel::mint,  Pastel::rose};
  int person = 0;
  for (int room = 1; room <= 20; ++room) {
    rooms_.push_back({id_of<RoomId>(2, room), id_of<WoongroepId>(1, 1), std::to_string(room)});
    // Three to a room now and then, as the picture has it in 6, 7 and 8.
    const int people = room % 4 == 1 ? 2 : room % 4 == 2 ? 3 : room % 4 == 3 ? 4 : 3;
    for (int i = 0; i < people; ++i, ++person)
      sleepers_.push_back({id_of<PersonId>(3, person), std::to_string(room), rooms_.back().id, symbols[person % 12], pastels[person % 12],
                           room != 8 || i != 2});
  }

  const auto who =
      std::find_if(sleepers_.begin(), sleepers_.end(), [](const Sleeper& s) { return s.symbol == Symbol::paw && s.room_label == "7"; });
  resident_.person = who->person;
  resident_.identity = {"Samir", today - 200};
  resident_.room_label = "7";
  resident_.placing = {who->person, who->room, who->symbol, who->pastel, today - 200, {}};
  resident_.preferences = {"nl", TextSize::normal, Contrast::normal};
  resident_.managers = {"Ilse Verbruggen", std::nullopt, today - 9};
  resident_.plan = PlanStep{who->person, 3, 4};
  const auto appointment = [&](int n, AppointmentKind kind, const char* title, Day day, MinuteOfDay from, MinuteOfDay to, Answer given) {
    Appointment a;
    a.id = id_of<AppointmentId>(4, n);
    a.kind = kind;
    a.title = title;
    a.day = a.end_day = day;
    a.start = from;
    a.end = to;
    a.answer = given;
    return AppointmentView{a, Arrival::arrived};
  };
  auto law = appointment(1, AppointmentKind::law, "", today + 1, at(10, 30), at(11, 15), Answer::none);
  law.appointment.place = "Havenkade 12, bel bij 3";
  law.appointment.with_whom = "Ilse Verbruggen";
  law.appointment.with_role = "jouw advocaat, spreekt Frans";
  law.appointment.travel_minutes = 20;
  law.appointment.bring = {Bring::house_pass, Bring::letter, Bring::photos};
  resident_.appointments = {law, appointment(2, AppointmentKind::doctor, "", today + 2, at(14), at(14, 20), Answer::coming),
                            appointment(3, AppointmentKind::school, "taalschool, eerste dag", today + 3, at(9), at(12), Answer::coming),
                            appointment(4, AppointmentKind::plan, "jouw plan, met Noor", today + 7, at(11), at(12), Answer::none)};
  const auto entry = [&](int n, Day day, int cents, EntryKind kind, const char* reason) {
    Entry e;
    e.id = id_of<EntryId>(5, n);
    e.day = day;
    e.amount = {cents};
    e.kind = kind;
    e.reason = reason;
    e.device = 1;
    e.number = static_cast<std::uint64_t>(n);
    return EntryView{e, Arrival::arrived};
  };
  resident_.entries = {entry(6, today - 5, 5850, EntryKind::week_money, "week 15"),
                       entry(5, today - 5, -4000, EntryKind::paid_cash, "Van Marieke, bon 0411"),
                       entry(4, today - 6, -1200, EntryKind::deduction, "Je sleutel was kwijt. Jij koos: in 2 keer"),
                       entry(3, today - 8, 600, EntryKind::reimbursement, "Je bewaarde de bon"),
                       entry(2, today - 20, 2600, EntryKind::carried, "")};
  std::vector<Entry> plain;
  for (const EntryView& e : resident_.entries) plain.push_back(e.entry);
  resident_.balance = huisbord::balance(plain);
  resident_.next_payment =
      NextPayment{today + 2, {5850}, {{RatePart::For::food, {4200}}, {RatePart::For::clothing, {900}}, {RatePart::For::travel, {750}}}};
  resident_.notices = board_.notices;
  resident_.activities = board_.today;
  resident_.activities.erase(resident_.activities.begin());

  const int rota[5][7] = {
      {4, 7, 4, 4, 9, 9, 9}, {7, 7, 7, 11, 11, 11, 11}, {9, 9, 2, 2, 2, 5, 5}, {2, 2, 5, 2, 5, 6, 6}, {11, 11, 4, 4, 7, 2, 2}};
  const Day monday = week_of(today).monday();
  for (int t = 0; t < 5; ++t) {
    tasks_.push_back({id_of<TaskId>(6, t), id_of<WoongroepId>(1, 1), places[t], t == 4 ? at(19) : t == 1 ? at(11) : at(20), 127});
    for (int day = 0; day < 7; ++day) {
      Duty duty;
      duty.id = id_of<DutyId>(7, t * 7 + day);
      duty.task = tasks_.back().id;
      duty.place = places[t];
      duty.day = monday + day;
      duty.before = tasks_.back().before;
      duty.room = duty.planned_room = id_of<RoomId>(2, rota[t][day]);
      duty.done = day == 0;
      duties_.push_back(duty);
    }
  }
  duties_[1 * 7 + 1].room = duties_[1 * 7 + 1].planned_room = id_of<RoomId>(2, 8);
  duties_[1 * 7 + 2].room = duties_[1 * 7 + 2].planned_room = id_of<RoomId>(2, 8);
  duties_[1 * 7 + 5].open_offer = id_of<OfferId>(10, 1);
  duties_[3 * 7 + 3].swap_asked = id_of<RecordId>(11, 1);
  duties_[4 * 7 + 6].open_offer = id_of<OfferId>(10, 2);
}

void MockupHouse::changed() { ++revision_; }

void MockupHouse::let_in(const std::string& language, TextSize size, Contrast contrast) {
  resident_.preferences = {language, size, contrast};
  signed_in_ = true;
  changed();
}

void MockupHouse::begin_sign_in(PersonId person, const std::string& typed) {
  const bool right = person == resident_.person && typed == pin;
  wrong_tries = right ? 0 : wrong_tries + 1;
  answer_ = right ? SignInResult{SignIn::welcome, 0} : wrong_tries > 3 ? SignInResult{SignIn::wait, 15000} : SignInResult{SignIn::wrong, 0};
}

std::optional<SignInResult> MockupHouse::poll_sign_in() {
  const auto answer = answer_;
  answer_.reset();
  if (answer && answer->outcome == SignIn::welcome) signed_in_ = true;
  return answer;
}

void MockupHouse::begin_set_pin(PersonId person, const std::string&) {
  for (Sleeper& sleeper : sleepers_)
    if (sleeper.person == person) sleeper.has_pin = true;
}

RotaView MockupHouse::rota(Week week) const {
  RotaView view;
  view.week = week;
  view.tasks = tasks_;
  for (const Duty& duty : duties_) {
    const auto room = std::find_if(rooms_.begin(), rooms_.end(), [&](const Room& r) { return r.id == duty.room; });
    const DutyView shown{duty, room->label, duty.room == resident_.placing.room, Arrival::arrived};
    view.duties.push_back(shown);
    if (shown.mine && duty.day >= moment.today) view.mine_next.push_back(shown);
  }
  std::stable_sort(view.mine_next.begin(), view.mine_next.end(),
                   [](const DutyView& a, const DutyView& b) { return a.duty.day < b.duty.day; });
  for (const Swap& swap : swaps_)
    if (swap.to_room == resident_.placing.room && swap.state == Swap::State::asked) view.swaps_asked_of_me.push_back(swap);
  view.fairness = {5, 5, 8};
  return view;
}

Duty* MockupHouse::find(DutyId id) {
  const auto duty = std::find_if(duties_.begin(), duties_.end(), [&](const Duty& d) { return d.id == id; });
  return duty == duties_.end() ? nullptr : &*duty;
}

std::expected<void, Refusal> MockupHouse::answer(AppointmentId id, Answer given) {
  for (AppointmentView& view : resident_.appointments) {
    if (view.appointment.id != id) continue;
    const auto change = answer_appointment(view.appointment, given, moment.today, moment.minute);
    if (!change) return std::unexpected(change.error());
    view.appointment.answer = given;
    view.answer_arrival = Arrival::saved_here;
    changed();
    return {};
  }
  return std::unexpected(Refusal::not_yours);
}

std::expected<void, Refusal> MockupHouse::mark_done(DutyId id) {
  const auto change = huisbord::mark_done(*find(id), resident_.placing.room, moment.today);
  if (!change) return std::unexpected(change.error());
  find(id)->done = true;
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::take_back_done(DutyId id) {
  const auto change = huisbord::take_back_done(*find(id), resident_.placing.room, moment.today);
  if (!change) return std::unexpected(change.error());
  find(id)->done = false;
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::offer(DutyId id) {
  const auto change = offer_duty(*find(id), resident_.placing.room, moment.today, id_of<OfferId>(10, static_cast<int>(revision_) + 10));
  if (!change) return std::unexpected(change.error());
  find(id)->open_offer = change->offer;
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::withdraw_offer(DutyId id) {
  const auto change = huisbord::withdraw_offer(*find(id), resident_.placing.room);
  if (!change) return std::unexpected(change.error());
  find(id)->open_offer.reset();
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::claim(DutyId id) {
  const auto change = claim_duty(*find(id), resident_.placing.room, moment.today);
  if (!change) return std::unexpected(change.error());
  find(id)->taken_offer = find(id)->open_offer;
  find(id)->open_offer.reset();
  find(id)->room = change->room;
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::return_claim(DutyId id) {
  const auto change = huisbord::return_claim(*find(id), resident_.placing.room, id_of<OfferId>(10, static_cast<int>(revision_) + 10));
  if (!change) return std::unexpected(change.error());
  find(id)->room = find(id)->planned_room;
  find(id)->taken_offer.reset();
  find(id)->open_offer = change->offer;
  find(id)->open_offer_returns = change->returned;
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::propose_swap(DutyId mine, DutyId theirs) {
  const auto change = huisbord::propose_swap(*find(mine), *find(theirs), resident_.placing.room, moment.today,
                                             id_of<RecordId>(11, static_cast<int>(revision_)));
  if (!change) return std::unexpected(change.error());
  find(mine)->swap_asked = find(theirs)->swap_asked = change->swap;
  swaps_.push_back({change->swap, mine, theirs, find(mine)->room, find(theirs)->room, Swap::State::asked});
  changed();
  return {};
}

std::expected<void, Refusal> MockupHouse::answer_swap(RecordId id, bool accept) {
  for (Swap& swap : swaps_) {
    if (swap.id != id) continue;
    const auto change = huisbord::answer_swap(swap, accept, resident_.placing.room);
    if (!change) return std::unexpected(change.error());
    swap.state = accept ? Swap::State::accepted : Swap::State::declined;
    changed();
    return {};
  }
  return std::unexpected(Refusal::not_yours);
}

std::expected<void, Refusal> MockupHouse::withdraw_swap(DutyId mine) {
  for (Swap& swap : swaps_) {
    if (swap.mine != mine || swap.state != Swap::State::asked) continue;
    const auto change = huisbord::withdraw_swap(swap, resident_.placing.room);
    if (!change) return std::unexpected(change.error());
    swap.state = Swap::State::withdrawn;
    find(swap.mine)->swap_asked.reset();
    find(swap.theirs)->swap_asked.reset();
    changed();
    return {};
  }
  return std::unexpected(Refusal::nothing_to_undo);
}

std::expected<void, Refusal> MockupHouse::question(EntryId id) {
  for (EntryView& view : resident_.entries) {
    if (view.entry.id != id) continue;
    const auto change = question_entry(view.entry, moment.today);
    if (!change) return std::unexpected(change.error());
    view.entry.question = change->state;
    view.entry.answer_by = change->answer_by;
    view.question_arrival = Arrival::saved_here;
    changed();
    return {};
  }
  return std::unexpected(Refusal::not_yours);
}

std::expected<void, Refusal> MockupHouse::withdraw_question(EntryId id) {
  for (EntryView& view : resident_.entries) {
    if (view.entry.id != id) continue;
    const auto change = huisbord::withdraw_question(view.entry, moment.today);
    if (!change) return std::unexpected(change.error());
    view.entry.question = change->state;
    changed();
    return {};
  }
  return std::unexpected(Refusal::not_yours);
}

std::expected<void, Refusal> MockupHouse::set_preferences(const Preferences& preferences) {
  resident_.preferences = preferences;
  changed();
  return {};
}

}  // namespace huisbord
