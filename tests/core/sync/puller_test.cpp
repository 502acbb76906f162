// SPDX-License-Identifier: GPL-3.0-or-later
// What is lacking comes, page by page, charters first; and a hostile relay cannot hold the puller.
#include "core/sync/puller.h"

#include <gtest/gtest.h>

#include "tests/core/sync/manual_clock.h"
#include "tests/core/sync/scripted_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord {
namespace {

class PullerTest : public ::testing::Test {
 protected:
  PullerTest() : organisation(1, 3, 1), house(organisation.house()), reader(organisation, 1, 5), puller(reader, relay, clock) {
    writers.push_back(std::make_unique<MemoryLog>(organisation, 2, 6));
    writers.push_back(std::make_unique<MemoryLog>(organisation, 3, 7));
    EXPECT_TRUE(relay.put_charter(house, organisation.charter_bytes(house), {}));
    for (int round = 0; round < 4; ++round) {
      for (const auto& writer : writers) {
        writer->set_most_operations(3);
        for (int i = 0; i < 6; ++i) writer->record(house);
        while (const auto segment = *writer->next_segment_to_send(house)) {
          const auto answer = relay.push(house, {&*segment, 1}, {});
          EXPECT_TRUE(writer->acknowledged(house, answer->receipts[0].device, answer->receipts[0].number, answer->receipts[0].header_hash));
        }
      }
    }
    relay.calls.clear();
  }
  Status pull() { return puller.pull(house, std::stop_token{}, report); }
  MemoryLog::Operations all() const {
    auto both = writers[0]->operations(house);
    both.merge(writers[1]->operations(house));
    return both;
  }

  PaperOrganisation organisation;
  ScopeId house;
  ManualClock clock;
  ScriptedRelay relay;
  std::vector<std::unique_ptr<MemoryLog>> writers;
  MemoryLog reader;
  Puller puller;
  PullReport report;
};

}  // namespace

TEST_F(PullerTest, EverythingComesAndTheSecondTimeNothing) {
  ASSERT_TRUE(pull());
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(report.operations, 48u);
  EXPECT_EQ(reader.operations(house), all());
  report = {};
  ASSERT_TRUE(pull());
  EXPECT_EQ(report.segments, 0u);
  EXPECT_TRUE(report.complete);
}

TEST_F(PullerTest, SmallPagesBringTheSame) {
  relay.page_segments = 1;
  ASSERT_TRUE(pull());
  EXPECT_EQ(relay.count("pull"), report.segments);
  EXPECT_EQ(reader.operations(house), all());
}

TEST_F(PullerTest, ItGoesOnWhereANetworkFailureEndedIt) {
  relay.page_segments = 1;
  int pages = 0;
  relay.on_pull = [&](const ScopeId&, const PullQuestion&) -> std::optional<Result<PullAnswer>> {
    if (++pages % 4 == 0) return Result<PullAnswer>(fail(ErrorCode::network, "cut"));
    return std::nullopt;
  };
  int tries = 0;
  while (!pull()) {
    ASSERT_LT(++tries, 20);
    Puller after_restart(reader, relay, clock);
    static_cast<void>(after_restart.pull(house, std::stop_token{}, report));
  }
  EXPECT_EQ(reader.operations(house), all());
  EXPECT_EQ(report.segments, 16u) << "no segment came twice";
}

TEST_F(PullerTest, ACharterIsTakenBeforeTheSegmentsOfItsPage) {
  MemoryLog newcomer(organisation, 1, 9, false);
  Puller first(newcomer, relay, clock);
  ASSERT_TRUE(first.pull(house, std::stop_token{}, report));
  EXPECT_EQ(report.charters, 1u);
  EXPECT_EQ(newcomer.operations(house), all());
}

TEST_F(PullerTest, ARelayWithAnOlderCharterIsGivenOurs) {
  ASSERT_TRUE(reader.take_charter(organisation.amend(house, [](Charter&) {})));
  ASSERT_TRUE(pull());
  EXPECT_EQ(relay.scopes[house].charter, 2u);
}

