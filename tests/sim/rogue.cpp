// SPDX-License-Identifier: GPL-3.0-or-later
// Operations that no store of ours writes: out of form, of unknown kinds, of kinds and scopes that are not a kiosk's.
#include "tests/sim/rogue.h"

#include <algorithm>

#include "core/journal/hybrid_clock.h"
#include "core/journal/operation.h"
#include "core/journal/segment.h"

namespace huisbord::sim {

Rogue::Rogue(const Device& device, Office& office, RelayDouble& relay, std::uint64_t seed)
    : office_(office), relay_(relay), random_(seed), number_(device.number), signing_(device.signing.clone()) {}

std::string Rogue::some_record() {
  switch (random_.below(4)) {
    case 0:
      return to_string(office_.rooms[random_.below(4)].bytes);
    case 1:
      return to_string(office_.tasks[random_.below(2)].bytes);
    case 2:
      return to_string(duty_of(office_.tasks[0], Day{static_cast<std::int32_t>(Office::founded.value / 86'400'000)}).bytes);
    default:
      return to_string(office_.staff[random_.below(2)].bytes);
  }
}

Bytes Rogue::operation(const ScopeId& scope, std::uint64_t stamp, Millis now) {
  journal::Operation made;
  made.set_stamp(stamp);
  const auto week = static_cast<std::uint32_t>(week_of(Day{static_cast<std::int32_t>(now.value / 86'400'000)}).value);
  const std::string record = some_record();
  made.set_record(record);
  if (random_.below(3) == 0) made.set_actor(to_string(office_.staff[random_.below(2)].bytes));
  const auto of_kind = [&](Kind kind) {
    made.set_kind(static_cast<std::uint32_t>(kind));
    const auto term = rule_of(made.kind())->term.value_or(TermClass::ledger);
    made.set_term_class(static_cast<std::uint32_t>(term));
    const bool weekless = term == TermClass::structure || term == TermClass::stay;
    made.set_term_week(weekless ? 0 : week + 1 - random_.below(6));
  };
  switch (random_.below(10)) {
    case 0:  // out of form
      made.set_kind(static_cast<std::uint32_t>(Kind::room));
      made.clear_record();
      return to_bytes(view(made.SerializeAsString()));
    case 1:  // of a later release
      made.set_kind(99);
      made.set_term_class(1);
      return to_bytes(view(made.SerializeAsString()));
    case 2:
      of_kind(Kind::room);
      made.mutable_room()->set_label("0");
      made.mutable_room()->set_woongroep(to_string(office_.woongroep.bytes));
      break;
    case 3:
      of_kind(Kind::task);
      made.mutable_task()->set_woongroep(to_string(office_.woongroep.bytes));
      break;
    case 4:
      of_kind(Kind::role_granted);
      made.mutable_role_granted()->set_staff(to_string(office_.staff[0].bytes));
      made.mutable_role_granted()->set_role(1);
      break;
    case 5:
      of_kind(Kind::placing);
      made.set_record(to_string(office_.residents[random_.below(3)].id.bytes));
      made.mutable_placing()->set_room(to_string(office_.rooms[0].bytes));
      break;
    case 6:
      of_kind(Kind::duty_done);
      made.set_term_week(week);
      made.mutable_duty_done()->set_done(random_.below(2) == 0);
      break;
    case 7:
      of_kind(Kind::activity);
      made.mutable_activity()->set_cancelled(random_.below(2) == 0);
      break;
    case 8: {
      of_kind(Kind::personal);
      made.set_person(to_string(office_.residents[random_.below(3)].id.bytes));
      made.add_slots(1 + random_.below(3));
      Bytes box(crypto::nonce_size + 32 + crypto::tag_size);
      random_.fill(box);
      made.set_box(to_string(box));
      break;
    }
    default:
      of_kind(scope == office_.org() ? Kind::rate : Kind::notice);
      if (scope == office_.org())
        made.mutable_rate()->set_payday(random_.below(7));
      else
        made.mutable_notice()->set_withdrawn(true);
  }
  return must(write_operation(made));
}

Bytes Rogue::seal(const ScopeId& scope, const ChainHead& after, Millis now, bool ahead) {
  const std::uint64_t clock = std::uint64_t{quarter_of(now) + (ahead ? 300u + random_.below(2000) : 0u)} << 32;
  std::uint64_t stamp = std::max(after.stamp, clock);
  std::vector<Bytes> operations;
  for (std::uint32_t n = 1 + random_.below(3); n > 0; --n) {
    stamp += 1 + random_.below(3);
    operations.push_back(operation(scope, stamp, now));
  }
  const Charter& charter = office_.charter(scope);
  return must(seal_segment({scope, number_, charter.number, after}, operations, office_.epoch_key(scope, charter.highest_epoch()->id),
                           signing_, random_, Padding::none));
}

void Rogue::write(Millis now, bool ahead) {
  const ScopeId scope = random_.below(4) == 0 ? office_.org() : office_.house();
  const Bytes segment = seal(scope, heads_[scope], now, ahead);
  const PushAnswer answer = must(relay_.push(scope, {&segment, 1}, number_));
  if (answer.refusal) return;
  sent_.emplace_back(scope, segment);
  before_[scope] = heads_[scope];
  heads_[scope] = head_of(must(parse_segment(segment)));
}

void Rogue::fork(Millis now) {
  const ScopeId scope = office_.house();
  if (heads_[scope].number == 0) return;
  relay_.hand_out(scope, seal(scope, before_[scope], now, false));
}

void Rogue::give_again() {
  if (sent_.empty()) return;
  // Charters are anybody's to bring.
  for (const ScopeId& scope : office_.scopes()) (void)must(relay_.put_charter(scope, office_.charter_bytes(scope)));
  for (const auto& [scope, segment] : sent_) (void)must(relay_.push(scope, {&segment, 1}, number_));
}

void Rogue::write_twice(Millis now) {
  const ScopeId scope = office_.house();
  for (int i = 0; i < 2; ++i) {
    const Bytes segment = seal(scope, heads_[scope], now, false);
    (void)must(relay_.push(scope, {&segment, 1}, number_));
  }
}

}  // namespace huisbord::sim
