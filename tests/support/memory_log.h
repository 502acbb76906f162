// SPDX-License-Identifier: GPL-3.0-or-later
// A replica's log without a disk: seals, verifies and opens as a store does, and keeps the operations as a set.
#pragma once

#include <algorithm>
#include <mutex>

#include "core/journal/log.h"
#include "core/journal/operation.pb.h"
#include "tests/support/paper_organisation.h"

namespace huisbord {

/// Holds every scope of the organisation, with the charters of number 1.
class MemoryLog final : public Log {
 public:
  using Operations = std::map<std::pair<DeviceNumber, OperationNumber>, Bytes>;

  MemoryLog(const PaperOrganisation& organisation, DeviceNumber own, std::uint64_t seed, bool with_charters = true)
      : organisation_(organisation), own_(own), random_(seed) {
    for (const ScopeId& scope : organisation.scopes()) {
      parts_.try_emplace(scope);
      if (with_charters) CHECK(take_charter(organisation.charter_bytes(scope)).has_value());
    }
  }

  /// A change of about \p size bytes that does not compress.
  void record(const ScopeId& scope, std::size_t size = 200) {
    const std::lock_guard lock(mutex_);
    Part& part = parts_.at(scope);
    journal::Operation operation;
    operation.set_stamp(++part.stamp);
    operation.set_kind(1);
    operation.set_actor(to_string(random_.id<StaffTag>().bytes));
    Bytes box(size);
    random_.fill(box);
    operation.set_box(box.data(), box.size());
    part.waiting.push_back(to_bytes(view(operation.SerializeAsString())));
  }

  [[nodiscard]] Operations operations(const ScopeId& scope) const {
    const std::lock_guard lock(mutex_);
    return parts_.at(scope).operations;
  }
  /// Sealed, acknowledged or received: whole chains.
  [[nodiscard]] std::vector<Bytes> segments_of(const ScopeId& scope, DeviceNumber device) const {
    const std::lock_guard lock(mutex_);
    const Part& part = parts_.at(scope);
    const auto found = part.chains.find(device);
    return found == part.chains.end() ? std::vector<Bytes>{} : found->second.segments;
  }
  /// Fewer operations a segment, so that there are more segments.
  void set_most_operations(std::size_t most) { most_operations_ = most; }
  /// From now on each taking of segments fails as a full disk does.
  void fill_disk(bool full) { disk_full_ = full; }
  [[nodiscard]] std::vector<Bytes> charters_taken() const {
    const std::lock_guard lock(mutex_);
    return charters_taken_;
  }

  // Log
  [[nodiscard]] OrganisationId organisation() const override { return organisation_.organisation(); }
  [[nodiscard]] std::vector<ScopeId> scopes() const override { return organisation_.scopes(); }
  [[nodiscard]] Result<ScopeIdentity> identity(const ScopeId&) const override {
    const PaperOrganisation::Device& own = organisation_.device(own_);
    return ScopeIdentity{.device = own_, .id = own.listed.id, .request_key = &own.request};
  }
  [[nodiscard]] CharterNumber charter_number(const ScopeId& scope) const override {
    const std::lock_guard lock(mutex_);
    const Part& part = parts_.at(scope);
    return part.charter ? part.charter->number : 0;
  }
  [[nodiscard]] Result<std::optional<Bytes>> charter(const ScopeId& scope) const override {
    const std::lock_guard lock(mutex_);
    const Part& part = parts_.at(scope);
    return part.charter ? std::optional(part.charter_bytes) : std::nullopt;
  }
  [[nodiscard]] Status take_charter(ByteView bytes) override {
    const std::lock_guard lock(mutex_);
    TRY_ASSIGN(const CharterName named, charter_name(bytes));
    const auto found = parts_.find(named.scope);
    if (found == parts_.end()) return fail(ErrorCode::charter, "of no scope here");
    Part& part = found->second;
    TRY_ASSIGN(part.charter, Charter::verify(bytes, organisation_.root(), part.charter ? &*part.charter : nullptr));
    part.charter_bytes = to_bytes(bytes);
    charters_taken_.push_back(part.charter_bytes);
    return {};
  }
  [[nodiscard]] Result<std::vector<Head>> heads(const ScopeId& scope) const override {
    const std::lock_guard lock(mutex_);
    std::vector<Head> heads;
    for (const auto& [device, chain] : parts_.at(scope).chains)
      heads.push_back({.device = device, .number = chain.head.number, .header_hash = chain.head.hash});
    return heads;
  }
  [[nodiscard]] Result<std::vector<Bytes>> segments_to_send(const ScopeId& scope, std::size_t most, std::size_t most_bytes) override {
    const std::lock_guard lock(mutex_);
    Part& part = parts_.at(scope);
    if (part.unsent.empty() && !part.waiting.empty() && !part.charter) return fail(ErrorCode::charter, "no charter yet");
    while (part.unsent.size() < most && !part.waiting.empty()) TRY_STATUS(seal(scope, part));
    std::vector<Bytes> segments;
    std::size_t size = 0;
    for (const Bytes& segment : part.unsent) {
      size += segment.size();
      if (segments.size() == most || (size > most_bytes && !segments.empty())) break;
      segments.push_back(segment);
    }
    return segments;
  }
  [[nodiscard]] Status acknowledged(const ScopeId& scope, DeviceNumber device, OperationNumber last, const HeaderHash& hash) override {
    const std::lock_guard lock(mutex_);
    Part& part = parts_.at(scope);
    if (device != own_ || part.unsent.empty()) return fail(ErrorCode::chain, "nothing of that was sent");
    const auto sent = std::ranges::find_if(part.unsent, [&](const Bytes& segment) {
      const auto view = parse_segment(segment);
      return view->header.last() == last && view->hash() == hash;
    });
    if (sent == part.unsent.end()) return fail(ErrorCode::chain, "another one was sent");
    part.unsent.erase(part.unsent.begin(), sent + 1);
    return {};
  }
  [[nodiscard]] Result<TakeReport> take_segments(const ScopeId& scope, std::span<const Bytes> segments) override {
    const std::lock_guard lock(mutex_);
    if (disk_full_) return fail(ErrorCode::disk_full, "no room");
    TakeReport report;
    for (const Bytes& bytes : segments) {
      const auto view = parse_segment(bytes);
      if (!view) {
        report.refused.push_back({.device = 0, .first = 0, .error = view.error()});
        continue;
      }
      if (Status taken = take(parts_.at(scope), scope, *view, bytes, report); !taken)
        report.refused.push_back({.device = view->header.device, .first = view->header.first, .error = taken.error()});
    }
    return report;
  }
  /// Gives a relay back what it lacks, as a store does.
  void refill_relays() { refills_ = true; }
  [[nodiscard]] Result<std::vector<Bytes>> segments_from(const ScopeId& scope, DeviceNumber device, OperationNumber first) const override {
    const std::lock_guard lock(mutex_);
    const Part& part = parts_.at(scope);
    const auto chain = part.chains.find(device);
    std::vector<Bytes> all;
    if (!refills_ || chain == part.chains.end()) return all;
    for (const Bytes& segment : chain->second.segments) {
      if (parse_segment(segment)->header.first != first || std::ranges::find(part.unsent, segment) != part.unsent.end() || all.size() == 5)
        continue;
      first = parse_segment(segment)->header.last() + 1;
      all.push_back(segment);
    }
    return all;
  }
  [[nodiscard]] std::size_t waiting_count() const override {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [scope, part] : parts_) {
      count += part.waiting.size();
      for (const Bytes& segment : part.unsent) count += parse_segment(segment)->header.count;
    }
    return count;
  }
  [[nodiscard]] Status set_last_contact(Millis when) override {
    const std::lock_guard lock(mutex_);
    last_contact_ = when;
    return {};
  }
  [[nodiscard]] std::optional<Millis> last_contact() const {
    const std::lock_guard lock(mutex_);
    return last_contact_;
  }

