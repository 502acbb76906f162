// SPDX-License-Identifier: GPL-3.0-or-later
// Sends on the tick and only then; between ticks the relay holds a question open and answers it when something has come.
#include "core/sync/sync_loop.h"

#include <utility>

namespace huisbord {
namespace {
// A round of everything also when nothing seems to happen: the relay's whole vector, forks and floors come with it.
constexpr Millis whole_round_every{4 * 3600 * 1000};
constexpr Millis without_watch{10 * 60 * 1000};
}  // namespace

SyncLoop::SyncLoop(Log& log, RelayConnection& relay, Random& random, const Clock& clock, Backoff::Settings settings, Observer observer)
    : log_(log),
      relay_(relay),
      clock_(clock),
      backoff_(settings, random, clock),
      round_(log, relay, clock),
      observer_(std::move(observer)),
      no_watch_before_(clock.running()) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void SyncLoop::wake() {
  {
    const std::lock_guard lock(mutex_);
    wake_ = true;
    nap_.request_stop();
  }
  woken_.notify_one();
}

void SyncLoop::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void SyncLoop::run(const std::stop_token& stop) {
  while (const auto extent = next(stop)) {
    const RoundReport report = round_.run(stop, *extent);
    settle(*extent, report);
    if (observer_) observer_(report);
  }
}

void SyncLoop::settle(const RoundExtent& extent, const RoundReport& report) {
  const bool well = report.reached() && report.retry_after.count() == 0;
  const bool tick = extent.everything || extent.push;
  if (!well)
    backoff_.failed({std::chrono::milliseconds(report.retry_after).count()});
  else if (tick)
    backoff_.succeeded();
  watching_ = well && relay_.can_wait() && clock_.running() >= no_watch_before_ && !round_.seen().marks.empty();
  if (!watching_) relay_.end_wait();
  if (extent.everything && well) whole_round_due_ = {clock_.running().value + whole_round_every.value};
}

std::optional<RoundExtent> SyncLoop::next(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(wake_, false)) backoff_.hurry();
      nap_ = {};
    }
    const Millis left = backoff_.wait();
    if (left.value == 0) {
      const bool little = watching_ && clock_.running() < whole_round_due_;
      return RoundExtent{.everything = !little, .push = little};
    }
    if (!watching_) {
      sleep(stop, left);
      continue;
    }
    auto news = watch(stop, left);
    if (!news.empty()) return RoundExtent{.everything = false, .push = false, .pull = std::move(news)};
  }
  return std::nullopt;
}

void SyncLoop::sleep(const std::stop_token& stop, Millis most) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stop, std::chrono::milliseconds(most.value), [this] { return wake_; });
}

std::vector<ScopeId> SyncLoop::watch(const std::stop_token& stop, Millis most) {
  std::stop_source nap;
  {
    const std::lock_guard lock(mutex_);
    nap = nap_;
    if (wake_) return {};
  }
  const std::stop_callback stopped(stop, [&nap] { nap.request_stop(); });
  auto answer = relay_.wait(round_.seen(), most, nap.get_token());
  if (!answer) {
    // Whether the relay is gone or only this connection, the next tick will tell.
    if (answer.error().code != ErrorCode::unavailable) watching_ = false;
    return {};
  }
  if (!*answer) return {};
  if ((*answer)->refusal) {
    watching_ = false;
    no_watch_before_ = {clock_.running().value + without_watch.value};
    return {};
  }
  static_cast<void>(log_.set_last_contact(clock_.now()));  // a store that fails here fails in the next round, which tells
  return std::move((*answer)->news);
}

}  // namespace huisbord
