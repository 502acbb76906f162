// SPDX-License-Identifier: GPL-3.0-or-later
// What people do: residents and staff at a kiosk, the office at a desk; all on few things, so that they meet.
#include <algorithm>
#include <array>

#include "tests/sim/simulation.h"

namespace huisbord::sim {

namespace {

/// Each draws from a stream of its own name. The lowest draw over its weight is what is done: another act takes its share of all and
/// changes nothing else.
struct ActRule {
  std::string_view name;
  std::uint32_t weight;
  enum class Where : std::uint8_t { person, house, desk } where;
  Kind newest = Kind::personal;  ///< a release that does not know this kind does not offer the act
};
constexpr std::array acts = {
    ActRule{"entry", 20, ActRule::Where::person},
    ActRule{"appointment", 10, ActRule::Where::person},
    ActRule{"answer", 10, ActRule::Where::person},
    ActRule{"question", 8, ActRule::Where::person},
    ActRule{"preferences", 8, ActRule::Where::person},
    ActRule{"plan_step", 8, ActRule::Where::person},
    ActRule{"done", 16, ActRule::Where::house},
    ActRule{"offer", 10, ActRule::Where::house},
    ActRule{"claim", 10, ActRule::Where::house},
    ActRule{"swap", 8, ActRule::Where::house},
    ActRule{"swap_answer", 8, ActRule::Where::house},
    ActRule{"activity", 8, ActRule::Where::house, Kind::activity},
    ActRule{"appearance", 8, ActRule::Where::house},
    ActRule{"notice", 6, ActRule::Where::desk, Kind::notice},
    ActRule{"room", 6, ActRule::Where::desk},
    ActRule{"planned", 6, ActRule::Where::desk},
    ActRule{"placing", 6, ActRule::Where::desk},
    ActRule{"placing_ended", 6, ActRule::Where::desk},
    ActRule{"revoke", 6, ActRule::Where::desk, Kind::role_revoked},
    ActRule{"grant", 6, ActRule::Where::desk, Kind::role_granted},
    ActRule{"staff", 5, ActRule::Where::desk, Kind::staff},
    ActRule{"rate", 5, ActRule::Where::desk, Kind::rate},
};

Day first_day() { return Day{static_cast<std::int32_t>(Office::founded.value / 86'400'000)}; }

template <class T>
T old_or_new(std::vector<T>& known, std::uint32_t percent_new, Stream& stream, auto make) {
  if (known.empty() || stream.chance(percent_new)) return known.emplace_back(make());
  return known[stream.pick(known.size())];
}

}  // namespace

std::string Simulation::text(const char* what, Stream& stream) {
  return std::string(what) + " " + std::string(marker) + " " + std::to_string(stream.below(100));
}

void Simulation::noted(Machine& machine, const ScopeId& scope, const Result<Recorded>& made, const EntryAdded* entry) {
  if (made) {
    if (doubtful_.contains(made->device)) return;
    auto& told = ledger_.told[{scope, made->device}];
    told = std::max(told, made->last);
    return;
  }
  if (machine.noticed_dead_disk(draws_.of("torn").random())) return say("the power went while " + name_of(machine) + " stored something");
  const ErrorCode code = made.error().code;
  // A change whose sync failed is told as not stored; it may be found there all the same when the store is opened again.
  if (code == ErrorCode::io && disk_says(machine, code)) return say(name_of(machine) + " could not store something");
  // Nothing of it is there, so nobody is to find it later.
  if (entry != nullptr) ledger_.entries.erase(entry->entry.id);
  // invalid: a record is moved to another week.
  const bool explained = code == ErrorCode::forbidden || code == ErrorCode::not_found || code == ErrorCode::charter ||
                         code == ErrorCode::invalid || disk_says(machine, code);
  require(explained, "a change is refused: " + made.error().sentence);
}

void Simulation::record(Machine& machine, const ScopeId& scope, const Actor& actor, const OpenChange& change) {
  noted(machine, scope, machine.vault().record(scope, actor, change), nullptr);
}

void Simulation::record(Machine& machine, const Actor& actor, std::size_t resident, const PersonalChange& change) {
  const Office::Resident& person = office_.residents[resident];
  const auto* entry = std::get_if<EntryAdded>(&change);
  if (entry != nullptr) {
    const bool by_staff = std::ranges::any_of(office_.staff, [&](const StaffId& one) { return one.as<RecordTag>() == actor.id; });
    ledger_.entries[entry->entry.id] = {person.id, entry->entry.amount, &machine, machine.number(), ledger_.entries.size() + 1, false,
                                        by_staff};
  }
  const auto made = machine.vault().record(office_.house(), actor, person.id, person.key, {change});
  if (entry != nullptr && made) {
    ledger_.entries[entry->entry.id].sure = true;
    things_.entries.emplace_back(entry->entry.id, person.id);
  }
  noted(machine, office_.house(), made, entry);
}

void Simulation::act(Machine& machine) {
  const bool desk = machine.device_class() == DeviceClass::desk;
  const ActRule* chosen = nullptr;
  std::uint64_t lowest = 0;
  for (const ActRule& one : acts) {
    const std::uint64_t drawn = draws_.of("which." + std::string(one.name)).next() / one.weight;
    if (one.where == ActRule::Where::desk && !desk) continue;
    if (static_cast<std::uint32_t>(one.newest) > machine.newest_kind()) continue;
    if (chosen != nullptr && drawn >= lowest) continue;
    chosen = &one;
    lowest = drawn;
  }
  Stream& stream = draws_.of("act." + std::string(chosen->name));
  switch (chosen->where) {
    case ActRule::Where::person:
      return act_about_person(machine, chosen->name, stream);
    case ActRule::Where::house:
      return act_in_house(machine, chosen->name, stream);
    case ActRule::Where::desk:
      return act_at_desk(machine, chosen->name, stream);
  }
}

void Simulation::act_in_house(Machine& machine, std::string_view what, Stream& stream) {
  const DutyId duty = things_.duties[stream.pick(things_.duties.size())];
  const RoomId room = office_.rooms[stream.pick(4)];
  Actor actor = Actor::none();
  if (stream.chance(30)) actor = Actor::of(office_.staff[stream.pick(2)]);
  if (stream.chance(30)) actor = Actor::of(office_.residents[stream.pick(3)].id);
  const ScopeId house = office_.house();
  if (what == "done") return record(machine, house, actor, DutyDone{duty, stream.chance(70)});
  if (what == "offer") {
    const OfferId offer = old_or_new(things_.offers, 70, stream, [&] { return stream.id<OfferTag>(); });
    const DutyId of = things_.duty_of_offer.try_emplace(offer, duty).first->second;
    return record(machine, house, actor, DutyOffered{offer, of, stream.chance(20)});
  }
  if (what == "claim") {
    if (things_.offers.empty()) return;
    const OfferId offer = things_.offers[stream.pick(things_.offers.size())];
    return record(machine, house, actor, DutyClaimed{offer, things_.duty_of_offer.at(offer), room});
  }
  if (what == "swap") {
    const RecordId swap = old_or_new(things_.swaps, 60, stream, [&] { return stream.id<RecordTag>(); });
    return record(machine, house, actor, SwapProposed{swap, duty, things_.duties[stream.pick(things_.duties.size())], stream.chance(20)});
  }
  if (what == "swap_answer") {
    if (things_.swaps.empty()) return;
    return record(machine, house, actor, SwapAnswered{things_.swaps[stream.pick(things_.swaps.size())], stream.chance(60)});
  }
  if (what == "activity") {
    const ActivityId activity = old_or_new(things_.activities, 50, stream, [&] { return stream.id<ActivityTag>(); });
    const Day when = today() + static_cast<int>(stream.below(9));
    return record(
        machine, house, actor,
        Activity{activity, ActivityKind::other, text("feest", stream), text("tuin", stream), when, {600}, {660}, stream.chance(20)});
  }
  const auto symbol = static_cast<Symbol>(1 + stream.below(31));
  record(machine, house, actor, AppearanceChosen{office_.residents[stream.pick(3)].id, symbol, Pastel::rose});
}

void Simulation::act_at_desk(Machine& machine, std::string_view what, Stream& stream) {
  const ScopeId house = office_.house();
  const ScopeId org = office_.org();
  const std::size_t who = stream.pick(2);
  if (what == "notice") {
    const NoticeId notice = old_or_new(things_.notices, 60, stream, [&] { return stream.id<NoticeTag>(); });
    Notice made{notice, NoticeIcon::meeting, today(), today() + static_cast<int>(stream.below(20)), {}, stream.chance(20)};
    made.texts["nl"] = {text("bericht", stream), text("kom", stream)};
    return record(machine, stream.chance(50) ? house : org, Actor::none(), made);
  }
  if (what == "room")
    return record(machine, house, Actor::none(), Room{office_.rooms[stream.pick(4)], office_.woongroep, text("kamer", stream)});
  if (what == "planned") {
    const Day when = first_day() + static_cast<int>(stream.below(10));
    return record(machine, house, Actor::none(), DutyPlanned{office_.tasks[stream.pick(2)], when, office_.rooms[stream.pick(4)]});
  }
  if (what == "placing") {
    const PersonId person = office_.residents[stream.pick(3)].id;
    return record(machine, house, Actor::none(),
                  Placing{person, office_.rooms[stream.pick(4)], Symbol::sun, Pastel::sky, today(), std::nullopt});
  }
  if (what == "placing_ended") {
    const PersonId person = office_.residents[stream.pick(3)].id;
    return record(machine, house, Actor::none(), PlacingEnded{person, today() + static_cast<int>(stream.below(40))});
  }
  if (what == "revoke") return record(machine, org, Actor::none(), RoleRevoked{office_.grants[who]});
  if (what == "grant") {
    const StaffId staff = office_.staff[stream.chance(80) ? who : 1 - who];
    const HouseId where = stream.chance(70) ? office_.house_id() : HouseId{};
    return record(machine, org, Actor::none(), RoleGranted{office_.grants[who], staff, Role::woonbegeleider, where});
  }
  if (what == "staff") return record(machine, org, Actor::none(), Staff{office_.staff[who], text("begeleider", stream)});
  const auto payday = static_cast<std::uint8_t>(stream.below(7));
  record(machine, org, Actor::none(), Rate{office_.grants[0], today(), payday, {{RatePart::For::all, {2500}}}});
}

void Simulation::add_entry(Machine& machine, std::size_t resident, const Actor& actor, Stream& stream) {
  const auto kind = machine.device_class() == DeviceClass::desk ? EntryKind::week_money : EntryKind::paid_cash;
  const Cents cents{static_cast<std::int64_t>(stream.below(9000)) - (kind == EntryKind::paid_cash ? 9000 : 0)};
  const auto id = stream.id<EntryTag>();
  const Day when = today() - static_cast<int>(stream.below(20));
  record(machine, actor, resident,
         EntryAdded{Entry{id, when, cents, kind, text("leefgeld", stream), {}, {}, QuestionState::none, {}, 0, 0}});
}

void Simulation::act_about_person(Machine& machine, std::string_view what, Stream& stream) {
  const std::size_t resident = stream.pick(3);
  const PersonId person = office_.residents[resident].id;
  Actor actor = stream.chance(40) ? Actor::of(office_.staff[stream.pick(2)]) : Actor::of(person);
  if (machine.device_class() == DeviceClass::desk) actor = Actor::none();
  if (what == "entry") return add_entry(machine, resident, actor, stream);
  if (what == "appointment") {
    Appointment made;
    made.id = things_.appointments.empty() || stream.chance(60) ? stream.id<AppointmentTag>()
                                                                : things_.appointments[stream.pick(things_.appointments.size())].first;
    made.title = text("afspraak", stream);
    made.day = made.end_day = today() + static_cast<int>(stream.below(15));
    made.start = {600};
    made.end = {660};
    things_.appointments.emplace_back(made.id, person);
    return record(machine, actor, resident, made);
  }
  if (what == "answer") {
    if (things_.appointments.empty()) return;
    const AppointmentId appointment = things_.appointments[stream.pick(things_.appointments.size())].first;
    return record(machine, actor, resident, AppointmentAnswered{appointment, static_cast<Answer>(stream.below(4))});
  }
  if (what == "question") {
    if (things_.entries.empty()) return;
    const EntryId entry = things_.entries[stream.pick(things_.entries.size())].first;
    return record(machine, actor, resident, EntryQuestioned{entry, QuestionState::asked, today() + 7});
  }
  if (what == "preferences")
    return record(machine, actor, resident, PreferencesSet{person, {stream.chance(50) ? "ar" : "ti", TextSize::large, Contrast::normal}});
  record(machine, actor, resident, PlanStep{person, static_cast<std::uint8_t>(1 + stream.below(4)), 4});
}

}  // namespace huisbord::sim
