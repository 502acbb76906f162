// SPDX-License-Identifier: GPL-3.0-or-later
// Replicas and the real relay over HTTP: whatever they do in whatever order, in the end all hold the same.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"
#include "tests/app/relay/running_relay.h"
#include "tests/support/memory_log.h"

namespace huisbord::relay {
namespace {

/// Loses answers, so that pushes and pulls end in the middle and come twice.
class LossyConnection final : public RelayConnection {
 public:
  LossyConnection(RelayConnection& inside, Random& random) : inside_(inside), random_(random) {}
  std::uint32_t loss_percent = 0;

  Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) override {
    return lossy([&] { return inside_.push(scope, segments, stop); });
  }
  Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) override {
    return lossy([&] { return inside_.put_charter(scope, charter, stop); });
  }
  Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) override {
    PullQuestion small = question;
    small.max_bytes = 1000;
    return lossy([&] { return inside_.pull(scope, small, stop); });
  }
  std::optional<RelayDate> date() const override { return inside_.date(); }

 private:
  template <class Call>
  auto lossy(Call call) -> decltype(call()) {
    if (random_.below(100) < loss_percent) return fail(ErrorCode::network, "lost on the way there");
    auto answer = call();
    if (random_.below(100) < loss_percent) return fail(ErrorCode::network, "lost on the way back");
    return answer;
  }
  RelayConnection& inside_;
  Random& random_;
};

struct Replica {
  Replica(const PaperOrganisation& organisation, DeviceNumber number, const std::string& url, std::uint64_t seed)
      : log(organisation, number, seed),
        random(seed),
        http(*HttpsRelay::open({.url = url, .authorities = {}}, log, system_clock())),
        connection(*http, random) {}
  RoundReport round() { return SyncRound(log, connection, system_clock()).run({}); }
  MemoryLog log;
  SeededRandom random;
  std::unique_ptr<HttpsRelay> http;
  LossyConnection connection;
};

}  // namespace

TEST(Convergence, ATwoScopeOrganisationOverHttp) {
  const TemporaryFolder folder;
  PaperOrganisation organisation(3, 2, 1);
  const RunningRelay relay(settings_for(organisation, folder.path()));
  Replica kiosk(organisation, 2, relay.url(), 1), desk(organisation, 1, relay.url(), 2);
  for (int i = 0; i < 3000; ++i) kiosk.log.record(organisation.house());
  for (int i = 0; i < 10; ++i) desk.log.record(organisation.org());
  const RoundReport pushed = kiosk.round();
  ASSERT_TRUE(pushed.clean());
  EXPECT_GT(pushed.segments_pushed(), 2u);
  EXPECT_TRUE(pushed.date);
  ASSERT_TRUE(desk.round().clean());
  ASSERT_TRUE(kiosk.round().clean());
  for (const ScopeId& scope : organisation.scopes()) EXPECT_EQ(kiosk.log.operations(scope), desk.log.operations(scope));
  EXPECT_EQ(desk.log.operations(organisation.house()).size(), 3000u);
  EXPECT_EQ(kiosk.log.operations(organisation.org()).size(), 10u);
}

TEST(Convergence, ANewCharterReachesEveryReplicaThroughTheRelay) {
  const TemporaryFolder folder;
  PaperOrganisation organisation(3, 2, 1);
  const RunningRelay relay(settings_for(organisation, folder.path()));
  Replica kiosk(organisation, 2, relay.url(), 1), desk(organisation, 1, relay.url(), 2);
  ASSERT_TRUE(kiosk.round().clean());
  ASSERT_TRUE(desk.log.take_charter(organisation.amend(organisation.house(), [](Charter&) {})));
  ASSERT_TRUE(desk.round().clean());
  ASSERT_TRUE(kiosk.round().clean());
  EXPECT_EQ(kiosk.log.charter_number(organisation.house()), 2u);
}

TEST(Convergence, ARelayThatLostItsMemoryTakesTheChartersFromTheReplicas) {
  const TemporaryFolder before, after;
  PaperOrganisation organisation(3, 2, 1);
  MemoryLog log(organisation, 2, 1);
  for (const auto* folder : {&before, &after}) {
    const RunningRelay relay(settings_for(organisation, folder->path()));
    const auto http = *HttpsRelay::open({.url = relay.url(), .authorities = {}}, log, system_clock());
    const RoundReport report = SyncRound(log, *http, system_clock()).run({});
    EXPECT_TRUE(report.clean());
    for (const ScopeReport& scope : report.scopes) EXPECT_TRUE(scope.pulled.complete);
  }
}

