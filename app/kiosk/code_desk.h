// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and keys of the residents on this kiosk: opening with a PIN, slowing wrong tries, a first PIN with staff.
#pragma once

#include <future>
#include <optional>
#include <string>

#include "app/kiosk/kiosk_actions.h"
#include "core/crypto/custody.h"
#include "core/crypto/pin.h"
#include "core/store/vault.h"

namespace huisbord {

/// Where codes stand in the vault's own settings (never journaled, never sent).
[[nodiscard]] std::string pin_setting(const PersonId& person);
[[nodiscard]] std::string tries_setting(const PersonId& person);
inline constexpr const char* custody_setting = "custody";

/// Stretching a code takes about a quarter of a second, so it runs on a thread of its own; everything else on the screens'.
class CodeDesk {
 public:
  CodeDesk(Vault& vault, const ScopeId& house, const crypto::SecretBytes& store_key, Random& random);
  ~CodeDesk();

  [[nodiscard]] bool has_pin(const PersonId& person) const;
  /// A try is counted on the disk before it is made, so that pulling the plug wins nothing.
  void begin_open(const PersonId& person, const std::string& pin);
  struct Opened {
    SignInResult result;
    PersonId person;
    crypto::SecretBytes key;
  };
  [[nodiscard]] std::optional<Opened> poll_open();

  void begin_unlock(const std::string& passphrase);
  [[nodiscard]] std::optional<bool> poll_unlock();
  [[nodiscard]] std::string propose() const;
  void begin_set(const PersonId& person, const std::string& pin);
  [[nodiscard]] std::optional<bool> poll_set();
  /// Forgets the custody key.
  void lock();

 private:
  struct Tries {
    std::uint32_t wrong = 0;
    Millis last{0};
  };
  [[nodiscard]] Tries tries(const PersonId& person) const;
  void set_tries(const PersonId& person, const Tries& tries);

  Vault& vault_;
  ScopeId house_;
  const crypto::SecretBytes& store_key_;
  Random& random_;
  std::optional<Opened> at_once_;
  std::future<Opened> opening_;
  std::future<std::optional<crypto::SealingKeyPair>> unlocking_;
  std::future<std::optional<crypto::PinWrap>> setting_;
  PersonId setting_for_;
  std::optional<crypto::SealingKeyPair> custody_;
};

}  // namespace huisbord
