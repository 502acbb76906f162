// SPDX-License-Identifier: GPL-3.0-or-later
// An invented house's operations in the order in which they happen, for tests and measurements of the journal.
#pragma once

#include <vector>

#include "core/crypto/box.h"
#include "core/journal/hybrid_clock.h"
#include "core/journal/operation.h"
#include "core/journal/personal.pb.h"

namespace huisbord {

/// Random identifiers of 16 bytes, residents in rooms, tasks; each call is the next change.
class SampleJournal {
 public:
  explicit SampleJournal(Random& random) : random_(random), scope_(random.id<ScopeTag>()), key_(crypto::SecretBytes::of_size(32)) {
    random.fill(key_.mutable_view());
    for (int i = 0; i < 30; ++i) rooms_.push_back(to_string(random.id<RoomTag>().bytes));
    for (int i = 0; i < 12; ++i) tasks_.push_back(random.id<TaskTag>());
    for (int i = 0; i < 60; ++i) people_.push_back(random.id<PersonTag>());
    for (int i = 0; i < 6; ++i) staff_.push_back(to_string(random.id<StaffTag>().bytes));
  }

  [[nodiscard]] const ScopeId& scope() const { return scope_; }

  /// One that every device of the house reads.
  [[nodiscard]] journal::Operation open() {
    journal::Operation operation = start();
    operation.set_term_class(static_cast<std::uint32_t>(TermClass::rota));
    const TaskId task = pick(tasks_);
    const Day day{20000 + static_cast<int>(quarter_ / 96) + static_cast<int>(random_.below(7))};
    const std::string duty = to_string(duty_of(task, day).bytes);
    const std::uint32_t drawn = random_.below(100);
    if (drawn < 45) {
      set(operation, Kind::duty_planned, duty);
      auto& body = *operation.mutable_duty_planned();
      body.set_task(to_string(task.bytes));
      body.set_day(day.value);
      body.set_room(pick(rooms_));
      operation.clear_actor();
    } else if (drawn < 85) {
      set(operation, Kind::duty_done, duty);
      operation.mutable_duty_done()->set_done(true);
    } else if (drawn < 92) {
      last_offer_ = to_string(random_.id<OfferTag>().bytes);
      last_duty_ = duty;
      set(operation, Kind::duty_offered, last_offer_);
      operation.mutable_duty_offered()->set_duty(duty);
    } else if (drawn < 97 && !last_offer_.empty()) {
      set(operation, Kind::duty_claimed, last_offer_);
      operation.mutable_duty_claimed()->set_duty(last_duty_);
      operation.mutable_duty_claimed()->set_room(pick(rooms_));
    } else {
      set(operation, Kind::swap_proposed, to_string(random_.id<RecordTag>().bytes));
      operation.mutable_swap_proposed()->set_mine(duty);
      operation.mutable_swap_proposed()->set_theirs(to_string(duty_of(task, day + 1).bytes));
    }
    return operation;
  }

  /// One line of leefgeld, in a box of 64 bytes padded.
  [[nodiscard]] journal::Operation boxed() {
    journal::Operation operation = start();
    const PersonId person = pick(people_);
    const RecordId record = random_.id<RecordTag>();
    set(operation, Kind::personal, to_string(record.bytes));
    operation.set_term_class(static_cast<std::uint32_t>(TermClass::ledger));
    operation.set_actor(pick(staff_));
    operation.set_person(to_string(person.bytes));
    operation.add_slots(1);
    journal::Personal personal;
    auto& entry = *personal.add_changes()->mutable_entry();
    entry.set_day(20000);
    entry.set_cents(5000);
    entry.set_kind(1);
    entry.set_reason("corvee kitchen, week 12");
    const std::uint32_t slot = 1;
    const Bytes associated = box_associated(scope_, record, person, std::span(&slot, 1));
    operation.set_box(to_string(crypto::seal_box(key_, associated, view(personal.SerializeAsString()), random_)));
    return operation;
  }

  /// Raw bytes; \p boxed_percent of them personal.
  [[nodiscard]] std::vector<Bytes> raw(std::size_t count, std::uint32_t boxed_percent) {
    std::vector<Bytes> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(*write_operation(random_.below(100) < boxed_percent ? boxed() : open()));
    return made;
  }

 private:
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[random_.below(static_cast<std::uint32_t>(from.size()))];
  }
  journal::Operation start() {
    if (random_.below(3) == 0) ++quarter_;
    journal::Operation operation;
    operation.set_stamp(clock_.tick({std::int64_t{quarter_} * Stamp::quarter_millis}).value);
    operation.set_actor(to_string(pick(people_).bytes));
    operation.set_term_week(2900 + quarter_ / 672 % 100);
    return operation;
  }
  static void set(journal::Operation& operation, Kind kind, std::string record) {
    operation.set_kind(static_cast<std::uint32_t>(kind));
    operation.set_record(std::move(record));
  }

  Random& random_;
  ScopeId scope_;
  crypto::SecretBytes key_;
  HybridClock clock_;
  std::uint32_t quarter_ = 1'980'000;
  std::vector<std::string> rooms_;
  std::vector<TaskId> tasks_;
  std::vector<PersonId> people_;
  std::vector<std::string> staff_;
  std::string last_offer_;
  std::string last_duty_;
};

}  // namespace huisbord
