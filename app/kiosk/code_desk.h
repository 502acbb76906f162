// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and keys of the residents on this kiosk: opening with a PIN, slowing wrong tries, a first PIN with staff.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "app/kiosk/kiosk_actions.h"
#include "app/kiosk/stretching.h"
#include "core/crypto/custody.h"
#include "core/crypto/pin.h"
#include "core/store/pin_secret.h"
#include "core/store/vault.h"

namespace huisbord {

/// Makes what keeps PINs on this machine; nothing where there is none.
using PinKeeperSource = std::function<std::unique_ptr<crypto::PinKeeper>()>;

/// Codes are stretched on a thread of their own; everything else happens on the screens'.
class CodeDesk {
 public:
  /// Vault and random must outlive this. \p failed hears why something could not be read or kept. \p keeper is asked once, on a thread that
  /// stretches.
  CodeDesk(Vault& vault, const ScopeId& house, Random& random, std::function<void(const Error&)> failed, PinKeeperSource keeper = nullptr);

  [[nodiscard]] bool has_pin(const PersonId& person) const;
  /// A try is counted on the disk before it is made, so that pulling the plug wins nothing; what cannot be counted is not tried.
  void begin_open(const PersonId& person, const std::string& pin);
  struct Opened {
    SignInResult result;
    PersonId person;
    crypto::SecretBytes key;
  };
  [[nodiscard]] std::optional<Opened> poll_open();
  /// Whoever tried has left: the key is not kept, though the code was right.
  void give_up_opening();

  void begin_unlock(const std::string& passphrase);
  [[nodiscard]] std::optional<bool> poll_unlock();
  [[nodiscard]] bool unlocked() const { return custody_.has_value(); }
  [[nodiscard]] std::string propose() const;
  void begin_set(const PersonId& person, const std::string& pin);
  /// With the person's key at hand, in a session; without it the answer is false.
  void begin_change(const PersonId& person, const crypto::SecretBytes* key, const std::string& pin);
  [[nodiscard]] std::optional<bool> poll_set();
  /// Forgets the custody key, and what was begun with it.
  void lock();

 private:
  struct Tries {
    std::uint32_t wrong = 0;
    Millis last{0};
  };
  /// One for all threads that stretch, one of them at a time; made by the first.
  class SharedKeeper {
   public:
    explicit SharedKeeper(PinKeeperSource source) : source_(std::move(source)) {}
    template <class Use>
    auto with(Use use) {
      const std::lock_guard lock(mutex_);
      if (source_) keeper_ = std::exchange(source_, nullptr)();
      return use(keeper_.get());
    }

   private:
    std::mutex mutex_;
    PinKeeperSource source_;
    std::unique_ptr<crypto::PinKeeper> keeper_;
  };
  /// Nothing when the store does not answer.
  [[nodiscard]] std::optional<Tries> tries(const PersonId& person) const;
  [[nodiscard]] bool keep_tries(const PersonId& person, const Tries& tries);
  void begin_wrap(const PersonId& person, std::optional<crypto::SecretBytes> key, const std::string& pin);
  [[nodiscard]] std::optional<crypto::SecretBytes> open_with_custody(const PersonId& person) const;

  Vault& vault_;
  ScopeId house_;
  Random& random_;
  std::function<void(const Error&)> failed_;
  std::shared_ptr<SharedKeeper> keeper_;
  std::optional<Opened> at_once_;
  Tries before_;  ///< the try that goes on
  Stretching<Opened> opening_;
  Stretching<std::optional<crypto::SealingKeyPair>> unlocking_;
  Stretching<std::optional<crypto::PinWrap>> setting_;
  PersonId setting_for_;
  std::optional<crypto::SealingKeyPair> custody_;
};

}  // namespace huisbord
