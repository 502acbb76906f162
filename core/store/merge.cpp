// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of merging as pure functions: who wins a slot, and which segments of a device's chain count (SCHEMA.md 5).
#include "core/store/merge.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/check.h"

namespace huisbord {

namespace {

bool follows(const ChainLink& link, const ChainHead& head) {
  return link.first == head.number + 1 && link.previous == head.hash && (head.number == 0 || link.last_stamp > head.stamp);
}

/// From the segment that is named back to the first operation; empty when a part is missing.
std::vector<std::size_t> ancestors(std::span<const ChainLink> links, const Cut& named) {
  std::map<HeaderHash, std::size_t> by_hash;
  for (std::size_t i = 0; i < links.size(); ++i) by_hash.emplace(links[i].hash, i);
  std::vector<std::size_t> path;
  for (HeaderHash next = named.header_hash; next != HeaderHash{};) {
    const auto found = by_hash.find(next);
    if (found == by_hash.end()) return {};
    const ChainLink& link = links[found->second];
    if (path.empty() ? link.last != named.number : link.last + 1 != links[path.back()].first) return {};
    if (!path.empty() && link.last_stamp >= links[path.back()].last_stamp) return {};
    path.push_back(found->second);
    next = link.previous;
  }
  if (path.empty() || links[path.back()].first != 1) return {};
  std::ranges::reverse(path);
  return path;
}

/// On from the path, child after child while there is exactly one.
std::vector<std::size_t> unforked(std::span<const ChainLink> links, const std::optional<Cut>& cut, std::vector<std::size_t> path) {
  ChainHead head;
  if (!path.empty()) head = {links[path.back()].last, links[path.back()].hash, links[path.back()].last_stamp};
  std::multimap<HeaderHash, std::size_t> children;
  for (std::size_t i = 0; i < links.size(); ++i) children.emplace(links[i].previous, i);
  for (;;) {
    std::optional<std::size_t> only;
    bool forked = false;
    const auto [begin, end] = children.equal_range(head.hash);
    for (auto at = begin; at != end; ++at) {
      if (!follows(links[at->second], head)) continue;
      forked = only.has_value();
      only = at->second;
      if (forked) break;
    }
    if (!only || forked) return path;
    const ChainLink& link = links[*only];
    if (cut && (link.last > cut->number || (link.last == cut->number && link.hash != cut->header_hash))) return path;
    path.push_back(*only);
    head = {link.last, link.hash, link.last_stamp};
  }
}

}  // namespace

bool beats(MergeRule rule, const Candidate& a, const Candidate& b) {
  const auto order = std::tie(a.stamp, a.device, a.number) <=> std::tie(b.stamp, b.device, b.number);
  return rule == MergeRule::first ? order < 0 : order > 0;
}

const Candidate& winner(MergeRule rule, std::span<const Candidate> candidates, Beats better) {
  CHECK(!candidates.empty());
  const Candidate* best = &candidates.front();
  for (const Candidate& candidate : candidates.subspan(1))
    if (better(rule, candidate, *best)) best = &candidate;
  return *best;
}

std::vector<std::size_t> counted_chain(std::span<const ChainLink> links, const std::optional<Cut>& cut,
                                       const std::optional<Cut>& snapshot_end) {
  std::vector<std::size_t> path = cut ? ancestors(links, *cut) : std::vector<std::size_t>{};
  if (path.empty()) path = unforked(links, cut, snapshot_end ? ancestors(links, *snapshot_end) : std::vector<std::size_t>{});
  const auto stop = std::ranges::find_if(path, [&](std::size_t i) { return links[i].waits || !links[i].opens; });
  path.erase(stop, path.end());
  return path;
}

}  // namespace huisbord