TEST(Convergence, ARelayThatLostEverythingIsRefilledAndNothingIsMissing) {
  const TemporaryFolder before, after;
  PaperOrganisation organisation(3, 3, 1);
  MemoryLog desk(organisation, 1, 1), kiosk(organisation, 2, 2), other(organisation, 3, 3);
  for (MemoryLog* log : {&desk, &kiosk, &other}) {
    log->refill_relays();
    log->set_most_operations(2);
  }
  const auto round = [&](MemoryLog& log, const RunningRelay& relay) {
    const auto http = *HttpsRelay::open({.url = relay.url(), .authorities = {}}, log, system_clock());
    return SyncRound(log, *http, system_clock()).run({});
  };
  {
    const RunningRelay relay(settings_for(organisation, before.path()));
    for (MemoryLog* log : {&desk, &kiosk, &other})
      for (int i = 0; i < 30; ++i) log->record(organisation.house());
    for (MemoryLog* log : {&desk, &kiosk, &other, &desk}) ASSERT_TRUE(round(*log, relay).clean());
    // What the desk has not seen before the relay's disk is lost: only the kiosk can give it again.
    for (int i = 0; i < 10; ++i) kiosk.record(organisation.house());
    ASSERT_TRUE(round(kiosk, relay).clean());
  }
  const RunningRelay relay(settings_for(organisation, after.path()));
  kiosk.record(organisation.house());
  EXPECT_TRUE(round(kiosk, relay).reached()) << "its own chain is back";
  EXPECT_TRUE(round(desk, relay).clean()) << "and everybody's, among them that of the third, who is away";
  MemoryLog late(organisation, 3, 9);
  ASSERT_TRUE(round(late, relay).reached());
  ASSERT_TRUE(round(kiosk, relay).clean());
  ASSERT_TRUE(round(desk, relay).clean());
  EXPECT_EQ(kiosk.waiting_count(), 0u);
  EXPECT_EQ(desk.operations(organisation.house()).size(), 101u);
  EXPECT_EQ(kiosk.operations(organisation.house()), desk.operations(organisation.house()));
  ASSERT_TRUE(round(other, relay).clean());
  EXPECT_EQ(other.operations(organisation.house()), desk.operations(organisation.house()));
}

TEST(Convergence, AnyInterleavingOfPushesPullsAndLossesEndsInTheSameSet) {
  rc::check("replicas hold the same set", [] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    SeededRandom random(seed);
    const TemporaryFolder folder;
    constexpr std::size_t devices = 3;
    PaperOrganisation organisation(seed, devices, 1);
    const RunningRelay relay(settings_for(organisation, folder.path()));
    std::vector<std::unique_ptr<Replica>> replicas;
    for (DeviceNumber number = 1; number <= devices; ++number) {
      replicas.push_back(std::make_unique<Replica>(organisation, number, relay.url(), seed + number));
      replicas.back()->log.set_most_operations(1 + random.below(4));
      replicas.back()->connection.loss_percent = random.below(40);
    }
    for (std::uint32_t step = 0; step < 24; ++step) {
      Replica& replica = *replicas[random.below(devices)];
      if (random.below(2) == 0) {
        for (std::uint32_t i = random.below(5); i > 0; --i) replica.log.record(organisation.scopes()[random.below(2)], random.below(300));
      } else {
        static_cast<void>(replica.round());
      }
    }
    for (const auto& replica : replicas) replica->connection.loss_percent = 0;
    for (int twice = 0; twice < 2; ++twice)
      for (const auto& replica : replicas) RC_ASSERT(replica->round().clean());
    for (const ScopeId& scope : organisation.scopes())
      for (const auto& replica : replicas) RC_ASSERT(replica->log.operations(scope) == replicas.front()->log.operations(scope));
    for (const auto& replica : replicas) RC_ASSERT(replica->log.waiting_count() == 0u);
  });
}

TEST(Convergence, ReplicasOfTheirOwnThreadsEndInTheSameSet) {
  const TemporaryFolder folder;
  constexpr std::size_t devices = 3;
  PaperOrganisation organisation(4, devices, 1);
  const RunningRelay relay(settings_for(organisation, folder.path()));
  std::vector<std::unique_ptr<Replica>> replicas;
  for (DeviceNumber number = 1; number <= devices; ++number)
    replicas.push_back(std::make_unique<Replica>(organisation, number, relay.url(), number));
  {
    std::vector<std::jthread> threads;
    for (const auto& replica : replicas)
      threads.emplace_back([&organisation, &replica = *replica] {
        for (int i = 0; i < 20; ++i) {
          for (int j = 0; j < 5; ++j) replica.log.record(organisation.house());
          static_cast<void>(replica.round());
        }
      });
  }
  for (int twice = 0; twice < 2; ++twice)
    for (const auto& replica : replicas) ASSERT_TRUE(replica->round().clean());
  for (const auto& replica : replicas) EXPECT_EQ(replica->log.operations(organisation.house()).size(), devices * 100);
}

}  // namespace huisbord::relay
