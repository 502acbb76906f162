// SPDX-License-Identifier: GPL-3.0-or-later
// An operation from anywhere, and what a hostile device of the house sealed into a box: read, decoded, and handed to the rules.
#include "core/journal/operation.h"

#include <limits>

#include "core/base/check.h"
#include "core/domain/leefgeld.h"
#include "core/domain/rota.h"
#include "core/domain/stay.h"
#include "core/journal/witness.h"
#include "core/store/change_decoding.h"
#include "core/store/tables.h"
#include "tests/fuzz/target.h"

namespace huisbord::fuzz {
namespace {

enum Shape : std::uint8_t { open = 0, sealed = 1 };
constexpr Day today{20'000};

void decode(const journal::Operation& operation) {
  const RecordId record = id_of<RecordId>(operation.record());
  switch (static_cast<Kind>(operation.kind())) {
    case Kind::placing: {
      const Placing placing = decode_placing(record, operation);
      (void)stays_on(placing, today);
      (void)end_stay(placing, today, today);
      break;
    }
    case Kind::task:
      if (const auto task = decode_task(record, operation)) {
        const Room room{record.as<RoomTag>(), task->woongroep, "1"};
        CHECK(plan_week(week_of(today), {*task}, {room}).size() <= 7);
      }
      break;
    case Kind::notice:
      CHECK(decode_notice(record, operation).texts.size() <= static_cast<std::size_t>(operation.notice().texts_size()));
      break;
    case Kind::activity:
      (void)week_of(decode_activity(record, operation).day);
      break;
    case Kind::role_granted:
      (void)decode_grant(record, operation);
      break;
    case Kind::rate: {
      const Rate rate = decode_rate(record, operation);
      (void)next_payment({rate, rate}, today);
      break;
    }
    default:
      break;
  }
}

void run_open(ByteView raw) {
  static journal::Operation operation;
  if (!parse_operation(raw, operation)) return;
  CHECK(raw.size() <= max_operation_size);
  CHECK(leading_stamp(raw) == operation.stamp());
  CHECK(operation.record().empty() || operation.record().size() == 16);
  if (!is_known(operation)) return;
  if (operation.kind() == static_cast<std::uint32_t>(Kind::witness)) {
    const auto witness = read_witness(operation);
    CHECK(witness.has_value());
    CHECK(missing(*witness, witness->heads).empty());
  } else if (operation.kind() != static_cast<std::uint32_t>(Kind::personal)) {
    CHECK(table_of(operation).has_value());
  }
  (void)past_term(operation.term_class(), operation.term_week(), DeviceClass::kiosk, week_of(today));
  decode(operation);
  const auto again = write_operation(operation);
  CHECK(again.has_value() || again.error().code == ErrorCode::invalid);
}

void run_sealed(ByteView content) {
  journal::Personal personal;
  if (content.size() > max_box_size || !personal.ParseFromArray(content.data(), static_cast<int>(content.size()))) return;
  std::vector<Entry> entries;
  for (journal::PersonalChange& change : *personal.mutable_changes()) {
    if (change.has_identity()) (void)longest_stay(take_identity(*change.mutable_identity()).arrived, 18);
    if (change.has_preferences()) (void)take_preferences(*change.mutable_preferences());
    if (change.has_case_managers()) (void)take_managers(*change.mutable_case_managers());
    if (change.has_plan_step()) (void)take_plan_step({}, change.plan_step());
    if (change.has_appointment()) {
      const Appointment appointment = take_appointment({}, *change.mutable_appointment());
      (void)week_of(appointment.day);
      (void)week_of(appointment.end_day);
      (void)answer_appointment(appointment, Answer::coming, today, {600});
    }
    if (change.has_entry()) {
      if (auto entry = take_entry({}, *change.mutable_entry())) {
        entry->number = entries.size() + 1;
        entries.push_back(std::move(*entry));
      }
    }
  }
  for (const Entry& entry : entries) (void)week_of(entry.day);
  (void)balance(entries);
}

}  // namespace

std::vector<Bytes> seeds() {
  std::vector<Bytes> all;
  for (const Bytes& operation : vectors("operation_")) all.push_back(shaped(open, operation));
  journal::Personal personal;
  auto& appointment = *personal.add_changes()->mutable_appointment();
  appointment.set_kind(2);
  appointment.set_title("by the lawyer");
  appointment.set_day(20'100);
  appointment.set_end_day(20'100);
  appointment.add_bring(1);
  personal.add_changes()->mutable_appointment_answered()->set_answer(1);
  auto& entry = *personal.add_changes()->mutable_entry();
  entry.set_day(20'000);
  entry.set_cents(5000);
  entry.set_kind(7);
  entry.add_covers()->set_up_to(9);
  personal.add_changes()->mutable_entry_questioned()->set_state(1);
  personal.add_changes()->mutable_identity()->set_arrived(19'000);
  personal.add_changes()->mutable_preferences()->set_language("ti");
  personal.add_changes()->mutable_case_managers()->set_asked(true);
  personal.add_changes()->mutable_plan_step()->set_step(2);
  all.push_back(shaped(sealed, view(personal.SerializeAsString())));
  // What no house has: sums and days at the ends of their types.
  for (int i = 0; i < 2; ++i) {
    auto& extreme = *personal.add_changes()->mutable_entry();
    extreme.set_kind(1);
    extreme.set_cents(std::numeric_limits<std::int64_t>::max());
    extreme.set_day(std::numeric_limits<std::int32_t>::min());
  }
  personal.add_changes()->mutable_appointment()->set_day(std::numeric_limits<std::int32_t>::min());
  personal.add_changes()->mutable_identity()->set_arrived(std::numeric_limits<std::int32_t>::max());
  all.push_back(shaped(sealed, view(personal.SerializeAsString())));
  return all;
}

void run(ByteView input) {
  if (input.empty()) return;
  if (input[0] == open) run_open(input.subspan(1));
  if (input[0] == sealed) run_sealed(input.subspan(1));
}

}  // namespace huisbord::fuzz