TEST_F(PullerTest, ARelayThatLostItsMemoryIsGivenTheCharterAndSaidToLack) {
  ASSERT_TRUE(pull());
  relay.scopes.clear();
  report = {};
  ASSERT_TRUE(pull());
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(relay.scopes[house].charter, 1u);
  EXPECT_EQ(report.relay_lacks, 2u);
}

TEST_F(PullerTest, ALowerCharterIsRefusedAndSaid) {
  const Bytes first = organisation.charter_bytes(house);
  ASSERT_TRUE(reader.take_charter(organisation.amend(house, [](Charter&) {})));
  relay.change_page = [&](PullAnswer& page) {
    page.charter = 2;
    page.charters = {first};
  };
  ASSERT_TRUE(pull());
  EXPECT_EQ(report.charters, 0u);
  ASSERT_TRUE(report.charter_error);
  EXPECT_EQ(report.charter_error->code, ErrorCode::charter);
  EXPECT_EQ(reader.charter_number(house), 2u);
  EXPECT_EQ(reader.operations(house), all()) << "the segments count all the same";
}

TEST_F(PullerTest, BytesThatAreNoSegmentsEndThePullAndHarmNothing) {
  relay.change_page = [](PullAnswer& page) {
    page.segments = {Bytes(100, 7), Bytes{}};
    page.more = true;
  };
  const Status status = pull();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::network);
  EXPECT_EQ(report.refused.size(), 2u);
  relay.change_page = nullptr;
  ASSERT_TRUE(pull());
  EXPECT_EQ(reader.operations(house), all());
}

TEST_F(PullerTest, OneChainWithAGapDoesNotStandBeforeTheOthers) {
  relay.page_segments = 2;
  auto& segments = relay.scopes[house].segments;
  segments.erase(std::ranges::find_if(segments, [](const Bytes& segment) { return parse_segment(segment)->header.device == 2; }));
  ASSERT_TRUE(pull());
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(reader.operations(house), writers[1]->operations(house));
  ASSERT_FALSE(report.refused.empty());
  EXPECT_EQ(report.refused.front().device, 2u);
  EXPECT_EQ(report.refused.front().error.code, ErrorCode::chain);
}

TEST_F(PullerTest, ARelayThatSaysMoreForEverIsLeft) {
  relay.change_page = [](PullAnswer& page) { page.more = true; };
  const Status status = pull();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::network);
  EXPECT_EQ(reader.operations(house), all());
  EXPECT_LT(relay.count("pull"), 10u);
}

TEST_F(PullerTest, ARelayThatSendsTheSameSegmentsForEverIsLeft) {
  const auto segments = relay.scopes[house].segments;
  relay.change_page = [&](PullAnswer& page) {
    page.segments = segments;
    page.more = true;
  };
  EXPECT_FALSE(pull());
  EXPECT_LT(relay.count("pull"), 10u);
}

TEST_F(PullerTest, AFullDiskIsTheStoresErrorAndLosesNothing) {
  reader.fill_disk(true);
  const Status status = pull();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::disk_full);
  reader.fill_disk(false);
  ASSERT_TRUE(pull());
  EXPECT_EQ(reader.operations(house), all());
}

TEST(Pace, AsksForMoreWhileItComesFastAndForLessWhileItComesSlowly) {
  Pace pace;
  const std::size_t first = pace.bytes();
  pace.took({100});
  EXPECT_GT(pace.bytes(), first);
  for (int i = 0; i < 30; ++i) pace.took({100});
  EXPECT_LE(pace.bytes(), std::size_t{2} << 20);
  for (int i = 0; i < 30; ++i) pace.took({60'000});
  EXPECT_LT(pace.bytes(), first);
  EXPECT_GT(pace.bytes(), 0u);
}

}  // namespace huisbord
