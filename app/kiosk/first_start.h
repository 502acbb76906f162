// SPDX-License-Identifier: GPL-3.0-or-later
// How a board becomes one of a house: pairs with the office, makes its store, waits to be admitted, takes all that the house has.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>

#include "app/kiosk/office_meeting.h"
#include "core/crypto/secret_bytes.h"
#include "core/store/vault.h"

namespace huisbord {

/// Everything that takes time runs on a thread of its own; the screen asks view() at each frame. One thread calls the public functions.
/// Invariant: a store that is made here and not admitted holds nothing of anybody, so that it may be thrown away.
class FirstStart final : public OfficeMeeting {
 public:
  struct Parts {
    std::filesystem::path folder;
    HttpsRelay::Settings relay;
    Random* random = nullptr;                      ///< makes the house phrase; used on the caller's thread alone
    std::function<void()> changed;                 ///< on any thread: view() says something new
    std::function<void(const std::string&)> warn;  ///< on any thread: a line for the log
  };
  explicit FirstStart(Parts parts);
  /// Within a second or two, also while a connection hangs.
  ~FirstStart() override;

  /// With a store that was made in an earlier run and that the office has not admitted yet.
  void go_on(std::unique_ptr<Vault> waiting);
  /// Once: the store, when the charters list this board and the relay was asked for everything.
  [[nodiscard]] std::unique_ptr<Vault> take_joined();

  [[nodiscard]] SixWords house_phrase() override;
  void forget_phrase() override;
  void begin(const std::string& code, const std::string& staff_passphrase) override;
  void start_over() override;

 private:
  void pair(const std::stop_token& stop, const PairingCode& code, const crypto::SecretBytes& phrase,
            const crypto::SecretBytes& staff_passphrase);
  [[nodiscard]] Status make_store(const NewDeviceKeys& keys, const PairingOffer& offer, const crypto::SecretBytes& phrase,
                                  const crypto::SecretBytes& staff_passphrase);
  void wait_and_join(const std::stop_token& stop);
  void take_everything(const std::stop_token& stop);
  void throw_store_away();

  Parts parts_;
  crypto::SecretBytes phrase_;
  std::atomic<bool> joined_ = false;
  std::unique_ptr<Vault> vault_;  ///< the thread's own until joined_
};

}  // namespace huisbord
