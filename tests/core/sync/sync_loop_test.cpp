// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that synchronises: begins, repeats, wakes, and ends also while a connection hangs.
#include "core/sync/sync_loop.h"

#include <gtest/gtest.h>

#include <future>

#include "core/sync/https_relay.h"
#include "tests/core/sync/odd_server.h"
#include "tests/core/sync/scripted_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

/// Rounds as they end, for a test that waits for them.
class Rounds {
 public:
  void add(const RoundReport& report) {
    const std::lock_guard lock(mutex_);
    reports_.push_back(report);
    came_.notify_all();
  }
  RoundReport wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return reports_.size() >= count; });
    return reports_.at(count - 1);
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<RoundReport> reports_;
};

constexpr Backoff::Settings quick{.tick = {20}, .longest = {40}};
constexpr Backoff::Settings hourly{.tick = {3'600'000}, .longest = {3'600'000}};

}  // namespace

TEST(SyncLoop, RunsAtOnceAndThenAgainAndAgain) {
  PaperOrganisation organisation(1, 2, 1);
  MemoryLog log(organisation, 2, 3);
  log.record(organisation.house());
  ScriptedRelay relay;
  SeededRandom random(1);
  Rounds rounds;
  SyncLoop loop(log, relay, random, system_clock(), quick, [&](const RoundReport& report) { rounds.add(report); });
  EXPECT_EQ(rounds.wait_for(1).segments_pushed(), 1u);
  log.record(organisation.house());
  loop.wake();
  EXPECT_TRUE(rounds.wait_for(5).clean());
  loop.stop();
  EXPECT_EQ(log.waiting_count(), 0u);
}

TEST(SyncLoop, GoesOnAfterFailures) {
  PaperOrganisation organisation(1, 2, 1);
  MemoryLog log(organisation, 2, 3);
  log.record(organisation.house());
  ScriptedRelay relay;
  int failures = 3;
  relay.on_push = [&](auto&&...) -> std::optional<Result<PushAnswer>> {
    if (failures-- > 0) return Result<PushAnswer>(fail(ErrorCode::network, "none"));
    return std::nullopt;
  };
  SeededRandom random(1);
  Rounds rounds;
  SyncLoop loop(log, relay, random, system_clock(), quick, [&](const RoundReport& report) { rounds.add(report); });
  EXPECT_FALSE(rounds.wait_for(3).reached());
  EXPECT_TRUE(rounds.wait_for(4).clean());
}

TEST(SyncLoop, EndsInTheMiddleOfALongWait) {
  PaperOrganisation organisation(1, 2, 1);
  MemoryLog log(organisation, 2, 3);
  ScriptedRelay relay;
  SeededRandom random(1);
  Rounds rounds;
  SyncLoop loop(log, relay, random, system_clock(), hourly, [&](const RoundReport& report) { rounds.add(report); });
  rounds.wait_for(1);
  loop.wake();
  loop.stop();
  loop.stop();
  SUCCEED() << "an hour's wait would have ended in the test's own time limit";
}

TEST(SyncLoop, EndsWhileAConnectionHangs) {
  PaperOrganisation organisation(1, 2, 1);
  MemoryLog log(organisation, 2, 3);
  log.record(organisation.house());
  OddServer silent([](OddServer::Peer& peer) { peer.read_until_closed(); });
  const auto relay = HttpsRelay::open({.url = silent.url(), .authorities = {}, .silence = std::chrono::seconds(3600)}, log, system_clock());
  ASSERT_TRUE(relay);
  SeededRandom random(1);
  std::promise<RoundReport> ended;
  SyncLoop loop(log, **relay, random, system_clock(), hourly, [&](const RoundReport& report) { ended.set_value(report); });
  silent.wait_for_request();
  loop.stop();
  const RoundReport report = ended.get_future().get();
  ASSERT_TRUE(report.failure);
  EXPECT_EQ(report.failure->code, ErrorCode::unavailable);
}

}  // namespace huisbord
