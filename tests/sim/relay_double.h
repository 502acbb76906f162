// SPDX-License-Identifier: GPL-3.0-or-later
// The relay of a simulation: the real intake on a mailbox in memory, honest or not, and every byte that it was ever sent.
#pragma once

#include <optional>
#include <set>

#include "app/relay/intake.h"
#include "app/relay/memory_mailbox.h"
#include "core/sync/relay_connection.h"

namespace huisbord::sim {

/// What a relay can do to its replicas. It can make nothing up that proves itself.
enum class Hostility : std::uint8_t {
  none,
  freeze,        ///< answers everybody from what it held when it began
  freeze_one,    ///< the same for one replica
  withhold,      ///< never hands out one device's newer segments but to desks
  old_charter,   ///< hands out former charters
  shuffle,       ///< segments in any order, some twice
  spoil,         ///< changes bits
  swap_scope,    ///< answers with the other scope's segments
  false_receipt  ///< says that it keeps what it drops
};

class RelayDouble {
 public:
  RelayDouble(const OrganisationId& organisation, const crypto::SigningPublicKey& root, const Millis& now);

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments);
  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter);
  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker);

  /// One kept segment, in the order of arrival.
  struct Kept {
    SegmentHeader header;
    HeaderHash hash{};
    Bytes bytes;
  };
  [[nodiscard]] const std::vector<Kept>& kept(const ScopeId& scope) const;
  [[nodiscard]] const Kept* last_of(const ScopeId& scope, DeviceNumber device) const;
  /// Of a device that wrote two segments for one number, the relay heard of both.
  [[nodiscard]] bool saw_fork(DeviceNumber device) const { return forked_.contains(device); }

  void turn(Hostility how, DeviceNumber victim, std::uint64_t seed);
  [[nodiscard]] Hostility hostility() const { return hostility_; }
  /// A segment that never passed the intake, given to everybody from now on: a fork that some relay let through.
  void hand_out(const ScopeId& scope, const Bytes& segment);
  /// Words that no request may hold.
  void watch_for(std::vector<Bytes> words) { words_ = std::move(words); }
  [[nodiscard]] bool saw_plaintext() const { return saw_plaintext_; }
  [[nodiscard]] std::size_t requests() const { return requests_; }

 private:
  [[nodiscard]] Result<PullAnswer> honest_pull(const ScopeId& scope, const PullQuestion& question);
  void twist(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker, PullAnswer& answer);
  void look_at(ByteView request);
  [[nodiscard]] relay::ScopeName name(const ScopeId& scope) const { return {organisation_, scope}; }

  OrganisationId organisation_;
  const Millis& now_;
  relay::Charters charters_;
  std::unique_ptr<relay::Mailbox> mailbox_;
  std::map<ScopeId, std::vector<Kept>> kept_;
  std::map<ScopeId, std::vector<Bytes>> former_charters_;
  std::map<ScopeId, std::vector<Bytes>> handed_out_;
  std::set<DeviceNumber> forked_;
  std::vector<Bytes> words_;
  bool saw_plaintext_ = false;
  std::size_t requests_ = 0;
  Hostility hostility_ = Hostility::none;
  DeviceNumber victim_ = 0;
  std::map<ScopeId, std::size_t> frozen_at_;
  SeededRandom random_{1};
};

}  // namespace huisbord::sim
