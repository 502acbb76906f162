// SPDX-License-Identifier: GPL-3.0-or-later
// Long waits: a change reaches who waits at once, who brought it is left alone, and a wait costs nobody anything else.
#include <gtest/gtest.h>

#include <future>

#include "core/sync/https_relay.h"
#include "core/sync/sync_loop.h"
#include "tests/app/relay/running_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord::relay {
namespace {

constexpr Millis long_time{600'000};

class WaitTest : public ::testing::Test {
 protected:
  WaitTest() : organisation(1, 3, 1), settings(settings_for(organisation, folder.path())) {}
  void start() { relay.emplace(settings); }
  /// A replica that has everything the relay has.
  struct Replica {
    Replica(const PaperOrganisation& organisation, DeviceNumber number, const std::string& url)
        : log(organisation, number, number),
          http(*HttpsRelay::open({.url = url, .authorities = {}}, log, system_clock())),
          rounds(log, *http, system_clock()) {
      EXPECT_TRUE(rounds.run({}).clean());
    }
    Result<std::optional<WaitAnswer>> wait(Millis most = long_time) { return http->wait(rounds.seen(), most, {}); }
    MemoryLog log;
    std::unique_ptr<HttpsRelay> http;
    SyncRound rounds;
  };
  std::unique_ptr<Replica> replica(DeviceNumber number) { return std::make_unique<Replica>(organisation, number, relay->url()); }
  void bring(Replica& from, const ScopeId& scope) {
    from.log.record(scope);
    EXPECT_TRUE(from.rounds.run({}, {.everything = false, .push = true}).clean());
  }
  std::uint64_t waiting() { return relay->server().service().metrics().waiting; }

  PaperOrganisation organisation;
  TemporaryFolder folder;
  Settings settings;
  std::optional<RunningRelay> relay;
};

}  // namespace

TEST_F(WaitTest, ThereIsNoNewsUntilSomethingComesAndThenItSaysInWhichScope) {
  start();
  const auto desk = replica(1), kiosk = replica(2);
  const auto nothing = kiosk->wait({50});
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(*nothing) << "the wait goes on";
  bring(*desk, organisation.house());
  const auto news = kiosk->wait();
  ASSERT_TRUE(news && *news);
  EXPECT_EQ((*news)->news, std::vector<ScopeId>{organisation.house()});
  EXPECT_FALSE((*news)->refusal);
}

TEST_F(WaitTest, OtherCallsGoBetweenAndOnesOwnChangeIsNoNews) {
  start();
  const auto desk = replica(1), kiosk = replica(2);
  EXPECT_FALSE(*kiosk->wait({50}));
  bring(*kiosk, organisation.house());
  EXPECT_FALSE(*kiosk->wait({50}));
  kiosk->http->end_wait();
  EXPECT_FALSE(*kiosk->wait({50})) << "a receipt names the new mark, so the next wait knows it as well";
  bring(*desk, organisation.org());
  const auto news = kiosk->wait();
  ASSERT_TRUE(news && *news);
  EXPECT_EQ((*news)->news, std::vector<ScopeId>{organisation.org()});
}

TEST_F(WaitTest, WhatCameBeforeTheQuestionIsToldAtOnce) {
  start();
  const auto desk = replica(1), kiosk = replica(2);
  bring(*desk, organisation.house());
  const auto news = kiosk->wait();
  ASSERT_TRUE(news && *news);
  EXPECT_EQ((*news)->news.size(), 1u);
}

TEST_F(WaitTest, ANewCharterIsNews) {
  start();
  const auto desk = replica(1), kiosk = replica(2);
  EXPECT_FALSE(*kiosk->wait({20}));
  ASSERT_TRUE(desk->log.take_charter(organisation.amend(organisation.house(), [](Charter&) {})));
  ASSERT_TRUE(desk->rounds.run({}).clean());
  EXPECT_TRUE(*kiosk->wait());
}

TEST_F(WaitTest, ARelayThatLostItsMemoryIsNews) {
  start();
  const auto kiosk = replica(2);
  relay.reset();
  std::filesystem::remove_all(folder.path());
  start();
  MemoryLog other(organisation, 1, 9);
  const auto http = *HttpsRelay::open({.url = relay->url(), .authorities = {}}, other, system_clock());
  ASSERT_TRUE(SyncRound(other, *http, system_clock()).run({}).clean());
  const auto after = *HttpsRelay::open({.url = relay->url(), .authorities = {}}, kiosk->log, system_clock());
  const auto news = after->wait(kiosk->rounds.seen(), long_time, {});
  ASSERT_TRUE(news && *news);
  EXPECT_EQ((*news)->news.size(), 2u) << "its marks are others, though it counts the same";
}

TEST_F(WaitTest, AStrangerOrACutDeviceIsRefusedAndMayNotWait) {
  start();
  const auto kiosk = replica(2);
  PaperOrganisation stranger(7, 2, 1);
  MemoryLog log(stranger, 1, 1);
  const auto http = *HttpsRelay::open({.url = relay->url(), .authorities = {}}, log, system_clock());
  const auto answer = http->wait({.marks = {{.scope = stranger.house(), .mark = Bytes(16)}}}, long_time, {});
  ASSERT_TRUE(answer && *answer);
  EXPECT_TRUE((*answer)->refusal);
}

TEST_F(WaitTest, AStoppingRelayAnswersEveryWait) {
  start();
  const auto kiosk = replica(2);
  EXPECT_FALSE(*kiosk->wait({20}));
  std::jthread stopping([&] { relay->server().stop(); });
  const auto answer = kiosk->wait();
  ASSERT_TRUE(answer && *answer);
  EXPECT_TRUE((*answer)->news.empty());
}

TEST_F(WaitTest, WhoHangsUpIsForgotten) {
  start();
  {
    const auto kiosk = replica(2);
    EXPECT_FALSE(*kiosk->wait({20}));
    while (waiting() != 1) std::this_thread::yield();
  }
  while (waiting() != 0) std::this_thread::yield();
  SUCCEED() << "a wait that stayed would hold this test until its time limit";
}

TEST_F(WaitTest, AHundredWhoWaitForTheSameAreAllTold) {
  start();
  const auto desk = replica(1);
  std::vector<std::unique_ptr<Replica>> kiosks;
  for (int i = 0; i < 100; ++i) {
    kiosks.push_back(replica(2 + static_cast<DeviceNumber>(i % 2)));
    EXPECT_FALSE(*kiosks.back()->wait({5}));
  }
  while (waiting() != kiosks.size()) std::this_thread::yield();
  bring(*desk, organisation.org());
  for (const auto& kiosk : kiosks) EXPECT_TRUE(*kiosk->wait());
}

TEST_F(WaitTest, AChangeAtTheDeskIsOnAKioskLongBeforeItsTick) {
  start();
  const auto desk = replica(1);
  MemoryLog log(organisation, 2, 2);
  const auto http = *HttpsRelay::open({.url = relay->url(), .authorities = {}}, log, system_clock());
  SeededRandom random(1);
  std::promise<void> came;
  SyncLoop loop(log, *http, random, system_clock(), {.tick = {3'600'000}, .longest = {3'600'000}}, [&](const RoundReport& report) {
    if (report.operations_pulled() > 0) came.set_value();
  });
  while (waiting() != 1) std::this_thread::yield();
  bring(*desk, organisation.house());
  came.get_future().wait();
  EXPECT_EQ(log.operations(organisation.house()), desk->log.operations(organisation.house()))
      << "an hour's tick would have been the time limit";
}

TEST_F(WaitTest, ATapDoesNotSendBeforeTheTick) {
  start();
  MemoryLog log(organisation, 2, 2);
  const auto http = *HttpsRelay::open({.url = relay->url(), .authorities = {}}, log, system_clock());
  SeededRandom random(1);
  std::atomic<int> rounds = 0;
  SyncLoop loop(log, *http, random, system_clock(), {.tick = {3'600'000}, .longest = {3'600'000}}, [&](const RoundReport&) { ++rounds; });
  while (waiting() != 1) std::this_thread::yield();
  log.record(organisation.house());
  loop.wake();
  const auto desk = replica(1);
  bring(*desk, organisation.house());
  while (rounds != 2) std::this_thread::yield();
  EXPECT_EQ(log.waiting_count(), 1u) << "the desk's change was fetched, and what was tapped here waits for the tick";
}

}  // namespace huisbord::relay
