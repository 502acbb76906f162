// SPDX-License-Identifier: GPL-3.0-or-later
// Waits, runs a round, tells, and decides how long to wait.
#include "core/sync/sync_loop.h"

#include <utility>

namespace huisbord {

SyncLoop::SyncLoop(Log& log, RelayConnection& relay, Random& random, const Clock& clock, Backoff::Settings settings, Observer observer)
    : backoff_(settings, random, clock), round_(log, relay, clock), observer_(std::move(observer)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void SyncLoop::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
  }
  woken_.notify_one();
}

void SyncLoop::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void SyncLoop::run(const std::stop_token& stop) {
  while (wait(stop)) {
    const RoundReport report = round_.run(stop);
    if (report.reached() && report.retry_after.count() == 0)
      backoff_.succeeded();
    else
      backoff_.failed({std::chrono::milliseconds(report.retry_after).count()});
    if (observer_) observer_(report);
  }
}

/// False: stopped.
bool SyncLoop::wait(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stop.stop_requested()) return false;
    if (std::exchange(wake_, false)) backoff_.hurry();
    const Millis left = backoff_.wait();
    if (left.value == 0) return true;
    woken_.wait_for(lock, stop, std::chrono::milliseconds(left.value), [this] { return wake_; });
  }
}

}  // namespace huisbord
