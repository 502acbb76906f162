// SPDX-License-Identifier: GPL-3.0-or-later
// A thread that sends on a tick, and takes what comes when it comes, for as long as it lives.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "core/sync/backoff.h"
#include "core/sync/sync_round.h"

namespace huisbord {

/// Begins at once and ends in stop() or its destructor, within a second also while a connection hangs. What it is given must outlive it and
/// is used on its thread alone, but the log.
class SyncLoop {
 public:
  /// Called on the loop's thread after every round.
  using Observer = std::function<void(const RoundReport&)>;

  SyncLoop(Log& log, RelayConnection& relay, Random& random, const Clock& clock, Backoff::Settings settings, Observer observer);
  ~SyncLoop() { stop(); }
  SyncLoop(const SyncLoop&) = delete;
  SyncLoop& operator=(const SyncLoop&) = delete;

  /// Something waits: gives up a long wait after failures, and keeps the tick (a call per tap would tell when somebody stands at the
  /// board). Safe from any thread and never blocks on the network.
  void wake();
  /// Safe from any thread but the loop's own.
  void stop();

 private:
  void run(const std::stop_token& stop);
  /// Until a round is due, of the extent that it gives; nothing: stopped.
  [[nodiscard]] std::optional<RoundExtent> next(const std::stop_token& stop);
  void sleep(const std::stop_token& stop, Millis most);
  /// As sleep(), but in a long wait at the relay. The scopes of which it has news.
  [[nodiscard]] std::vector<ScopeId> watch(const std::stop_token& stop, Millis most);
  void settle(const RoundExtent& extent, const RoundReport& report);

  Log& log_;
  RelayConnection& relay_;
  const Clock& clock_;
  Backoff backoff_;
  SyncRound round_;
  Observer observer_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool wake_ = false;
  std::stop_source nap_;    ///< ends the watch() that goes on, when somebody wakes
  bool watching_ = false;   ///< the relay has answered, and tells us when there is news
  Millis whole_round_due_;  ///< running time
  Millis no_watch_before_;
  std::jthread thread_;
};

}  // namespace huisbord
