// SPDX-License-Identifier: GPL-3.0-or-later
// A house with two residents, staff and a first PIN, and the actions of its kiosk over a real vault.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "app/kiosk/house_actions.h"
#include "core/store/pin_secret.h"
#include "tests/core/store/house_test.h"

namespace huisbord {

inline crypto::SecretBytes secret_of(std::string_view text) { return crypto::SecretBytes::copy_of(view(text)); }

/// Polls what a thread works on. Fails the test when it takes a minute.
template <class Poll>
auto wait_for(Poll poll) {
  for (int i = 0; i < 60000; ++i) {
    if (auto answer = poll()) return *answer;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ADD_FAILURE() << "no answer within a minute";
  return typename std::remove_cvref_t<decltype(*poll())>{};
}

/// Every write of this process beyond `bytes` of a file fails, as on a disk that takes no more; gone with this object.
class FailingDisk {
 public:
  explicit FailingDisk(rlim_t bytes = 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FailingDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

 private:
  rlimit before_{};
};

class KioskHouse : public HouseTest {
 public:
  static constexpr const char* pin = "402917";
  static constexpr const char* neighbours_pin = "731846";
  static constexpr const char* passphrase = "groene fiets bij de sluis";

 protected:
  /// As little as Argon2id allows: what it costs is core/crypto's to test.
  static crypto::Argon2Parameters cheap() { return {1, std::size_t{8} * 1024}; }

  enum class Today : std::uint8_t { the_organisations, the_systems };
  explicit KioskHouse(Today when = Today::the_organisations) {
    // A clock behind the stamps is not believed (core/journal/trusted_time.h), so it only ever goes forward.
    if (when == Today::the_systems)
      organisation_.clock.pass(std::max<std::int64_t>(0, system_clock().now().value - organisation_.clock.now().value));
    person_ = fresh<PersonTag>();
    neighbour_ = fresh<PersonTag>();
    key_ = crypto::make_key(organisation_.random());
    neighbour_key_ = crypto::make_key(organisation_.random());
    must(desk_->record(house(), Actor::none(), Placing{person_, rooms_[0], Symbol::paw, Pastel::sky, today() - 30, {}}));
    must(desk_->record(house(), Actor::none(), Placing{neighbour_, rooms_[1], Symbol::fish, Pastel::mint, today() - 30, {}}));
    must(desk_->record(house(), Actor::none(), person_, key_,
                       {IdentitySet{person_, {"Winta Ghebremariam", today() - 30}}, CaseManagersSet{person_, {"Mr. Zwanenburg", {}, {}}}}));
    must(desk_->record(house(), Actor::none(), neighbour_, neighbour_key_, {IdentitySet{neighbour_, {"Zwaniru", today() - 30}}}));
    appointment_.id = fresh<AppointmentTag>();
    appointment_.kind = AppointmentKind::law;
    appointment_.title = "Gesprek over de verblijfsvergunning";
    appointment_.place = "Keizersgracht 714";
    appointment_.day = appointment_.end_day = today() + 2;
    appointment_.start = {600};
    appointment_.end = {660};
    entry_.id = fresh<EntryTag>();
    entry_.day = today() - 3;
    entry_.amount = {5000};
    entry_.reason = "Weekgeld met een toeslag voor reizen";
    must(desk_->record(house(), Actor::none(), person_, key_, {appointment_, EntryAdded{entry_}}));

    const auto custody = must(crypto::Custody::make(fresh<StaffTag>(), secret_of(passphrase), cheap(), organisation_.random()));
    must(kiosk_->set_setting(custody_setting, custody.serialise()));
    for (const auto& [who, key] : {std::pair(person_, &key_), std::pair(neighbour_, &neighbour_key_)})
      organisation_.charter(house()).keyring.push_back(seal_person_key(
          house(), who, *key, *organisation_.charter(house()).device(kiosk_device_.number), custody.public_key(), organisation_.random()));
    const Bytes charter = organisation_.sign(house());
    must(desk_->take_charter(charter));
    must(kiosk_->take_charter(charter));
    give_pin(person_, key_, pin);
    exchange();
    start();
  }

  void give_pin(const PersonId& person, const crypto::SecretBytes& key, const std::string& digits) {
    const auto mixed_with = must(pin_secret(*kiosk_, organisation_.random()));
    const auto wrap = must(crypto::make_pin_wrap(key, secret_of(digits), mixed_with, person.view(), cheap(), organisation_.random()));
    must(kiosk_->set_setting(pin_setting(person), wrap.serialise()));
  }
  void start() {
    actions_ = std::make_unique<HouseActions>(HouseActions::Parts{.vault = kiosk_.get(),
                                                                  .house = organisation_.house_id(),
                                                                  .zone = must(i18n::HouseZone::open()),
                                                                  .clock = &organisation_.clock,
                                                                  .random = &organisation_.random(),
                                                                  .changed = [this] { ++changed_; },
                                                                  .sync_news = [this] { return news_; },
                                                                  .log = [this](const std::string& line) { log_.push_back(line); },
                                                                  .pin_keeper = keeper_});
  }
  /// As after a power cut: everything that is not in the file is gone.
  void restart() {
    actions_.reset();
    kiosk_.reset();
    kiosk_ = must(Vault::open(folder_ / "kiosk.db", SmallOrganisation::store_key(), organisation_.options()));
    start();
  }

  SignInResult sign_in(const std::string& digits) { return sign_in(person_, digits); }
  SignInResult sign_in(const PersonId& person, const std::string& digits) {
    actions_->begin_sign_in(person, digits);
    return wait_for([&] { return actions_->poll_sign_in(); });
  }
  bool unlock(const std::string& phrase) {
    actions_->begin_staff_unlock(phrase);
    return wait_for([&] { return actions_->poll_staff_unlock(); });
  }
  bool set_pin(const PersonId& person, const std::string& digits) {
    actions_->begin_set_pin(person, digits);
    return wait_for([&] { return actions_->poll_set_pin(); });
  }
  [[nodiscard]] DutyView duty_view(int days) {
    for (const int week : {0, 1})
      for (const DutyView& view : actions_->rota({week_of(today()).value + week}).duties)
        if (view.duty.id == duty(days)) return view;
    ADD_FAILURE() << "no duty in " << days << " days";
    return {};
  }

  PersonId person_, neighbour_;
  crypto::SecretBytes key_, neighbour_key_;
  Appointment appointment_;
  Entry entry_;
  SyncNews news_;
  int changed_ = 0;
  std::vector<std::string> log_;
  PinKeeperSource keeper_;  ///< from the next restart on
  std::unique_ptr<HouseActions> actions_;
};

}  // namespace huisbord
