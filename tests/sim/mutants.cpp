// SPDX-License-Identifier: GPL-3.0-or-later
// The wrong rules.
#include "tests/sim/mutants.h"

#include <algorithm>
#include <limits>

namespace huisbord::sim {
namespace {

Mutant with(std::string name, auto MergeRules::* rule, auto wrong) {
  Mutant made{std::move(name), {}};
  made.rules.*rule = wrong;
  return made;
}

using Links = std::span<const ChainLink>;
using CutAt = const std::optional<Cut>&;

std::vector<std::size_t> first_branch_goes_on(Links links, CutAt cut, CutAt snapshot_end) {
  std::vector<ChainLink> single;
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (std::ranges::find(single, links[i].previous, &ChainLink::previous) != single.end()) continue;
    single.push_back(links[i]);
    at.push_back(i);
  }
  std::vector<std::size_t> counted;
  for (const std::size_t i : counted_chain(single, cut, snapshot_end)) counted.push_back(at[i]);
  return counted;
}

}  // namespace

const std::vector<Mutant>& mutants() {
  static const std::vector<Mutant> all = {
      with("the first writer wins, and the last claim", &MergeRules::beats,
           [](MergeRule rule, const Candidate& a, const Candidate& b) { return !beats(rule, a, b); }),
      with("the last claim wins as the last writer does", &MergeRules::beats,
           [](MergeRule, const Candidate& a, const Candidate& b) { return a > b; }),
      with("the first writer wins as the first claim does", &MergeRules::beats,
           [](MergeRule, const Candidate& a, const Candidate& b) { return a < b; }),
      with("of equal stamps the lower device wins", &MergeRules::beats,
           [](MergeRule rule, const Candidate& a, const Candidate& b) {
             return a.stamp == b.stamp ? beats(rule, b, a) : beats(rule, a, b);
           }),
      with("no cut", &MergeRules::counted_chain,
           [](Links links, CutAt, CutAt snapshot_end) { return counted_chain(links, std::nullopt, snapshot_end); }),
      with("a cut takes its own segment too", &MergeRules::counted_chain,
           [](Links links, CutAt cut, CutAt snapshot_end) {
             auto counted = counted_chain(links, cut, snapshot_end);
             if (cut && !counted.empty() && links[counted.back()].last == cut->number) counted.pop_back();
             return counted;
           }),
      with("after a fork the branch that came first goes on", &MergeRules::counted_chain, first_branch_goes_on),
      with("a snapshot does not say which branch counts", &MergeRules::counted_chain,
           [](Links links, CutAt cut, CutAt) { return counted_chain(links, cut, std::nullopt); }),
      with("a stamp far ahead counts", &MergeRules::waits, [](Stamp, Millis) { return false; }),
      with("a stamp two hours ahead waits", &MergeRules::waits,
           [](Stamp stamp, Millis now) { return stamp.quarter() > quarter_of(now) - 8; }),
      with("anybody writes anything anywhere", &MergeRules::may_write, [](std::uint32_t, DeviceClass, ScopeKind) { return true; }),
      with("a kiosk writes what a desk may", &MergeRules::may_write,
           [](std::uint32_t kind, DeviceClass, ScopeKind scope) { return may_write(kind, DeviceClass::desk, scope); }),
      with("a role is not asked for", &MergeRules::holds_role,
           [](const Roles&, const RecordId&, const ScopeId&, std::uint64_t) { return true; }),
      with("a role as it is now, not as it was at the stamp", &MergeRules::holds_role,
           [](const Roles& roles, const RecordId& actor, const ScopeId& house, std::uint64_t) {
             return roles.holds(actor, house, std::numeric_limits<std::int64_t>::max());
           }),
      with("no terms", &MergeRules::past_term, [](std::uint32_t, std::uint32_t, DeviceClass, Week) { return false; }),
      with("terms end a week early", &MergeRules::past_term,
           [](std::uint32_t term, std::uint32_t week, DeviceClass device, Week now) {
             return past_term(term, week, device, Week{now.value + 1});
           }),
      with("a desk forgets as a kiosk does", &MergeRules::past_term,
           [](std::uint32_t term, std::uint32_t week, DeviceClass, Week now) { return past_term(term, week, DeviceClass::kiosk, now); }),
      with("nobody is erased", &MergeRules::about_erased, [](const Charter&, const journal::Operation&) { return false; }),
      with("an epoch's key is kept for ever", &MergeRules::epoch_ended, [](const Charter&, const Epoch&) { return false; }),
      with("an epoch's key ends when the next begins", &MergeRules::epoch_ended,
           [](const Charter& charter, const Epoch& epoch) { return epoch.id != charter.highest_epoch()->id; }),
      with("a former sealing key is kept for ever", &MergeRules::lists_sealing_key,
           [](const Charter&, DeviceNumber, const crypto::SealingPublicKey&) { return false; }),
      with("a former sealing key ends when the next is made", &MergeRules::lists_sealing_key,
           [](const Charter&, DeviceNumber, const crypto::SealingPublicKey&) { return true; }),
      {"an epoch ends whoever has not heard of the next",
       {},
       {.has_witnessed = [](const Witness&, DeviceNumber, CharterNumber, const EpochUse&) { return true; }}},
  };
  return all;
}

}  // namespace huisbord::sim
