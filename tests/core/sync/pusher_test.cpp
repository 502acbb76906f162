// SPDX-License-Identifier: GPL-3.0-or-later
// What waits leaves once, in order, and is done with only by its own receipt.
#include "core/sync/pusher.h"

#include <gtest/gtest.h>

#include "tests/core/sync/manual_clock.h"
#include "tests/core/sync/scripted_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

class PusherTest : public ::testing::Test {
 protected:
  PusherTest() : organisation(1, 2, 1), log(organisation, 2, 7), pusher(log, relay, clock), house(organisation.house()) {
    log.set_most_operations(2);
    for (int i = 0; i < 5; ++i) log.record(house);
  }
  Status push() { return pusher.push(house, std::stop_token{}, report); }

  PaperOrganisation organisation;
  MemoryLog log;
  ScriptedRelay relay;
  ManualClock clock;
  Pusher pusher;
  ScopeId house;
  PushReport report;
};

std::vector<Head> receipts_of(std::span<const Bytes> segments) {
  std::vector<Head> receipts;
  for (const Bytes& segment : segments) {
    const auto view = parse_segment(segment);
    receipts.push_back({.device = view->header.device, .number = view->header.last(), .header_hash = view->hash()});
  }
  return receipts;
}

}  // namespace

TEST_F(PusherTest, EverythingThatWaitsLeavesInOrder) {
  ASSERT_TRUE(push());
  EXPECT_EQ(report.segments, 3u);
  EXPECT_EQ(report.operations, 5u);
  EXPECT_EQ(log.waiting_count(), 0u);
  EXPECT_EQ(relay.scopes[house].segments, log.segments_of(house, 2));
}

TEST_F(PusherTest, ARelayWithoutACharterGetsItOnceAndThenTheSegments) {
  ASSERT_TRUE(push());
  EXPECT_EQ(relay.count("charter"), 1u);
  EXPECT_FALSE(report.refusal);
}

TEST_F(PusherTest, ARelayWithAnOlderCharterGetsTheNewerOne) {
  ASSERT_TRUE(push());
  ASSERT_TRUE(log.take_charter(organisation.amend(house, [](Charter&) {})));
  log.record(house);
  report = {};
  ASSERT_TRUE(push());
  EXPECT_EQ(report.segments, 1u);
  EXPECT_EQ(relay.scopes[house].charter, 2u);
}

TEST_F(PusherTest, ARefusalLeavesEverythingWaitingAndIsToldOnce) {
  relay.on_push = [](auto&&...) { return PushAnswer{.receipts = {}, .refusal = ScriptedRelay::refusal(RelayRefusal::Reason::quota, 1)}; };
  ASSERT_TRUE(push());
  ASSERT_TRUE(report.refusal);
  EXPECT_EQ(report.refusal->reason, RelayRefusal::Reason::quota);
  EXPECT_EQ(relay.count("push"), 1u);
  EXPECT_EQ(log.waiting_count(), 5u);
}

TEST_F(PusherTest, ARelayThatNeverTakesTheCharterDoesNotHoldThePusher) {
  relay.on_push = [](auto&&...) {
    return PushAnswer{.receipts = {}, .refusal = ScriptedRelay::refusal(RelayRefusal::Reason::no_such_scope, 0)};
  };
  ASSERT_TRUE(push());
  EXPECT_TRUE(report.refusal);
  EXPECT_LE(relay.calls.size(), 3u);
}

