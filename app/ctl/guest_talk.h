// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk's side of pairing on a terminal: what its screen would show and ask.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "core/sync/https_relay.h"
#include "core/sync/kiosk_pairing.h"

namespace huisbord {

/// Between two looks at the relay for what the office did, and how many looks it is given.
inline constexpr std::chrono::seconds between_looks{1};
inline constexpr int most_looks = 15 * 60;

/// One run of one code, from when this is made.
class GuestTalk {
 public:
  GuestTalk(const HttpsRelay::Settings& relay, const PairingCode& code, const PairingDevice& self);
  GuestTalk(const GuestTalk&) = delete;
  GuestTalk& operator=(const GuestTalk&) = delete;

  /// Waits for the words and asks a person here: the offer that was confirmed. refused: it ended, and why.
  [[nodiscard]] Result<PairingOffer> compare(bool typed);
  /// Until the desk has said yes as well, or the time was over: then the charters will say. refused: it said no.
  [[nodiscard]] Status wait_for_yes() const;

 private:
  std::mutex mutex_;
  std::condition_variable news_;
  std::unique_ptr<MeetingConnection> meeting_;
  KioskPairing pairing_;
};

}  // namespace huisbord
