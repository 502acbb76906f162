// SPDX-License-Identifier: GPL-3.0-or-later
// What people do: residents and staff at a kiosk, the office at a desk; all on few things, so that they meet.
#include <algorithm>

#include "tests/sim/simulation.h"

namespace huisbord::sim {

std::string Simulation::text(const char* what) {
  return std::string(what) + " " + std::string(marker) + " " + std::to_string(random_.below(100));
}

void Simulation::noted(Machine& machine, const ScopeId& scope, const Result<Recorded>& made, const EntryAdded* entry) {
  if (made && doubtful_.contains(machine.number()) == false) {
    auto& told = ledger_.told[{scope, machine.number()}];
    told = std::max(told, made->last);
  }
  if (made) return;
  if (machine.noticed_dead_disk(random_)) {
    say("the power went while device " + std::to_string(machine.number()) + " stored something");
    return;
  }
  // Nothing of it is there, so nobody is to find it later.
  if (entry != nullptr) ledger_.entries.erase(entry->entry.id);
  const ErrorCode code = made.error().code;
  // invalid: a record is moved to another week.
  const bool explained = code == ErrorCode::forbidden || code == ErrorCode::not_found || code == ErrorCode::charter ||
                         code == ErrorCode::invalid || (code == ErrorCode::disk_full && weather_.full_disks);
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
    ledger_.entries[entry->entry.id] = {person.id, entry->entry.amount, machine.number(), false, by_staff};
  }
  const auto made = machine.vault().record(office_.house(), actor, person.id, person.key, {change});
  if (entry != nullptr && made) {
    ledger_.entries[entry->entry.id].sure = true;
    things_.entries.emplace_back(entry->entry.id, person.id);
  }
  noted(machine, office_.house(), made, entry);
}

void Simulation::act(Machine& machine) {
  const std::uint32_t what = random_.below(100);
  if (what < 45)
    act_about_person(machine);
  else if (machine.device_class() == DeviceClass::desk && what < 80)
    act_at_desk(machine);
  else
    act_in_house(machine);
}

void Simulation::act_in_house(Machine& machine) {
  const DutyId duty = things_.duties[pick(things_.duties.size())];
  const RoomId room = office_.rooms[pick(4)];
  Actor actor = Actor::none();
  if (chance(30)) actor = Actor::of(office_.staff[pick(2)]);
  if (chance(30)) actor = Actor::of(office_.residents[pick(3)].id);
  const ScopeId house = office_.house();
  switch (random_.below(8)) {
    case 0:
    case 1:
      return record(machine, house, actor, DutyDone{duty, chance(70)});
    case 2: {
      const OfferId offer = things_.offers.empty() || chance(70) ? random_.id<OfferTag>() : things_.offers[pick(things_.offers.size())];
      const DutyId of = things_.duty_of_offer.try_emplace(offer, duty).first->second;
      things_.offers.push_back(offer);
      return record(machine, house, actor, DutyOffered{offer, of, chance(20)});
    }
    case 3: {
      if (things_.offers.empty()) return;
      const OfferId offer = things_.offers[pick(things_.offers.size())];
      return record(machine, house, actor, DutyClaimed{offer, things_.duty_of_offer.at(offer), room});
    }
    case 4: {
      const RecordId swap = things_.swaps.empty() || chance(60) ? random_.id<RecordTag>() : things_.swaps[pick(things_.swaps.size())];
      things_.swaps.push_back(swap);
      return record(machine, house, actor, SwapProposed{swap, duty, things_.duties[pick(things_.duties.size())], chance(20)});
    }
    case 5:
      if (things_.swaps.empty()) return;
      return record(machine, house, actor, SwapAnswered{things_.swaps[pick(things_.swaps.size())], chance(60)});
    case 6: {
      const ActivityId activity =
          things_.activities.empty() || chance(50) ? random_.id<ActivityTag>() : things_.activities[pick(things_.activities.size())];
      things_.activities.push_back(activity);
      return record(machine, house, actor,
                    Activity{activity,
                             ActivityKind::other,
                             text("feest"),
                             text("tuin"),
                             today() + static_cast<int>(random_.below(9)),
                             {600},
                             {660},
                             chance(20)});
    }
    default:
      return record(machine, house, actor,
                    AppearanceChosen{office_.residents[pick(3)].id, static_cast<Symbol>(1 + random_.below(31)), Pastel::rose});
  }
}