TEST_F(PusherTest, AReceiptForAnythingElseIsNone) {
  const auto wrong = [&](auto change) {
    relay.on_push = [change](const ScopeId&, std::span<const Bytes> segments) {
      PushAnswer answer;
      answer.receipts = receipts_of(segments);
      change(answer.receipts);
      return answer;
    };
    const Status status = push();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::network);
    EXPECT_EQ(log.waiting_count(), 5u);
  };
  wrong([](std::vector<Head>& receipts) { receipts.front().header_hash[0] ^= 1; });
  wrong([](std::vector<Head>& receipts) { ++receipts.front().number; });
  wrong([](std::vector<Head>& receipts) { ++receipts.front().device; });
  wrong([](std::vector<Head>& receipts) { receipts.clear(); });
  wrong([](std::vector<Head>& receipts) { receipts.push_back(receipts.front()); });
  wrong([](std::vector<Head>& receipts) { receipts.pop_back(); });
  wrong([](std::vector<Head>& receipts) { std::swap(receipts[0], receipts[1]); });
}

TEST_F(PusherTest, WhatWasTakenBeforeARefusedOneHasArrived) {
  relay.on_push = [](const ScopeId&, std::span<const Bytes> segments) {
    return PushAnswer{.receipts = receipts_of(segments.first(2)), .refusal = ScriptedRelay::refusal(RelayRefusal::Reason::quota, 1)};
  };
  ASSERT_TRUE(push());
  ASSERT_TRUE(report.refusal);
  EXPECT_EQ(report.segments, 2u);
  EXPECT_EQ(report.operations, 4u);
  EXPECT_EQ(log.waiting_count(), 1u);
}

TEST_F(PusherTest, ARefusalWithReceiptsForAllIsNone) {
  relay.on_push = [](const ScopeId&, std::span<const Bytes> segments) {
    return PushAnswer{.receipts = receipts_of(segments), .refusal = ScriptedRelay::refusal(RelayRefusal::Reason::quota, 1)};
  };
  EXPECT_EQ(push().error().code, ErrorCode::network);
  EXPECT_EQ(log.waiting_count(), 5u);
}

TEST_F(PusherTest, ALineThatBreaksIsGivenLessAtATime) {
  log.set_most_operations(1);
  for (int i = 0; i < 95; ++i) log.record(house, 8000);
  std::vector<std::size_t> sizes;
  relay.on_push = [&](const ScopeId&, std::span<const Bytes> segments) -> std::optional<Result<PushAnswer>> {
    sizes.push_back(segments.size());
    return Result<PushAnswer>(fail(ErrorCode::network, "lost"));
  };
  for (int i = 0; i < 8; ++i) EXPECT_FALSE(push());
  EXPECT_GT(sizes.front(), 20u);
  EXPECT_LT(sizes.back(), sizes.front() / 4);
  EXPECT_GT(sizes.back(), 1u);
}

TEST_F(PusherTest, AReceiptThatWasLostIsAskedForAgainWithTheSameBytes) {
  std::vector<Bytes> sent;
  bool lost = false;
  relay.on_push = [&](const ScopeId&, std::span<const Bytes> segments) -> std::optional<Result<PushAnswer>> {
    sent.push_back(segments.front());
    if (relay.scopes[house].charter == 0 || std::exchange(lost, true)) return std::nullopt;
    return Result<PushAnswer>(fail(ErrorCode::network, "lost"));
  };
  EXPECT_FALSE(push());
  log.record(house);  // what comes in between must not change what was sealed
  ASSERT_TRUE(push());
  ASSERT_GE(sent.size(), 3u);
  EXPECT_EQ(sent[0], sent[1]);
  EXPECT_EQ(sent[1], sent[2]);
  EXPECT_EQ(log.waiting_count(), 0u);
}

TEST_F(PusherTest, StopEndsItBetweenTwoRequests) {
  log.set_most_operations(1);
  for (int i = 0; i < 65; ++i) log.record(house);
  std::stop_source stop;
  relay.on_push = [&](const ScopeId&, std::span<const Bytes>) -> std::optional<Result<PushAnswer>> {
    if (relay.scopes[house].charter != 0) stop.request_stop();
    return std::nullopt;
  };
  const Status status = pusher.push(house, stop.get_token(), report);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::unavailable);
  EXPECT_EQ(report.segments, 64u);
  EXPECT_EQ(log.waiting_count(), 6u);
}

}  // namespace huisbord