 private:
  struct Chain {
    ChainHead head;
    std::vector<Bytes> segments;
  };
  struct Part {
    std::optional<Charter> charter;
    Bytes charter_bytes;
    std::map<DeviceNumber, Chain> chains;
    std::vector<Bytes> waiting;
    std::vector<Bytes> unsent;
    Operations operations;
    OperationNumber own_number = 0;
    std::uint64_t stamp = 0;
  };

  Status seal(const ScopeId& scope, Part& part) {
    Chain& chain = part.chains[own_];
    const std::size_t count = std::min(fitting(part.waiting), most_operations_);
    const std::span<const Bytes> taken(part.waiting.data(), count);
    const SegmentPosition position{.scope = scope, .device = own_, .charter = part.charter->number, .after = chain.head};
    TRY_ASSIGN(Bytes sealed,
               seal_segment(position, taken, organisation_.epoch_key(scope), organisation_.device(own_).signing, random_, Padding::none));
    for (const Bytes& operation : taken) part.operations[{own_, ++part.own_number}] = operation;
    part.waiting.erase(part.waiting.begin(), part.waiting.begin() + static_cast<std::ptrdiff_t>(count));
    chain.head = head_of(*parse_segment(sealed));
    chain.segments.push_back(sealed);
    part.unsent.push_back(std::move(sealed));
    return {};
  }
  Status take(Part& part, const ScopeId& scope, const SegmentView& view, const Bytes& bytes, TakeReport& report) const {
    if (!part.charter) return fail(ErrorCode::charter, "no charter yet");
    TRY_STATUS(part.charter->check_segment(view));
    Chain& chain = part.chains[view.header.device];
    if (view.header.last() <= chain.head.number) {
      ++report.held;
      return {};
    }
    TRY_STATUS(check_follows(chain.head, view.header));
    TRY_ASSIGN(const OpenedSegment opened, open_segment(view, organisation_.epoch_key(scope)));
    OperationNumber number = view.header.first;
    for (const OpenedOperation& operation : opened) part.operations[{view.header.device, number++}] = to_bytes(operation.raw);
    part.stamp = std::max(part.stamp, view.header.last_stamp);
    chain.head = head_of(view);
    chain.segments.push_back(bytes);
    ++report.segments;
    report.operations += opened.size();
    return {};
  }

  const PaperOrganisation& organisation_;
  const DeviceNumber own_;
  mutable std::mutex mutex_;
  SeededRandom random_;
  std::map<ScopeId, Part> parts_;
  std::size_t most_operations_ = max_segment_operations;
  std::vector<Bytes> charters_taken_;
  std::optional<Millis> last_contact_;
  bool disk_full_ = false;
  bool refills_ = false;
};

}  // namespace huisbord
