// SPDX-License-Identifier: GPL-3.0-or-later
// A generated set of operations, charters and cuts: how it is drawn.
#include "tests/core/store/generated_world.h"

#include <algorithm>

namespace huisbord {

GeneratedWorld::GeneratedWorld(const WorldShape& shape) : organisation(shape.seed ^ 0x9e3779b97f4a7c15u), random_(shape.seed) {
  receiver_kiosk = organisation.add_device(DeviceClass::kiosk);
  receiver_desk = organisation.add_device(DeviceClass::desk);
  authors_.push_back(organisation.add_device(DeviceClass::desk));
  authors_.push_back(organisation.add_device(DeviceClass::kiosk));
  quarter_ = quarter_of(organisation.clock.now());
  week_ = static_cast<std::uint32_t>(week_of(Day{static_cast<std::int32_t>(organisation.clock.now().value / TestClock::day)}).value);
  for (int i = 0; i < 4; ++i) records_.push_back(random_.id<RecordTag>());
  for (int i = 0; i < 3; ++i) people_.push_back(random_.id<PersonTag>());
  for (int i = 0; i < 2; ++i) staff_ids_.push_back(random_.id<RecordTag>());

  std::vector<Delivery> charters;
  const auto sign = [&](const ScopeId& scope) { charters.push_back({true, scope, organisation.sign(scope)}); };
  sign(organisation.org());
  sign(organisation.house());
  // A third author comes with the second charter, and its segments name that one.
  if (chance(50)) {
    authors_.push_back(organisation.add_device(chance(50) ? DeviceClass::desk : DeviceClass::kiosk));
    sign(organisation.org());
    sign(organisation.house());
  }
  for (const TestDevice& author : authors_) {
    for (const ScopeId& scope : {organisation.org(), organisation.house()}) {
      if (author.device_class == DeviceClass::kiosk && scope == organisation.org() && chance(70)) continue;
      const CharterNumber charter = author.number > 4 ? 2 : 1;
      Chain chain;
      grow(author, scope, chain, random_.below(shape.operations + 1), charter, false);
      auto& all = segments_[{scope, author.number}];
      all.insert(all.end(), chain.begin(), chain.end());
      if (shape.forks && !chain.empty() && chance(50)) {
        Chain branch(chain.begin(), chain.begin() + random_.below(static_cast<std::uint32_t>(chain.size())));
        const std::size_t shared = branch.size();
        grow(author, scope, branch, 1 + random_.below(6), charter, false);
        all.insert(all.end(), branch.begin() + static_cast<std::ptrdiff_t>(shared), branch.end());
      }
      if (shape.ahead && chance(50)) {
        const std::size_t before = chain.size();
        grow(author, scope, chain, 1 + random_.below(4), charter, true);
        all.insert(all.end(), chain.begin() + static_cast<std::ptrdiff_t>(before), chain.end());
        if (chance(50) && chain.size() > before)
          organisation.charter(scope).rulings.push_back({Ruling::Kind::free_waiting, author.number, chain[before].header.last(),
                                                         chain[before].hash, organisation.charter(scope).written_quarter});
      }
    }
  }
  if (shape.cuts) {
    for (auto& [where, all] : segments_) {
      if (!chance(60)) continue;
      const bool nothing = all.empty() || chance(15);
      const Made* at = nothing ? nullptr : &pick(all);
      organisation.cut(where.first, where.second, at == nullptr ? Cut{} : Cut{at->header.last(), at->hash});
    }
    if (chance(30)) organisation.charter(organisation.house()).erased.push_back(people_[0]);
  }
  if (shape.snapshot) name_snapshots();
  if (shape.cuts || shape.ahead || shape.snapshot) {
    sign(organisation.house());
    sign(organisation.org());
  }
  deliveries.insert(deliveries.begin(), charters.begin(), charters.end());
}

/// A snapshot that nobody loads: here it only says which branch counts.
void GeneratedWorld::name_snapshots() {
  for (const ScopeId& scope : {organisation.org(), organisation.house()}) {
    Charter& charter = organisation.charter(scope);
    charter.snapshot.emplace();
    for (const auto& [where, all] : segments_) {
      if (where.first != scope || all.empty() || !chance(70)) continue;
      const Made& at = pick(all);
      const auto& cut = charter.device(where.second)->cut;
      if (cut && at.header.last() >= cut->number) continue;
      charter.snapshot->heads.push_back({where.second, {at.header.last(), at.hash, at.header.last_stamp}});
    }
  }
}

void GeneratedWorld::grow(const TestDevice& author, const ScopeId& scope, Chain& chain, std::size_t operations, CharterNumber charter,
                          bool ahead) {
  ChainHead head;
  if (!chain.empty()) head = {chain.back().header.last(), chain.back().hash, chain.back().header.last_stamp};
  // Stamps are few, so that devices often write at the same one.
  std::uint64_t stamp = std::max(head.stamp, (std::uint64_t{quarter_ - 400u} << 32));
  if (ahead) stamp = std::max(stamp, std::uint64_t{quarter_ + 300u} << 32);
  while (operations > 0) {
    Made made;
    const std::size_t count = std::min<std::size_t>(operations, 1 + random_.below(4));
    for (std::size_t i = 0; i < count; ++i) {
      stamp += chance(30) ? std::uint64_t{1 + random_.below(3)} << 32 : 1 + random_.below(2);
      made.operations.push_back(draw_operation(author.device_class, scope, stamp));
    }
    operations -= count;
    const Bytes bytes = must(seal_segment({scope, author.number, charter, head}, made.operations, organisation.epoch_key(scope),
                                          author.signing, random_, Padding::none));
    const SegmentView view = must(parse_segment(bytes));
    made.header = view.header;
    made.hash = view.hash();
    head = head_of(view);
    chain.push_back(made);
    deliveries.push_back({false, scope, bytes});
  }
}

Bytes GeneratedWorld::draw_operation(DeviceClass author, const ScopeId& scope, std::uint64_t stamp) {
  journal::Operation operation;
  operation.set_stamp(stamp);
  if (chance(4)) {
    // Not in form: counted, kept, never applied.
    operation.set_kind(static_cast<std::uint32_t>(Kind::room));
    return Bytes(to_bytes(view(operation.SerializeAsString())));
  }
  if (chance(4)) {
    operation.set_kind(99);
    operation.set_term_class(1);
    return Bytes(to_bytes(view(operation.SerializeAsString())));
  }
  if (chance(30)) operation.set_actor(to_string(pick(staff_ids_).bytes));
  if (chance(15)) operation.set_actor(to_string(pick(people_).bytes));
  const bool org = scope == organisation.org();
  static const std::vector<Kind> org_kinds = {Kind::house,        Kind::notice,       Kind::staff,        Kind::role_granted,
                                              Kind::role_revoked, Kind::role_granted, Kind::role_revoked, Kind::rate};
  static const std::vector<Kind> desk_kinds = {Kind::woongroep, Kind::room, Kind::placing, Kind::placing_ended, Kind::task, Kind::notice};
  static const std::vector<Kind> kiosk_kinds = {Kind::personal,      Kind::appearance,   Kind::duty_planned, Kind::duty_done,
                                                Kind::duty_offered,  Kind::duty_claimed, Kind::duty_claimed, Kind::swap_proposed,
                                                Kind::swap_answered, Kind::activity};
  // One in twenty is written by who may not.
  const bool as_desk = author == DeviceClass::desk ? chance(40) : chance(5);
  put_open(operation, pick(org && (as_desk || !chance(10)) ? org_kinds : as_desk ? desk_kinds : kiosk_kinds));
  return must(write_operation(operation));
}

void GeneratedWorld::put_open(journal::Operation& operation, Kind kind) {
  const std::string record = to_string(pick(records_).bytes);
  const std::string other = to_string(pick(records_).bytes);
  operation.set_kind(static_cast<std::uint32_t>(kind));
  operation.set_record(record);
  const KindRule& rule = *rule_of(operation.kind());
  const TermClass term = rule.term.value_or(chance(50) ? TermClass::appointment : chance(50) ? TermClass::ledger : TermClass::stay);
  operation.set_term_class(static_cast<std::uint32_t>(term));
  const bool weekless = term == TermClass::structure || term == TermClass::stay;
  operation.set_term_week(weekless ? 0 : week_ + 1 - random_.below(12));
  switch (kind) {
    case Kind::personal: {
      operation.set_person(to_string(pick(people_).bytes));
      operation.add_slots(1 + random_.below(3));
      if (chance(30)) operation.add_slots(4);
      Bytes box(crypto::nonce_size + 32 + crypto::tag_size);
      random_.fill(box);
      operation.set_box(to_string(box));
      break;
    }
    case Kind::house:
      operation.mutable_house()->set_name("h" + std::to_string(random_.below(9)));
      break;
    case Kind::woongroep:
      operation.mutable_woongroep()->set_order(random_.below(9));
      break;
    case Kind::room:
      operation.mutable_room()->set_woongroep(other);
      operation.mutable_room()->set_label(std::to_string(random_.below(99)));
      break;
    case Kind::placing:
      operation.set_record(to_string(pick(people_).bytes));
      operation.mutable_placing()->set_room(other);
      break;
    case Kind::placing_ended:
      operation.set_record(to_string(pick(people_).bytes));
      operation.mutable_placing_ended()->set_until(static_cast<std::int32_t>(random_.below(9)));
      break;
    case Kind::appearance:
      operation.set_record(to_string(pick(people_).bytes));
      operation.mutable_appearance()->set_symbol(random_.below(30));
      break;
    case Kind::task:
      operation.mutable_task()->set_woongroep(other);
      break;
    case Kind::duty_planned:
      operation.mutable_duty_planned()->set_task(other);
      operation.mutable_duty_planned()->set_room(to_string(pick(records_).bytes));
      break;
    case Kind::duty_done:
      operation.mutable_duty_done()->set_done(chance(50));
      break;
    case Kind::duty_offered:
      operation.mutable_duty_offered()->set_duty(other);
      if (chance(20)) {
        operation.mutable_duty_offered()->set_returned(to_string(pick(records_).bytes));
        operation.mutable_duty_offered()->set_room(to_string(pick(records_).bytes));
      }
      break;
    case Kind::duty_claimed:
      operation.mutable_duty_claimed()->set_duty(other);
      operation.mutable_duty_claimed()->set_room(to_string(pick(records_).bytes));
      break;
    case Kind::swap_proposed:
      operation.mutable_swap_proposed()->set_mine(other);
      operation.mutable_swap_proposed()->set_theirs(to_string(pick(records_).bytes));
      break;
    case Kind::swap_answered:
      operation.mutable_swap_answered()->set_accepted(chance(50));
      break;
    case Kind::notice:
      operation.mutable_notice()->set_withdrawn(chance(50));
      break;
    case Kind::activity:
      operation.mutable_activity()->set_cancelled(chance(50));
      break;
    case Kind::staff:
      operation.set_record(to_string(pick(staff_ids_).bytes));
      operation.mutable_staff()->set_name("s" + std::to_string(random_.below(9)));
      break;
    case Kind::role_granted:
      operation.mutable_role_granted()->set_staff(to_string(pick(staff_ids_).bytes));
      operation.mutable_role_granted()->set_role(1 + random_.below(4));
      if (chance(50)) operation.mutable_role_granted()->set_house(to_string(organisation.house().bytes));
      break;
    case Kind::role_revoked:
      operation.mutable_role_revoked();
      break;
    case Kind::rate:
      operation.mutable_rate()->set_payday(random_.below(7));
      break;
    case Kind::device_keys:
    case Kind::witness:
      break;
  }
}

}  // namespace huisbord
