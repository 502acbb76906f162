// SPDX-License-Identifier: GPL-3.0-or-later
// The house of the design's pictures, in memory: the same rules as the kiosk's, no store below; for tests of screens alone.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "app/kiosk/kiosk_actions.h"

namespace huisbord {

class MockupHouse final : public KioskActions {
 public:
  MockupHouse();

  Now moment{Day::from({std::chrono::year{2026}, std::chrono::April, std::chrono::day{14}}), MinuteOfDay{10 * 60 + 34}};
  SyncView sync_view;
  std::vector<Concern> noticed;
  std::string pin = "482915", proposed;
  std::string passphrase = "tulp";
  int wrong_tries = 0;

  [[nodiscard]] Now now() const override { return moment; }
  [[nodiscard]] std::int64_t ms_to_next_minute() const override { return 30000; }
  [[nodiscard]] BoardView board() const override { return board_; }
  [[nodiscard]] std::vector<Sleeper> sleepers() const override { return sleepers_; }
  [[nodiscard]] SyncView sync() const override { return sync_view; }
  [[nodiscard]] std::vector<Concern> concerns() const override { return noticed; }
  [[nodiscard]] std::uint64_t revision() const override { return revision_; }
  void begin_sign_in(PersonId person, const std::string& typed) override;
  [[nodiscard]] std::optional<SignInResult> poll_sign_in() override;
  void sign_out() override { signed_in_ = false; }
  [[nodiscard]] bool signed_in() const override { return signed_in_; }
  void begin_staff_unlock(const std::string& typed) override { unlock_ = typed == passphrase; }
  [[nodiscard]] std::optional<bool> poll_staff_unlock() override { return unlock_; }
  [[nodiscard]] std::string propose_pin() override { return proposed.empty() ? pin : proposed; }
  void begin_set_pin(PersonId person, const std::string& typed) override;
  [[nodiscard]] std::optional<bool> poll_set_pin() override { return true; }
  void end_staff_unlock() override { unlock_ = false; }
  void begin_check_pin(const std::string& typed) override { begin_sign_in(resident_.person, typed); }
  [[nodiscard]] std::optional<SignInResult> poll_check_pin() override { return std::exchange(answer_, std::nullopt); }
  void begin_change_pin(const std::string& typed) override { pin = typed; }
  [[nodiscard]] const ResidentView& resident() const override { return resident_; }
  [[nodiscard]] RotaView rota(Week week) const override;
  [[nodiscard]] std::expected<void, Refusal> answer(AppointmentId appointment, Answer answer) override;
  [[nodiscard]] std::expected<void, Refusal> mark_done(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> take_back_done(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> offer(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> withdraw_offer(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> claim(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> return_claim(DutyId duty) override;
  [[nodiscard]] std::expected<void, Refusal> propose_swap(DutyId mine, DutyId theirs) override;
  [[nodiscard]] std::expected<void, Refusal> answer_swap(RecordId swap, bool accept) override;
  [[nodiscard]] std::expected<void, Refusal> withdraw_swap(DutyId mine) override;
  [[nodiscard]] std::expected<void, Refusal> question(EntryId entry) override;
  [[nodiscard]] std::expected<void, Refusal> withdraw_question(EntryId entry) override;
  [[nodiscard]] std::expected<void, Refusal> set_preferences(const Preferences& preferences) override;

  /// Signs the resident of the pictures in without a code.
  void let_in(const std::string& language, TextSize size = TextSize::normal, Contrast contrast = Contrast::normal);
  ResidentView& writable() { return resident_; }
  std::vector<Duty>& duties() { return duties_; }
  /// Room 5 would rather do Thursday's bins than Saturday's toilets.
  void is_asked_to_swap() {
    Duty &theirs = duties_[2 * 7 + 5], &mine = duties_[4 * 7 + 4];
    swaps_.push_back({RecordId{{77}}, theirs.id, mine.id, theirs.room, mine.room, Swap::State::asked});
    theirs.swap_asked = mine.swap_asked = swaps_.back().id;
    changed();
  }

 private:
  void changed();
  Duty* find(DutyId id);

  BoardView board_;
  std::vector<Sleeper> sleepers_;
  ResidentView resident_;
  std::vector<Room> rooms_;
  std::vector<Task> tasks_;
  std::vector<Duty> duties_;
  std::vector<Swap> swaps_;
  std::uint64_t revision_ = 1;
  bool signed_in_ = false;
  bool unlock_ = false;
  std::optional<SignInResult> answer_;
};

}  // namespace huisbord
