// SPDX-License-Identifier: GPL-3.0-or-later
// The hallway's side: board, discs, sync badge, the rota's weeks, and who is signed in.
#include "app/kiosk/house_actions.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "core/base/check.h"
#include "core/domain/stay.h"

namespace huisbord {

HouseActions::HouseActions(Parts parts)
    : parts_(std::move(parts)),
      codes_(std::make_unique<CodeDesk>(
          *parts_.vault, scope(), *parts_.random, [this](const Error& error) { failed(error); }, parts_.pin_keeper)) {}

HouseActions::~HouseActions() = default;

void HouseActions::failed(const Error& error) const { parts_.log(std::string(name(error.code)) + ": " + error.sentence); }

bool HouseActions::tend() {
  const auto passed = parts_.vault->pass_time();
  if (!passed) failed(passed.error());
  const Week week = week_of(now().today);
  const bool planned = plan_week_of(week);
  return plan_week_of({week.value + 1}) && planned && passed;
}

bool HouseActions::plan_week_of(Week week) {
  const auto tasks = parts_.vault->tasks(scope());
  const auto rooms = parts_.vault->rooms(scope());
  const auto held = parts_.vault->duties(scope(), week.monday(), week.monday() + 6);
  if (!tasks || !rooms || !held) {
    failed(!tasks ? tasks.error() : !rooms ? rooms.error() : held.error());
    return false;
  }
  std::map<WoongroepId, std::pair<std::vector<Task>, std::vector<Room>>> groups;
  for (const Task& task : *tasks) groups[task.woongroep].first.push_back(task);
  for (const Room& room : *rooms) groups[room.woongroep].second.push_back(room);
  std::vector<ChangeToRecord> missing;
  for (const auto& [group, parts] : groups)
    for (const DutyPlanned& planned : plan_week(week, parts.first, parts.second)) {
      const bool there = std::any_of(held->begin(), held->end(),
                                     [&](const StoredDuty& s) { return s.duty.task == planned.task && s.duty.day == planned.day; });
      if (!there) missing.push_back({scope(), Actor::none(), OpenChange(planned)});
    }
  if (missing.empty()) return true;
  const auto recorded = parts_.vault->record_all(missing);
  if (!recorded) failed(recorded.error());
  return recorded.has_value();
}

Now HouseActions::now() const {
  const i18n::HouseTime time = parts_.zone.house_time(parts_.vault->trusted_now());
  return {time.day, time.minute};
}

std::int64_t HouseActions::ms_to_next_minute() const {
  const std::int64_t into = parts_.vault->trusted_now().value % 60000;
  return 60000 - (into < 0 ? into + 60000 : into);
}

BoardView HouseActions::board() const {
  BoardView view;
  const Day today = now().today;
  if (const auto house = parts_.vault->house(parts_.house); house && *house) view.house_name = (*house)->name;
  if (auto activities = parts_.vault->activities(scope(), today, today)) view.today = std::move(*activities);
  for (const ScopeId& place : {scope(), parts_.vault->organisation().as<ScopeTag>()})
    if (auto notices = parts_.vault->notices(place, today)) view.notices.insert(view.notices.end(), notices->begin(), notices->end());
  const auto duties = parts_.vault->duties(scope(), today, today);
  const auto tasks = parts_.vault->tasks(scope());
  const auto rooms = parts_.vault->rooms(scope());
  const auto groups = parts_.vault->woongroepen(scope());
  if (!duties || !tasks || !rooms || !groups) return view;
  for (const Woongroep& group : *groups)
    for (const StoredDuty& stored : *duties) {
      const auto task = std::find_if(tasks->begin(), tasks->end(), [&](const Task& t) { return t.id == stored.duty.task; });
      if (task == tasks->end() || task->woongroep != group.id) continue;
      const auto room = std::find_if(rooms->begin(), rooms->end(), [&](const Room& r) { return r.id == stored.duty.room; });
      if (room != rooms->end()) view.duties.push_back({stored.duty.place, room->label, groups->size() > 1 ? group.name : std::string()});
    }
  return view;
}

std::vector<Sleeper> HouseActions::sleepers() const {
  const auto placings = parts_.vault->placings(scope());
  const auto rooms = parts_.vault->rooms(scope());
  if (!placings || !rooms) return {};
  const Day today = now().today;
  std::vector<Sleeper> sleepers;
  for (const Room& room : *rooms) {
    const std::size_t first = sleepers.size();
    for (const Placing& placing : *placings)
      if (placing.room == room.id && stays_on(placing, today))
        sleepers.push_back({placing.person, room.label, room.id, placing.symbol, placing.pastel, codes_->has_pin(placing.person)});
    std::sort(sleepers.begin() + static_cast<std::ptrdiff_t>(first), sleepers.end(),
              [](const Sleeper& a, const Sleeper& b) { return std::tie(a.symbol, a.person) < std::tie(b.symbol, b.person); });
  }
  return sleepers;
}

SyncView HouseActions::sync() const {
  SyncView view;
  const SyncNews news = parts_.sync_news();
  view.waiting = static_cast<std::uint32_t>(parts_.vault->waiting_count());
  if (news.all_arrived_at) view.last_sent = parts_.zone.minute(*news.all_arrived_at);
  view.state = news.office_looks                     ? SyncView::State::someone_looks
               : view.waiting == 0 && view.last_sent ? SyncView::State::all_arrived
                                                     : SyncView::State::waiting;
  return view;
}

std::uint64_t HouseActions::revision() const { return parts_.vault->revision(); }

void HouseActions::begin_sign_in(PersonId person, const std::string& pin) {
  sign_out();
  codes_->begin_open(person, pin);
}

std::optional<SignInResult> HouseActions::poll_sign_in() {
  auto opened = codes_->poll_open();
  if (!opened) return std::nullopt;
  if (opened->result.outcome != SignIn::welcome) return opened->result;
  auto session = std::make_unique<Session>();
  session->person = opened->person;
  session->key = std::move(opened->key);
  if (!read_resident(*session)) return SignInResult{SignIn::wrong, 0};
  session_ = std::move(session);
  return opened->result;
}

void HouseActions::sign_out() {
  codes_->give_up_opening();
  if (session_) wipe(session_->view);
  session_.reset();
}

bool HouseActions::signed_in() const { return session_ != nullptr; }

void HouseActions::begin_check_pin(const std::string& pin) {
  CHECK(session_);
  session_->knows_pin = false;
  codes_->begin_open(session_->person, pin);
}

std::optional<SignInResult> HouseActions::poll_check_pin() {
  const auto opened = codes_->poll_open();
  if (!opened) return std::nullopt;
  CHECK(session_);
  session_->knows_pin = opened->result.outcome == SignIn::welcome;
  return opened->result;
}

void HouseActions::begin_change_pin(const std::string& pin) {
  CHECK(session_);
  const bool may = std::exchange(session_->knows_pin, false);
  codes_->begin_change(session_->person, may ? &session_->key : nullptr, pin);
}

void HouseActions::begin_staff_unlock(const std::string& passphrase) { codes_->begin_unlock(passphrase); }
std::optional<bool> HouseActions::poll_staff_unlock() { return codes_->poll_unlock(); }
std::string HouseActions::propose_pin() { return codes_->propose(); }
void HouseActions::begin_set_pin(PersonId person, const std::string& pin) { codes_->begin_set(person, pin); }
std::optional<bool> HouseActions::poll_set_pin() { return codes_->poll_set(); }
void HouseActions::end_staff_unlock() { codes_->lock(); }

}  // namespace huisbord
