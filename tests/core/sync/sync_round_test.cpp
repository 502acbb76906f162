// SPDX-License-Identifier: GPL-3.0-or-later
// A tick over all scopes: what fails alone, and what ends it.
#include "core/sync/sync_round.h"

#include <gtest/gtest.h>

#include "tests/core/sync/manual_clock.h"
#include "tests/core/sync/scripted_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

class SyncRoundTest : public ::testing::Test {
 protected:
  SyncRoundTest() : organisation(1, 2, 2), log(organisation, 2, 3), round(log, relay, clock) {
    for (const ScopeId& scope : organisation.scopes()) log.record(scope);
  }
  PaperOrganisation organisation;
  ManualClock clock;
  MemoryLog log;
  ScriptedRelay relay;
  SyncRound round;
};

std::optional<Result<PushAnswer>> refuse(RelayRefusal::Reason reason) {
  return PushAnswer{.receipts = {}, .refusal = ScriptedRelay::refusal(reason, 1)};
}

}  // namespace

TEST_F(SyncRoundTest, EveryScopeIsPushedAndPulled) {
  const RoundReport report = round.run({});
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.scopes.size(), 3u);
  EXPECT_EQ(report.segments_pushed(), 3u);
  EXPECT_EQ(report.waiting, 0u);
  EXPECT_EQ(log.last_contact(), clock.now());
}

TEST_F(SyncRoundTest, AfterAStartNothingIsPushedBeforeAPull) {
  bool pulled = false;
  bool pushed_first = false;
  relay.on_pull = [&](auto&&...) {
    pulled = true;
    return std::optional<Result<PullAnswer>>();
  };
  relay.on_push = [&](auto&&...) {
    pushed_first = pushed_first || !pulled;
    return std::optional<Result<PushAnswer>>();
  };
  EXPECT_EQ(round.run({}).segments_pushed(), 3u);
  EXPECT_TRUE(pulled);
  EXPECT_FALSE(pushed_first);
}

TEST_F(SyncRoundTest, ARefusalInOneScopeLeavesTheOthersAlone) {
  relay.on_push = [&](const ScopeId& scope, auto&&) {
    return scope == organisation.house(0) ? refuse(RelayRefusal::Reason::quota) : std::nullopt;
  };
  const RoundReport report = round.run({});
  EXPECT_TRUE(report.reached());
  EXPECT_FALSE(report.clean());
  EXPECT_EQ(report.segments_pushed(), 2u);
  EXPECT_EQ(report.waiting, 1u);
  EXPECT_TRUE(report.scopes.at(1).pulled.complete) << "what is refused upwards still comes downwards";
}

TEST_F(SyncRoundTest, ARefusedSegmentIsNotSentEveryTick) {
  std::size_t sent = 0;
  relay.on_push = [&](auto&&...) {
    ++sent;
    return refuse(RelayRefusal::Reason::forked);
  };
  for (int tick = 0; tick < 120; ++tick) {
    const RoundReport report = round.run({});
    EXPECT_TRUE(report.scopes.at(0).pushed.refusal) << "the reason stays to be seen";
    clock.advance({30'000});
  }
  EXPECT_LT(sent, 3u * 10u);
  EXPECT_GT(sent, 3u);
}

TEST_F(SyncRoundTest, ANewerCharterEndsTheHoldAtOnce) {
  relay.on_push = [](auto&&...) { return refuse(RelayRefusal::Reason::no_such_device); };
  static_cast<void>(round.run({}));
  relay.on_push = nullptr;
  ASSERT_TRUE(log.take_charter(organisation.amend(organisation.house(0), [](Charter&) {})));
  const RoundReport report = round.run({});
  EXPECT_EQ(report.segments_pushed(), 1u);
}

TEST_F(SyncRoundTest, ABusyRelaysWishIsPassedOn) {
  relay.on_pull = [](auto&&...) {
    PullAnswer answer;
    answer.refusal = ScriptedRelay::refusal(RelayRefusal::Reason::busy, 1);
    answer.refusal->retry_after = std::chrono::seconds(7);
    return std::optional<Result<PullAnswer>>(answer);
  };
  EXPECT_EQ(round.run({}).retry_after, std::chrono::seconds(7));
}

TEST_F(SyncRoundTest, WithoutANetworkItEndsAtTheFirstCall) {
  relay.on_push = [](auto&&...) { return std::optional<Result<PushAnswer>>(fail(ErrorCode::network, "none")); };
  relay.on_pull = [](auto&&...) { return std::optional<Result<PullAnswer>>(fail(ErrorCode::network, "none")); };
  const RoundReport report = round.run({});
  ASSERT_TRUE(report.failure);
  EXPECT_EQ(report.failure->code, ErrorCode::network);
  EXPECT_EQ(relay.calls.size(), 1u);
  EXPECT_EQ(report.waiting, 3u);
  EXPECT_FALSE(log.last_contact());
}

TEST_F(SyncRoundTest, WhateverIsThrownInsideEndsInAReport) {
  relay.on_push = [](auto&&...) -> std::optional<Result<PushAnswer>> { throw std::bad_alloc(); };
  const RoundReport report = round.run({});
  ASSERT_TRUE(report.failure);
}

}  // namespace huisbord
