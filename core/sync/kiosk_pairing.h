// SPDX-License-Identifier: GPL-3.0-or-later
// A new kiosk's pairing as a screen sees it: a thread that runs it, what it has come to, and a person's answer.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "core/pairing/kiosk_run.h"
#include "core/sync/meeting_connection.h"

namespace huisbord {

/// Identifier and keys of a device to be, in memory alone until a person has compared the words.
struct NewDeviceKeys {
  DeviceId device;
  crypto::SigningKeyPair signing;
  crypto::SigningKeyPair request;
  crypto::SealingKeyPair sealing;
  crypto::SealingKeyPair custody;  ///< for the first member of staff, whom the desk names in its offer
};
[[nodiscard]] NewDeviceKeys make_new_device_keys(Random& random);
[[nodiscard]] PairingDevice public_half(const NewDeviceKeys& keys);

enum class PairingStage : std::uint8_t {
  looking,    ///< for a desk under this code, or for the relay
  waiting,    ///< for the desk's messages
  comparing,  ///< words are there; a person is asked
  agreed,     ///< a person here said yes: a store may be made; the desk has not admitted yet
  admitted,   ///< the desk says that its charters list this kiosk
  ended,
};
struct PairingProgress {
  PairingStage stage = PairingStage::looking;
  std::optional<PairingWords> words;  ///< from comparing on
  std::optional<PairingOffer> offer;  ///< from agreed on: believed by a person
  PairingEnd end = PairingEnd::going_on;
  bool relay_reached = true;  ///< false: the last call found no relay; it is tried again
};

/// One run of one code, on a thread that lives as long as this. What it is given must outlive it. Everything public is safe from any
/// thread.
class KioskPairing {
 public:
  struct Parts {
    MeetingConnection* meeting = nullptr;
    const Clock* clock = nullptr;
    std::function<void()> changed;  ///< called on the thread when progress() says something new
    std::chrono::milliseconds pause{1000};
  };
  KioskPairing(const PairingCode& code, const PairingDevice& self, Random& random, Parts parts);
  /// Within a second, also while a connection hangs. A run that is going on is burnt if that takes a moment only.
  ~KioskPairing();
  KioskPairing(const KioskPairing&) = delete;
  KioskPairing& operator=(const KioskPairing&) = delete;

  [[nodiscard]] PairingProgress progress() const;
  /// In stage comparing; elsewhere it does nothing.
  void answer(WordsAgree agree);

 private:
  void run(const std::stop_token& stop);
  void tell(bool reached);

  Parts parts_;
  KioskRun run_;  ///< the thread's own
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  std::optional<WordsAgree> answer_;
  PairingProgress progress_;
  std::jthread thread_;
};

}  // namespace huisbord
