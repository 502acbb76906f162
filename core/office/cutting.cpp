// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts, hand-ins and rulings: what the person at the office decided, in the next charters.
#include "core/office/cutting.h"

#include <algorithm>

#include "core/journal/envelope/charter_edit.h"
#include "core/journal/hybrid_clock.h"
#include "core/office/snapshots.h"

namespace huisbord {
namespace {

Result<Cut> counted_end(const Vault& vault, const ScopeId& scope, DeviceNumber device) {
  TRY_ASSIGN(const auto heads, vault.heads(scope));
  const auto head = std::ranges::find(heads, device, &Head::device);
  return head == heads.end() ? Cut{} : Cut{head->number, head->header_hash};
}

Result<std::vector<StoredSegment>> following(const Vault& vault, const ScopeId& scope, DeviceNumber device, const Cut& after) {
  TRY_ASSIGN(const auto segments, vault.segments_of(scope, device));
  std::vector<StoredSegment> chain;
  Cut end = after;
  for (;;) {
    std::vector<const StoredSegment*> next;
    for (const StoredSegment& segment : segments) {
      if (segment.standing != StoredSegment::Standing::broken && segment.first == end.number + 1 && segment.previous == end.header_hash)
        next.push_back(&segment);
    }
    if (next.size() != 1) return chain;
    chain.push_back(*next.front());
    end = {next.front()->last, next.front()->hash};
  }
}

/// A cut of another branch than the snapshot's: what the snapshot has of that device counts no more.
Result<bool> leaves_snapshot(const Vault& vault, const Charter& charter, DeviceNumber device, const Cut& cut) {
  const std::optional<Cut> covered_to = charter.snapshot_end(device);
  if (!covered_to) return false;
  TRY_ASSIGN(const auto segments, vault.segments_of(charter.scope, device));
  HeaderHash at = cut.header_hash;
  for (;;) {
    if (at == covered_to->header_hash) return false;
    const auto segment = std::ranges::find(segments, at, &StoredSegment::hash);
    if (segment == segments.end()) return false;
    if (segment->first <= covered_to->number) return true;
    at = segment->previous;
  }
}

std::size_t covered(const Charter& charter) { return charter.snapshot ? charter.snapshot->heads.size() : 0; }

}  // namespace

Result<Cut> find_cut(const Vault& vault, const ScopeId& scope, DeviceNumber device, const CutChoice& choice) {
  if (!choice.number) return counted_end(vault, scope, device);
  if (*choice.number == 0) return Cut{};
  TRY_ASSIGN(const auto segments, vault.segments_of(scope, device));
  std::vector<Cut> found;
  OperationNumber below = 0;
  for (const StoredSegment& segment : segments) {
    if (segment.last < *choice.number) below = std::max(below, segment.last);
    if (segment.last == *choice.number && to_hex(segment.hash).starts_with(choice.branch)) found.push_back({segment.last, segment.hash});
  }
  const std::string number = std::to_string(*choice.number);
  if (found.empty()) {
    return fail(ErrorCode::not_found, "No segment of that device ends at number " + number + " here; the nearest before it ends at " +
                                          std::to_string(below) + ".");
  }
  if (found.size() > 1) {
    std::string branches;
    for (const Cut& cut : found) branches += (branches.empty() ? "" : ", ") + to_hex(cut.header_hash).substr(0, 16);
    return fail(ErrorCode::invalid, "Two segments of that device end at number " + number + "; choose the branch: " + branches + ".");
  }
  return found.front();
}

Result<std::vector<MadeCut>> end_everywhere(Office& office, const DeviceId& device, DeviceState state, const ScopeId& scope,
                                            const CutChoice& choice) {
  Vault& vault = office.vault();
  if (device == vault.founding().device) return fail(ErrorCode::forbidden, "This desk cannot end itself: another desk does that.");
  std::vector<MadeCut> made;
  std::vector<bool> stands;
  // Every cut is found before the first is written: a refusal leaves the device as it was everywhere.
  for (const ScopeId& each : vault.scopes()) {
    TRY_ASSIGN(const Charter held, vault.held_charter(each));
    const CharterDevice* listed = held.device(device);
    if (listed == nullptr) continue;
    Cut cut = listed->cut.value_or(Cut{});
    if (!listed->cut || (each == scope && choice.number)) {
      TRY_ASSIGN(cut, find_cut(vault, each, listed->number, each == scope ? choice : CutChoice{}));
    }
    made.push_back({each, listed->number, cut});
    stands.push_back(listed->state == state && listed->cut == cut);
  }
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (stands[i]) continue;
    const ScopeId& each = made[i].scope;
    TRY_ASSIGN(const Charter held, vault.held_charter(each));
    TRY_ASSIGN(const bool leaves, leaves_snapshot(vault, held, made[i].device, made[i].cut));
    TRY_STATUS(office.amend(each, [&](Charter& charter) {
      if (leaves) forget_in_snapshot(charter, made[i].device);
      return end_device(charter, made[i].device, state, made[i].cut);
    }));
    // A cut inside the snapshot takes that device's part from every kiosk that began there, and the relay may have let go what it covered.
    // The cut stands whether or not another can be made.
    TRY_ASSIGN(const Charter after, vault.held_charter(each));
    if (covered(after) >= covered(held)) continue;
    if (const auto renewed = renew_snapshot(office, each); !renewed) made[i].no_snapshot = renewed.error();
  }
  if (made.empty()) return fail(ErrorCode::not_found, "No charter lists that device.");
  return made;
}

