// SPDX-License-Identifier: GPL-3.0-or-later
// What waits leaves once, in order, and is done with only by its own receipt.
#include "core/sync/pusher.h"

#include <gtest/gtest.h>

#include "tests/core/sync/scripted_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

class PusherTest : public ::testing::Test {
 protected:
  PusherTest() : organisation(1, 2, 1), log(organisation, 2, 7), pusher(log, relay), house(organisation.house()) {
    log.set_most_operations(2);
    for (int i = 0; i < 5; ++i) log.record(house);
  }
  Status push() { return pusher.push(house, std::stop_token{}, report); }

  PaperOrganisation organisation;
  MemoryLog log;
  ScriptedRelay relay;
  Pusher pusher;
  ScopeId house;
  PushReport report;
};

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
      const auto view = parse_segment(segments.front());
      PushAnswer answer;
      answer.receipts.push_back({.device = view->header.device, .number = view->header.last(), .header_hash = view->hash()});
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

TEST_F(PusherTest, StopEndsItBetweenTwoSegments) {
  std::stop_source stop;
  relay.on_push = [&](const ScopeId&, std::span<const Bytes>) -> std::optional<Result<PushAnswer>> {
    if (relay.scopes[house].charter != 0) stop.request_stop();
    return std::nullopt;
  };
  const Status status = pusher.push(house, stop.get_token(), report);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::unavailable);
  EXPECT_EQ(report.segments, 1u);
  EXPECT_EQ(log.waiting_count(), 3u);
}

}  // namespace huisbord
