// SPDX-License-Identifier: GPL-3.0-or-later
// The screens' questions and commands, answered from the vault: asks the rule, records, keeps the session's keys.
#pragma once

#include <functional>
#include <memory>

#include "app/kiosk/code_desk.h"
#include "app/kiosk/kiosk_actions.h"
#include "core/i18n/zone.h"
#include "core/store/vault.h"

namespace huisbord {

/// Overwrites every text and amount of a session.
void wipe(ResidentView& view);

/// What the sync thread last told; handed over under its own lock.
struct SyncNews {
  std::optional<Millis> all_arrived_at;  ///< when the last receipt left nothing waiting
  bool office_looks = false;             ///< the relay refused something of ours: a person has to look
  std::vector<Concern> concerns;
};

/// One house, one session at a time, one thread (the screens'). Keys and decoded texts live in `Session` alone and go with it.
class HouseActions final : public KioskActions {
 public:
  struct Parts {
    Vault* vault = nullptr;  ///< outlives this
    HouseId house;
    i18n::HouseZone zone;
    const Clock* clock = nullptr;  ///< running time
    Random* random = nullptr;
    std::function<void()> changed;  ///< after each record: wakes the sync thread's counter, never the network
    std::function<SyncNews()> sync_news;
    std::function<void(const std::string&)> log;
    PinKeeperSource pin_keeper = nullptr;
  };
  explicit HouseActions(Parts parts);
  ~HouseActions() override;

  /// At start and when a day begins: this and next week's rota exists, what is past its term goes. False: to be done again.
  [[nodiscard]] bool tend();

  [[nodiscard]] Now now() const override;
  [[nodiscard]] std::int64_t ms_to_next_minute() const override;
  [[nodiscard]] BoardView board() const override;
  [[nodiscard]] std::vector<Sleeper> sleepers() const override;
  [[nodiscard]] SyncView sync() const override;
  [[nodiscard]] std::vector<Concern> concerns() const override { return parts_.sync_news().concerns; }
  [[nodiscard]] std::uint64_t revision() const override;

  void begin_sign_in(PersonId person, const std::string& pin) override;
  [[nodiscard]] std::optional<SignInResult> poll_sign_in() override;
  void sign_out() override;
  [[nodiscard]] bool signed_in() const override;

  void begin_staff_unlock(const std::string& passphrase) override;
  [[nodiscard]] std::optional<bool> poll_staff_unlock() override;
  [[nodiscard]] std::string propose_pin() override;
  void begin_set_pin(PersonId person, const std::string& pin) override;
  [[nodiscard]] std::optional<bool> poll_set_pin() override;
  void end_staff_unlock() override;

  void begin_check_pin(const std::string& pin) override;
  [[nodiscard]] std::optional<SignInResult> poll_check_pin() override;
  void begin_change_pin(const std::string& pin) override;

  [[nodiscard]] const ResidentView& resident() const override;
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

 private:
  struct Session {
    PersonId person;
    crypto::SecretBytes key;
    ResidentView view;
    std::uint64_t revision = 0;
    Day day;
    bool knows_pin = false;  ///< typed it once more, for a change of it
  };
  [[nodiscard]] ScopeId scope() const { return parts_.house.as<ScopeTag>(); }
  [[nodiscard]] bool read_resident(Session& session) const;
  [[nodiscard]] std::expected<Duty, Refusal> duty(DutyId id) const;
  [[nodiscard]] std::expected<Swap, Refusal> swap_where(const std::function<bool(const Swap&)>& wanted) const;
  [[nodiscard]] std::expected<void, Refusal> kept(const Result<Recorded>& stored);
  [[nodiscard]] std::expected<void, Refusal> record(const OpenChange& change);
  [[nodiscard]] std::expected<void, Refusal> record_sealed(PersonalChange change);
  void failed(const Error& error) const;
  [[nodiscard]] bool plan_week_of(Week week);

  Parts parts_;
  std::unique_ptr<CodeDesk> codes_;
  mutable std::unique_ptr<Session> session_;
};

}  // namespace huisbord
