// SPDX-License-Identifier: GPL-3.0-or-later
// What the office decides: charters with cuts, epochs, rulings, erasures, snapshots, and devices that come and come again.
#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/snapshot.h"
#include "core/sync/snapshot_transfer.h"
#include "tests/sim/foundation.h"
#include "tests/sim/simulation.h"

namespace huisbord::sim {

namespace {
constexpr std::size_t whole = std::size_t{1} << 30;
}  // namespace

void Simulation::publish_charters() {
  for (const ScopeId& scope : office_.scopes()) office_.write(scope, now_);
}

void Simulation::hand_to_desks() {
  // The office's own machine has what the office wrote.
  Machine* desk = any_desk();
  if (desk == nullptr) return;
  for (const ScopeId& scope : office_.scopes()) {
    const Status taken = desk->vault().take_charter(office_.charter_bytes(scope));
    if (desk->noticed_dead_disk(draws_.of("torn").random())) return;
    const bool explained = taken || disk_says(*desk, taken.error().code);
    require(explained, "a desk refuses the office's charter: " + (taken ? std::string() : taken.error().sentence));
  }
}

void Simulation::decide(Adversity what, Stream& stream) {
  switch (what) {
    case Adversity::epochs:
      for (const ScopeId& scope : office_.scopes()) office_.new_epoch(scope);
      say("a new epoch begins");
      break;
    case Adversity::cuts:
      if (has(Adversity::rogue) && stream.chance(60)) {
        if (cut_.contains(rogue_->number())) return;
        cut_device(rogue_->number(), false, stream);
      } else {
        const Machine& kiosk = *machines_[Foundation::desks + stream.pick(Foundation::kiosks)];
        if (kiosk.gone || machines_.size() >= most_machines || !stream.chance(50)) return;
        cut_device(kiosk.number(), false, stream);
        return replace(DeviceClass::kiosk);
      }
      break;
    case Adversity::erasure:
      if (!office_.charter(office_.house()).erased.empty()) return;
      erase_someone(stream);
      break;
    case Adversity::joins:
      if (machines_.size() >= most_machines) return;
      // Another desk reads what was sealed under an epoch that has ended with a backup's keys alone (KEYS.md 15).
      return replace(stream.chance(30) && !has_ended_epoch() ? DeviceClass::desk : DeviceClass::kiosk);
    case Adversity::rulings:
      for (const ScopeId& scope : office_.scopes())
        for (const RelayDouble::Kept& one : relay_->kept(scope))
          if (waits(Stamp{one.header.last_stamp}, now_) && !office_.charter(scope).freed(one.header, one.hash) && stream.chance(70))
            office_.rule_free(scope, one.header, one.hash);
      break;
    case Adversity::snapshots:
      for (const ScopeId& scope : office_.scopes()) make_snapshot(scope);
      return;
    default:
      return;
  }
  publish_charters();
  if (stream.chance(70)) hand_to_desks();
}

void Simulation::cut_device(DeviceNumber device, bool at_last, Stream& stream) {
  cut_.insert(device);
  doubtful_.insert(device);
  std::erase_if(ledger_.told, [&](const auto& entry) { return entry.first.second == device; });
  for (const ScopeId& scope : office_.scopes()) {
    std::vector<const RelayDouble::Kept*> all;
    for (const RelayDouble::Kept& one : relay_->kept(scope))
      if (one.header.device == device && (one.here || at_last)) all.push_back(&one);
    std::ranges::stable_sort(all, {}, [](const RelayDouble::Kept* one) { return one->header.last(); });
    Cut at;
    if (!all.empty() && (at_last || stream.chance(85))) {
      const RelayDouble::Kept* chosen = at_last ? all.back() : all[stream.pick(all.size())];
      at = {chosen->header.last(), chosen->hash};
    }
    const auto covered = office_.charter(scope).snapshot_end(device);
    const auto leads_to = [&](const RelayDouble::Kept* segment) {
      HeaderHash next = at.header_hash;
      for (auto from = all.rbegin(); from != all.rend() && next != segment->hash; ++from)
        if ((*from)->hash == next) next = (*from)->header.previous;
      return next == segment->hash;
    };
    const auto end = std::ranges::find_if(all, [&](const RelayDouble::Kept* one) { return covered && one->hash == covered->header_hash; });
    office_.cut(scope, device, at, end != all.end() && !leads_to(*end));
    say("device " + std::to_string(device) + " is cut at " + std::to_string(at.number));
  }
  if (!at_last) {
    for (const auto& machine : machines_)
      if (machine->number() == device) machine->gone = true;
    for (auto& [id, line] : ledger_.entries)
      if (line.device == device || line.by->number() == device) line.sure = false;
  }
  if (stream.chance(60))
    for (const ScopeId& scope : office_.scopes()) office_.new_epoch(scope);
}

void Simulation::replace(DeviceClass device_class) {
  const Device device = office_.add_device(device_class);
  publish_charters();
  Machine* desk = any_desk();
  Machine& made = join(device, fresh_subfolder("joined-"));
  say(name_of(made) + " joins");
  if (device_class != DeviceClass::desk || desk == nullptr) return;
  // A desk gets its history from another one: the relay may have let go of it.
  for (const ScopeId& scope : office_.scopes()) {
    const auto given = desk->vault().segments_after(scope, {}, whole);
    if (desk->noticed_dead_disk(draws_.of("torn").random())) return;
    if (!given) return require(disk_says(*desk, given.error().code), "a desk gives no history: " + given.error().sentence);
    (void)must(made.vault().take_segments(scope, *given));
  }
}

/// While a kiosk that wrote about them has no line: what it wrote comes when nobody may count it any more.
void Simulation::erase_someone(Stream& stream) {
  if (Machine* kiosk = any_kiosk(stream)) {
    kiosk->line.cut = true;
    for (int i = 0; i < 2 && kiosk->on(); ++i) add_entry(*kiosk, 2, Actor::of(office_.residents[2].id), stream);
  }
  say("a resident is erased");
  office_.erase(office_.residents[2].id);
}

void Simulation::make_snapshot(const ScopeId& scope) {
  Machine* desk = any_desk();
  if (desk == nullptr || desk->line.cut) return;
  // What the relay will let go is what the former snapshot covers: no desk may lack any of it.
  const auto& former = office_.charter(scope).snapshot;
  for (const auto& one : machines_) {
    if (one->gone || one->device_class() != DeviceClass::desk || !former) continue;
    if (!one->on()) return;
    const auto heads = must(one->vault().heads(scope));
    for (const SnapshotHead& covered : former->heads)
      if (std::ranges::none_of(heads,
                               [&](const Head& head) { return head.device == covered.device && head.number >= covered.head.number; }))
        return say("no snapshot: a desk lacks what the former one covers");
  }
  const auto made = desk->vault().make_snapshot(scope);
  if (desk->noticed_dead_disk(draws_.of("torn").random())) return;
  if (!made) {
    const ErrorCode code = made.error().code;
    return require(code == ErrorCode::epoch || disk_says(*desk, code), "no snapshot is made: " + made.error().sentence);
  }
  if (!office_.name_snapshot(scope, made->named)) return say("a snapshot is not named");
  snapshots_[scope] = made->bytes;
  snapshots_to_put_.insert(scope);
  office_.write(scope, now_);
  hand_to_desks();
  say("a snapshot is named");
  if (!desk->on()) return;
  if (desk->line.put_charter(scope, office_.charter_bytes(scope), {})) put_snapshots(*desk);
}

void Simulation::put_snapshots(Machine& desk) {
  std::erase_if(snapshots_to_put_, [&](const ScopeId& scope) {
    const auto& named = office_.charter(scope).snapshot;
    if (!named || snapshot_hash(snapshots_.at(scope)) != named->hash) return true;
    const auto put = put_snapshot(desk.line, scope, snapshots_.at(scope), {});
    return put && !*put;
  });
}

void Simulation::give_snapshots_again() {
  Machine* desk = any_desk();
  if (desk == nullptr) return;
  const GoodLine good(desk->line);
  for (const ScopeId& scope : office_.scopes()) {
    const auto& named = office_.charter(scope).snapshot;
    const auto known = snapshots_.find(scope);
    if (named && known != snapshots_.end() && snapshot_hash(known->second) == named->hash)
      (void)put_snapshot(desk->line, scope, known->second, {});
  }
}

void Simulation::share_history() {
  if (!relay_->forgot() && !desk_went_back_) return;
  for (const auto& from : machines_) {
    for (const auto& to : machines_) {
      const auto is_desk = [](const Machine& one) { return one.on() && !one.gone && one.device_class() == DeviceClass::desk; };
      if (from == to || !is_desk(*from) || !is_desk(*to)) continue;
      for (const ScopeId& scope : office_.scopes())
        (void)must(to->vault().take_segments(scope, must(from->vault().segments_after(scope, must(to->vault().heads(scope)), whole))));
    }
  }
}

bool Simulation::renew_snapshots() {
  Machine* desk = any_desk();
  if (desk == nullptr) return false;
  const GoodLine good(desk->line);
  bool any = false;
  for (const ScopeId& scope : office_.scopes()) {
    if (!snapshots_.contains(scope) || !office_.covers_less(scope)) continue;
    make_snapshot(scope);
    any = true;
  }
  return any;
}

bool Simulation::renew_copies() {
  std::vector<std::pair<Machine*, CharterDevice>> copies;
  for (const auto& machine : machines_) {
    if (machine->gone || !machine->on() || !machine->vault().must_become_new()) continue;
    auto identity = machine->vault().new_identity();
    if (machine->noticed_dead_disk(draws_.of("torn").random())) continue;
    // A store that went over and was copied again is opened anew first.
    if (!identity && identity.error().code == ErrorCode::unavailable) {
      machine->stop();
      start(*machine);
      continue;
    }
    if (!identity && disk_says(*machine, identity.error().code)) continue;
    copies.emplace_back(machine.get(), must(std::move(identity)));
  }
  if (copies.empty()) return false;
  for (auto& [machine, identity] : copies) {
    const DeviceNumber former = machine->number();
    // What was sealed under an epoch that ended meanwhile, because nothing was heard of its writer for so long, needs a new identity too.
    // And a store whose disk failed to sync may be as it was at an earlier moment.
    const bool may_have_lapsed = has(Adversity::keys) && weather_.may_keep_silent();
    require(doubtful_.contains(former) || may_have_lapsed || has(Adversity::failing_syncs),
            name_of(*machine) + " takes itself for a copy and is none");
    const auto listed = office_.charter(office_.house()).device(identity.id);
    const DeviceNumber number = listed != nullptr ? listed->number : office_.readmit(identity);
    machine->renumber(number, identity.id);
    say("device " + std::to_string(former) + ", of which a copy goes on, becomes device " + std::to_string(number));
    // Whose number nobody goes by any more ends where the relay knows it.
    const bool goes_on = std::ranges::any_of(machines_, [&](const auto& one) { return !one->gone && one->number() == former; });
    if (!goes_on && !cut_.contains(former)) cut_device(former, true, draws_.of("copies"));
  }
  publish_charters();
  hand_to_desks();
  return true;
}

}  // namespace huisbord::sim
