// SPDX-License-Identifier: GPL-3.0-or-later
// Each rule of merging is needed: a store that has one of them wrong gives other tables than the rules, and that is seen.
#include <algorithm>
#include <array>
#include <limits>

#include "tests/core/store/world_receiver.h"

namespace huisbord {
namespace {

/// True when some generated world shows that a store with these rules is wrong.
bool differs(const MergeRules& rules, const WorldShape& shape, DeviceClass device_class) {
  GeneratedWorld world(shape);
  SeededRandom random(shape.seed);
  Receiver receiver(world, device_class, random, rules);
  receiver.take(shuffled(world, random), false);
  return std::ranges::any_of(std::array{world.organisation.org(), world.organisation.house()}, [&](const ScopeId& scope) {
    return must(receiver.vault().digests(scope)) != world.expected_digests(scope, device_class);
  });
}

/// In a wild world or in a plain one, where more counts.
bool is_found_out(const MergeRules& rules, std::uint64_t tries = 60) {
  for (std::uint64_t seed = 0; seed < tries; ++seed) {
    if (differs(rules, {seed, 24, seed % 2 == 1, seed % 3 != 0, seed % 4 == 2, seed % 5 < 2},
                seed % 2 == 0 ? DeviceClass::kiosk : DeviceClass::desk))
      return true;
    if (differs(rules, {seed, 24, false, false, false, false}, DeviceClass::desk)) return true;
  }
  return false;
}

MergeRules with(auto MergeRules::* rule, auto wrong) {
  MergeRules rules;
  rules.*rule = wrong;
  return rules;
}

TEST(Mutants, TheRulesThemselvesAreNotFoundOut) { EXPECT_FALSE(is_found_out(the_merge_rules(), 20)); }

TEST(Mutants, WhoWinsASlot) {
  EXPECT_TRUE(is_found_out(with(&MergeRules::beats, [](MergeRule, const Candidate& a, const Candidate& b) { return a > b; })));
  EXPECT_TRUE(is_found_out(with(&MergeRules::beats, [](MergeRule, const Candidate& a, const Candidate& b) { return a < b; })));
  EXPECT_TRUE(is_found_out(with(&MergeRules::beats, [](MergeRule rule, const Candidate& a, const Candidate& b) {
    return a.stamp == b.stamp ? beats(rule, b, a) : beats(rule, a, b);
  })));
}

TEST(Mutants, TheChainItsForksAndCuts) {
  using Links = std::span<const ChainLink>;
  using CutAt = const std::optional<Cut>&;
  EXPECT_TRUE(is_found_out(with(&MergeRules::counted_chain, [](Links links, CutAt, CutAt snapshot_end) {
    return counted_chain(links, std::nullopt, snapshot_end);
  }))) << "no cut";
  EXPECT_TRUE(is_found_out(with(&MergeRules::counted_chain, [](Links links, CutAt cut, CutAt snapshot_end) {
    auto counted = counted_chain(links, std::nullopt, snapshot_end);
    std::erase_if(counted, [&](std::size_t i) { return cut && links[i].last > cut->number; });
    return counted;
  }))) << "a cut by number and not by branch";
  EXPECT_TRUE(is_found_out(with(&MergeRules::counted_chain, [](Links links, CutAt cut, CutAt snapshot_end) {
    // Of two that follow the same one the first seen counts.
    std::vector<ChainLink> unforked;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < links.size(); ++i) {
      if (std::ranges::find(unforked, links[i].previous, &ChainLink::previous) != unforked.end()) continue;
      unforked.push_back(links[i]);
      at.push_back(i);
    }
    std::vector<std::size_t> counted;
    for (const std::size_t i : counted_chain(unforked, cut, snapshot_end)) counted.push_back(at[i]);
    return counted;
  }))) << "no fork";
  EXPECT_TRUE(is_found_out(with(&MergeRules::counted_chain, [](Links links, CutAt cut, CutAt) {
    return counted_chain(links, cut, std::nullopt);
  }))) << "a branch that no snapshot settles";
  EXPECT_TRUE(is_found_out(with(&MergeRules::waits, [](Stamp, Millis) { return false; }))) << "a stamp far ahead";
}

TEST(Mutants, WhoMayWriteAndInWhichRole) {
  EXPECT_TRUE(is_found_out(with(&MergeRules::may_write, [](std::uint32_t, DeviceClass, ScopeKind) { return true; })));
  EXPECT_TRUE(is_found_out(with(&MergeRules::may_write, [](std::uint32_t kind, DeviceClass, ScopeKind scope) {
    return may_write(kind, DeviceClass::desk, scope);
  }))) << "a kiosk as a desk";
  using Asked = const Roles&;
  EXPECT_TRUE(is_found_out(with(&MergeRules::holds_role, [](Asked, const RecordId&, const ScopeId&, std::uint64_t) { return true; })));
  EXPECT_TRUE(is_found_out(with(&MergeRules::holds_role, [](Asked roles, const RecordId& actor, const ScopeId& house, std::uint64_t) {
    return roles.holds(actor, house, std::numeric_limits<std::int64_t>::max());
  }))) << "as it is at the end and not as it was at the stamp";
}

TEST(Mutants, TermsAndErasure) {
  EXPECT_TRUE(is_found_out(with(&MergeRules::past_term, [](std::uint32_t, std::uint32_t, DeviceClass, Week) { return false; })));
  EXPECT_TRUE(is_found_out(with(&MergeRules::past_term, [](std::uint32_t term, std::uint32_t week, DeviceClass device, Week now) {
    return past_term(term, week, device, Week{now.value + 1});
  }))) << "a week too early";
  EXPECT_TRUE(is_found_out(with(&MergeRules::past_term, [](std::uint32_t term, std::uint32_t week, DeviceClass, Week now) {
    return past_term(term, week, DeviceClass::kiosk, now);
  }))) << "a desk as a kiosk";
  EXPECT_TRUE(is_found_out(with(&MergeRules::about_erased, [](const Charter&, const journal::Operation&) { return false; })));
}

}  // namespace
}  // namespace huisbord
