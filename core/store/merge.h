// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of merging as pure functions: who wins a slot, and which segments of a device's chain count (SCHEMA.md 5).
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/journal/envelope/charter.h"
#include "core/journal/kinds.h"

namespace huisbord {

/// One operation that writes a slot. On a chain that counts, stamps rise, so stamp and device name one operation; the hash that would
/// decide between two is therefore never asked for (FORMAT.md 5.2).
struct Candidate {
  std::uint64_t stamp = 0;
  DeviceNumber device = 0;
  OperationNumber number = 0;
  auto operator<=>(const Candidate&) const = default;
};

/// True when the first beats the second. A parameter, so that tests can hand in a wrong one and see it found.
using Beats = bool (*)(MergeRule rule, const Candidate& a, const Candidate& b);
[[nodiscard]] bool beats(MergeRule rule, const Candidate& a, const Candidate& b);
/// Of at least one; order does not matter.
[[nodiscard]] const Candidate& winner(MergeRule rule, std::span<const Candidate> candidates, Beats better = beats);

/// A segment whose signature verified.
struct ChainLink {
  OperationNumber first = 0;
  OperationNumber last = 0;
  HeaderHash hash{};
  HeaderHash previous{};
  std::uint64_t last_stamp = 0;
  bool waits = false;  ///< stamped too far ahead and not freed
  bool opens = true;   ///< its epoch key is here and its body is what the header says
};

/// The segments that count, from the first operation on, as indices into `links`; a function of the set alone. With a cut whose segment is
/// held: exactly its ancestors. Else, where the segment in which the named snapshot's part of the device ends is held (snapshot_end, within
/// the cut): its ancestors and what follows; else from the first operation on. What follows ends at a fork (nothing after two signed
/// headers for one place counts until a cut or a snapshot names the branch) and at the cut's number. Ends before the first that waits or
/// does not open.
[[nodiscard]] std::vector<std::size_t> counted_chain(std::span<const ChainLink> links, const std::optional<Cut>& cut,
                                                     const std::optional<Cut>& snapshot_end);

}  // namespace huisbord