Result<std::vector<StoredSegment>> handed_in(const Vault& vault, const ScopeId& scope, DeviceNumber device) {
  TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
  const CharterDevice* listed = charter.device(device);
  if (listed == nullptr) return fail(ErrorCode::not_found, "The charter lists no such device.");
  if (!listed->cut) return std::vector<StoredSegment>{};
  TRY_ASSIGN(std::vector<StoredSegment> waiting, following(vault, scope, device, *listed->cut));
  TRY_ASSIGN(const std::vector<Head> away, vault.ended_away(scope));
  const auto closed = std::ranges::find_if(
      waiting, [&](const StoredSegment& segment) { return std::ranges::find(away, segment.hash, &Head::header_hash) != away.end(); });
  waiting.erase(closed, waiting.end());
  return waiting;
}

Result<Cut> accept_handed_in(Office& office, const ScopeId& scope, DeviceNumber device, std::optional<OperationNumber> up_to) {
  TRY_ASSIGN(const auto waiting, handed_in(office.vault(), scope, device));
  if (waiting.empty()) return fail(ErrorCode::not_found, "That device handed nothing in that waits for a decision.");
  auto last = std::prev(waiting.end());
  if (up_to) {
    last = std::ranges::find(waiting, *up_to, &StoredSegment::last);
    if (last == waiting.end()) return fail(ErrorCode::not_found, "Nothing that the device handed in ends at that number.");
  }
  const Cut cut{last->last, last->hash};
  TRY_STATUS(office.amend(scope, [&](Charter& charter) { return raise_cut(charter, device, cut); }));
  return cut;
}

Result<std::vector<StoredSegment>> stamped_ahead(const Vault& vault, const ScopeId& scope, DeviceNumber device) {
  TRY_ASSIGN(const auto segments, vault.segments_of(scope, device));
  std::vector<StoredSegment> waiting;
  std::ranges::copy_if(segments, std::back_inserter(waiting), [&](const StoredSegment& segment) {
    return segment.standing == StoredSegment::Standing::kept_aside && waits(Stamp{segment.last_stamp}, vault.trusted_now());
  });
  return waiting;
}

Status free_stamped_ahead(Office& office, const ScopeId& scope, DeviceNumber device, OperationNumber last) {
  TRY_ASSIGN(const auto waiting, stamped_ahead(office.vault(), scope, device));
  const auto found = std::ranges::find(waiting, last, &StoredSegment::last);
  if (found == waiting.end())
    return fail(ErrorCode::not_found, "No segment of that device that ends at that number waits for its time to come.");
  return office.amend(scope, [&](Charter& charter) {
    return add_ruling(charter, {Ruling::Kind::free_waiting, device, found->last, found->hash, charter.written_quarter});
  });
}

}  // namespace huisbord