void Simulation::act_at_desk(Machine& machine) {
  const ScopeId house = office_.house();
  const ScopeId org = office_.org();
  const std::size_t who = pick(2);
  switch (random_.below(9)) {
    case 0: {
      const NoticeId notice =
          things_.notices.empty() || chance(60) ? random_.id<NoticeTag>() : things_.notices[pick(things_.notices.size())];
      things_.notices.push_back(notice);
      Notice made{notice, NoticeIcon::meeting, today(), today() + static_cast<int>(random_.below(20)), {}, chance(20)};
      made.texts["nl"] = {text("bericht"), text("kom")};
      return record(machine, chance(50) ? house : org, Actor::none(), made);
    }
    case 1:
      return record(machine, house, Actor::none(), Room{office_.rooms[pick(4)], office_.woongroep, text("kamer")});
    case 2:
      return record(machine, house, Actor::none(),
                    DutyPlanned{office_.tasks[pick(2)],
                                Day{static_cast<std::int32_t>(Office::founded.value / 86'400'000)} + static_cast<int>(random_.below(10)),
                                office_.rooms[pick(4)]});
    case 3:
      return record(machine, house, Actor::none(),
                    Placing{office_.residents[pick(3)].id, office_.rooms[pick(4)], Symbol::sun, Pastel::sky, today(), std::nullopt});
    case 4:
      return record(machine, house, Actor::none(),
                    PlacingEnded{office_.residents[pick(3)].id, today() + static_cast<int>(random_.below(40))});
    case 5:
      return record(machine, org, Actor::none(), RoleRevoked{office_.grants[who]});
    case 6:
      return record(machine, org, Actor::none(),
                    RoleGranted{office_.grants[who], office_.staff[chance(80) ? who : 1 - who], Role::woonbegeleider,
                                chance(70) ? office_.house_id() : HouseId{}});
    case 7:
      return record(machine, org, Actor::none(), Staff{office_.staff[who], text("begeleider")});
    default:
      return record(machine, org, Actor::none(),
                    Rate{office_.grants[0], today(), static_cast<std::uint8_t>(random_.below(7)), {{RatePart::For::all, {2500}}}});
  }
}

void Simulation::act_about_person(Machine& machine) {
  const std::size_t resident = pick(3);
  const PersonId person = office_.residents[resident].id;
  Actor actor = chance(40) ? Actor::of(office_.staff[pick(2)]) : Actor::of(person);
  if (machine.device_class() == DeviceClass::desk) actor = Actor::none();
  switch (random_.below(7)) {
    case 0:
    case 1: {
      const auto kind = machine.device_class() == DeviceClass::desk ? EntryKind::week_money : EntryKind::paid_cash;
      const Cents cents{static_cast<std::int64_t>(random_.below(9000)) - (kind == EntryKind::paid_cash ? 9000 : 0)};
      Entry entry{random_.id<EntryTag>(),
                  today() - static_cast<int>(random_.below(20)),
                  cents,
                  kind,
                  text("leefgeld"),
                  {},
                  {},
                  QuestionState::none,
                  {},
                  0,
                  0};
      return record(machine, actor, resident, EntryAdded{std::move(entry)});
    }
    case 2: {
      Appointment made;
      made.id = things_.appointments.empty() || chance(60) ? random_.id<AppointmentTag>()
                                                           : things_.appointments[pick(things_.appointments.size())].first;
      made.title = text("afspraak");
      made.day = made.end_day = today() + static_cast<int>(random_.below(15));
      made.start = {600};
      made.end = {660};
      things_.appointments.emplace_back(made.id, person);
      return record(machine, actor, resident, made);
    }
    case 3:
      if (things_.appointments.empty()) return;
      return record(
          machine, actor, resident,
          AppointmentAnswered{things_.appointments[pick(things_.appointments.size())].first, static_cast<Answer>(random_.below(4))});
    case 4:
      if (things_.entries.empty()) return;
      return record(machine, actor, resident,
                    EntryQuestioned{things_.entries[pick(things_.entries.size())].first, QuestionState::asked, today() + 7});
    case 5:
      return record(machine, actor, resident, PreferencesSet{person, {chance(50) ? "ar" : "ti", TextSize::large, Contrast::normal}});
    default:
      return record(machine, actor, resident, PlanStep{person, static_cast<std::uint8_t>(1 + random_.below(4)), 4});
  }
}

}  // namespace huisbord::sim
