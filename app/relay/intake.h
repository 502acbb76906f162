// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay asks of a segment before it keeps it: form, charter and signature on any thread, place in the chain where it writes.
#pragma once

#include "app/relay/charters.h"
#include "core/sync/wire/messages.h"

namespace huisbord::relay {

/// A segment that the charter admits.
struct Admitted {
  ByteView bytes;
  SegmentView view;
  HeaderHash hash{};
  bool past_cut = false;  ///< kept aside until a charter raises the cut, or for ever
};

/// One push on its way: admit() first, then keep() inside the writer's transaction, then reply.
class Intake {
 public:
  /// Only segments of device \p only, when it is given.
  Intake(ScopeName name, wire::PushRequest request, std::optional<DeviceNumber> only, std::uint64_t device_quota)
      : name_(name), request_(std::move(request)), only_(only), device_quota_(device_quota) {}
  Intake(const Intake&) = delete;  // its views look into its own request
  Intake& operator=(const Intake&) = delete;

  /// Everything that needs no look at the chain: PROTOCOL.md 6.1. The first segment that fails ends the push.
  void admit(const std::shared_ptr<const Charter>& charter);
  [[nodiscard]] bool any_admitted() const { return !admitted_.empty(); }
  /// Next number, same again, fork, quota: PROTOCOL.md 6.2; and admits again when the charter has changed in between. Errors are the
  /// mailbox's own.
  [[nodiscard]] Status keep(Mailbox& mailbox, Charters& charters);

  /// The answer when every segment was kept.
  [[nodiscard]] wire::PushReceipt receipt() const;
  [[nodiscard]] std::span<const wire::Head> receipts() const { return receipts_; }
  /// How many segments are here now that were not before.
  [[nodiscard]] std::size_t fresh() const { return fresh_; }
  [[nodiscard]] const std::optional<wire::Refusal>& refused() const { return refused_; }

 private:
  enum class Kept : std::uint8_t { yes, refused };
  [[nodiscard]] Result<Kept> keep_one(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment);
  [[nodiscard]] Result<Kept> keep_aside(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment, const DeviceRow& row);
  [[nodiscard]] Result<Kept> judge_again(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment, const DeviceRow& row);
  void refuse(wire::Refusal::Reason reason, const SegmentHeader* header, const ChainHead* held);

  ScopeName name_;
  wire::PushRequest request_;
  std::optional<DeviceNumber> only_;
  std::uint64_t device_quota_;
  std::shared_ptr<const Charter> charter_;
  std::vector<Admitted> admitted_;
  std::vector<wire::Head> receipts_;
  std::optional<wire::Refusal> refused_;
  Bytes mark_before_;
  Bytes mark_;
  std::size_t fresh_ = 0;
};

/// Under a charter that raised a cut, what was handed in up to there joins the order of arrival.
[[nodiscard]] Status take_up(Mailbox& mailbox, const ScopeRow& scope, const Charter& charter);

}  // namespace huisbord::relay
