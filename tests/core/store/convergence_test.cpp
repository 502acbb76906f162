// SPDX-License-Identifier: GPL-3.0-or-later
// Any order, duplication and batching of any generated set of operations, charters and cuts gives the same tables and digests.
#include <rapidcheck.h>

#include <algorithm>
#include <cstdlib>

#include "tests/core/store/world_receiver.h"

namespace huisbord {
namespace {

// A thousand cases in every ordinary run; RC_PARAMS from outside wins ("seed=..." repeats a failure, which prints it).
const int cases = ::setenv("RC_PARAMS", "max_success=1000", 0);

std::map<DeviceNumber, OperationNumber> heads_of(const Vault& vault, const ScopeId& scope) {
  std::map<DeviceNumber, OperationNumber> heads;
  for (const Head& head : must(vault.heads(scope))) heads[head.device] = head.number;
  return heads;
}

WorldShape draw_shape() {
  WorldShape shape;
  shape.seed = *rc::gen::arbitrary<std::uint64_t>().as("seed of the world");
  shape.operations = *rc::gen::inRange(1u, 24u).as("operations a device");
  shape.forks = *rc::gen::arbitrary<bool>().as("forks");
  shape.cuts = *rc::gen::arbitrary<bool>().as("cuts");
  shape.ahead = *rc::gen::arbitrary<bool>().as("segments stamped ahead");
  shape.snapshot = *rc::gen::arbitrary<bool>().as("a snapshot named");
  return shape;
}

TEST(Convergence, AnyOrderDuplicationAndBatchingGivesTheTablesOfTheRules) {
  ASSERT_EQ(cases, 0);
  EXPECT_TRUE(rc::check("tables are a function of the set", [] {
    const WorldShape shape = draw_shape();
    const bool desk = *rc::gen::arbitrary<bool>().as("the receiver is a desk");
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>().as("seed of the order"));
    const DeviceClass device_class = desk ? DeviceClass::desk : DeviceClass::kiosk;
    GeneratedWorld world(shape);
    Receiver receiver(world, device_class, random);
    receiver.take(shuffled(world, random), true);
    for (const ScopeId& scope : {world.organisation.org(), world.organisation.house()}) {
      RC_ASSERT(heads_of(receiver.vault(), scope) == world.expected_heads(scope));
      RC_ASSERT(must(receiver.vault().digests(scope)) == world.expected_digests(scope, device_class));
    }
    if (random.below(10) == 0) RC_ASSERT(must(receiver.vault().verify()).faults == std::vector<std::string>{});
  }));
}

bool wrong_lowest_wins(MergeRule rule, const Candidate& a, const Candidate& b) {
  return rule == MergeRule::last ? a < b : beats(rule, a, b);
}
bool wrong_last_claim_wins(MergeRule, const Candidate& a, const Candidate& b) { return a > b; }
bool wrong_device_is_not_asked(MergeRule rule, const Candidate& a, const Candidate& b) {
  return rule == MergeRule::first ? a.stamp < b.stamp : a.stamp > b.stamp;
}
bool wrong_device_the_other_way(MergeRule rule, const Candidate& a, const Candidate& b) {
  if (a.stamp != b.stamp) return beats(rule, a, b);
  return beats(rule, b, a);
}
bool wrong_whoever_comes_last(MergeRule, const Candidate&, const Candidate&) { return true; }

/// True when some order of some candidates shows that the rule is not the one of the specification: highest or lowest (stamp, device).
bool is_found_out(Beats better, int tries) {
  SeededRandom random(7);
  for (int i = 0; i < tries; ++i) {
    std::vector<Candidate> candidates;
    for (std::uint32_t n = 1 + random.below(5); n > 0; --n) candidates.push_back({random.below(4), 1 + random.below(3), n});
    // On one chain no two operations have one stamp.
    std::ranges::sort(candidates);
    const auto twice =
        std::ranges::unique(candidates, [](const Candidate& a, const Candidate& b) { return a.stamp == b.stamp && a.device == b.device; });
    candidates.erase(twice.begin(), twice.end());
    const Candidate highest = candidates.back();
    const Candidate lowest = candidates.front();
    do {
      if (winner(MergeRule::last, candidates, better) != highest || winner(MergeRule::first, candidates, better) != lowest) return true;
    } while (std::ranges::next_permutation(candidates).found);
  }
  return false;
}

TEST(Convergence, EachWrongRuleOfMergingIsFound) {
  EXPECT_FALSE(is_found_out(beats, 1000));
  for (const Beats mutant :
       {wrong_lowest_wins, wrong_last_claim_wins, wrong_device_is_not_asked, wrong_device_the_other_way, wrong_whoever_comes_last})
    EXPECT_TRUE(is_found_out(mutant, 1000));
}

TEST(Convergence, EachWrongRuleGivesOtherDigestsThanTheStore) {
  for (const Beats mutant : {wrong_lowest_wins, wrong_last_claim_wins, wrong_device_the_other_way, wrong_whoever_comes_last}) {
    bool found = false;
    for (std::uint64_t seed = 0; seed < 40 && !found; ++seed) {
      GeneratedWorld world({seed, 24, false, false, false});
      SeededRandom random(seed);
      Receiver receiver(world, DeviceClass::desk, random);
      receiver.take(shuffled(world, random), false);
      for (const ScopeId& scope : {world.organisation.org(), world.organisation.house()})
        found = found || must(receiver.vault().digests(scope)) != world.expected_digests(scope, DeviceClass::desk, mutant);
    }
    EXPECT_TRUE(found);
  }
}

}  // namespace
}  // namespace huisbord
