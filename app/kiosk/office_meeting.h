// SPDX-License-Identifier: GPL-3.0-or-later
// A board meets its office under a code: the talk of PROTOCOL.md 9 on a thread of its own, as the pairing screen sees it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/kiosk/screens/pairing.h"
#include "core/sync/https_relay.h"
#include "core/sync/kiosk_pairing.h"

namespace huisbord {

/// What a first start and a renewal share. One thread calls the public functions; who derives from this halts first in its destructor.
class OfficeMeeting : public PairingActions {
 public:
  [[nodiscard]] bool is_code(const std::string& typed) const override;
  [[nodiscard]] PairingView view() const override;
  void answer(bool words_agree) override;

 protected:
  using Stage = PairingView::Stage;
  using End = PairingView::End;

  /// \p changed is called on any thread: view() says something new.
  OfficeMeeting(HttpsRelay::Settings relay, std::function<void()> changed) : relay_(std::move(relay)), changed_(std::move(changed)) {}

  /// Ends what went on before, shows \p first, and runs \p work on the thread.
  void start(PairingView first, std::function<void(const std::stop_token&)> work);
  /// Within a second or two, also while a connection hangs.
  void halt();
  void show(PairingView view);
  void end(End end) { show({.stage = Stage::ended, .end = end}); }
  /// A second, or until there is something to look at.
  void sleep(const std::stop_token& stop);

  /// Called once, when a person has said yes here: an end that it answers ends the talk.
  using Offered = std::function<std::optional<End>(const PairingOffer&)>;
  /// On the thread. Nothing: the office says that its charters list this board, or somebody halted.
  [[nodiscard]] std::optional<End> meet(const std::stop_token& stop, const PairingCode& code, const PairingDevice& self,
                                        const Offered& offered);

 private:
  HttpsRelay::Settings relay_;
  std::function<void()> changed_;
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  bool news_ = false;
  std::optional<bool> answer_;
  PairingView view_;
  std::jthread thread_;
};

}  // namespace huisbord
