// SPDX-License-Identifier: GPL-3.0-or-later
// The relay of a simulation: the real intake on a mailbox in memory, honest or not, and every byte that it was ever sent.
#pragma once

#include <optional>
#include <set>

#include "app/relay/counter.h"
#include "app/relay/intake.h"
#include "app/relay/memory_mailbox.h"
#include "core/sync/relay_connection.h"

namespace huisbord::sim {

/// What a relay can do to its replicas. It can make nothing up that proves itself.
enum class Hostility : std::uint8_t {
  none,
  freeze,             ///< answers everybody from what it held when it began
  freeze_one,         ///< the same for one replica
  withhold,           ///< drops one device's newer segments on the way to kiosks
  delay,              ///< hands out everything more than three days late
  replay,             ///< hands out former charters and segments again
  reorder,            ///< segments in any order, some twice
  alter,              ///< changes bits
  swap_scope,         ///< answers with the other scope's segments
  swap_organisation,  ///< answers with what another organisation gave it
  other_epoch,        ///< offers a charter with an epoch key of its own
  false_receipt       ///< says that it keeps what it drops
};

class RelayDouble {
 public:
  RelayDouble(const OrganisationId& organisation, const crypto::SigningPublicKey& root, const Millis& now);

  [[nodiscard]] Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, DeviceNumber by);
  [[nodiscard]] Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter);
  [[nodiscard]] Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker);
  [[nodiscard]] Result<std::optional<RelayRefusal>> put_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                              ByteView bytes);
  [[nodiscard]] Result<SnapshotPieceAnswer> piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece);

  /// One segment that had a receipt, in the order of arrival.
  struct Kept {
    SegmentHeader header;
    HeaderHash hash{};
    Bytes bytes;
    Millis arrived;
    bool here = true;  ///< false: forgotten since
  };
  [[nodiscard]] const std::vector<Kept>& kept(const ScopeId& scope) const;
  [[nodiscard]] const Kept* last_of(const ScopeId& scope, DeviceNumber device) const;
  /// Of a device that wrote two segments for one number, the relay heard of both.
  [[nodiscard]] bool saw_fork(DeviceNumber device) const { return forked_.contains(device); }

  void turn(Hostility how, DeviceNumber victim, std::uint64_t seed);
  [[nodiscard]] Hostility hostility() const { return hostility_; }
  /// Loses its memory, or goes back to that of a moment: what arrived later is gone.
  void forget_since(Millis moment);
  [[nodiscard]] bool forgot() const { return forgot_; }
  /// A segment that never passed the intake, given to everybody from now on: a fork that some relay let through.
  void hand_out(const ScopeId& scope, const Bytes& segment);
  /// Words that no request may hold.
  void watch_for(std::vector<Bytes> words) { words_ = std::move(words); }
  [[nodiscard]] bool saw_plaintext() const { return saw_plaintext_; }
  [[nodiscard]] std::size_t requests() const { return requests_; }

 private:
  struct GivenCharter {
    Bytes bytes;
    CharterNumber number = 0;
    Millis arrived;
  };
  void open_mailbox();
  [[nodiscard]] Result<PullAnswer> honest_pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker);
  void twist(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker, PullAnswer& answer);
  /// Only what had arrived by then, in a vector that fits it but for the asker's own line.
  void hold_back_since(const ScopeId& scope, Millis moment, const PullQuestion& question, DeviceNumber asker, PullAnswer& answer) const;
  [[nodiscard]] Bytes forged_charter(const ScopeId& scope) const;
  void look_at(ByteView request);
  [[nodiscard]] relay::ScopeName name(const ScopeId& scope) const { return {organisation_, scope}; }

  OrganisationId organisation_;
  crypto::SigningPublicKey root_;
  const Millis& now_;
  std::unique_ptr<relay::Charters> charters_;
  std::unique_ptr<relay::Mailbox> mailbox_;
  std::map<ScopeId, std::vector<Kept>> kept_;
  std::map<ScopeId, std::vector<GivenCharter>> given_charters_;
  std::map<ScopeId, std::vector<Bytes>> handed_out_;
  std::set<DeviceNumber> forked_;
  std::vector<Bytes> words_;
  bool saw_plaintext_ = false;
  bool forgot_ = false;
  std::size_t requests_ = 0;
  Hostility hostility_ = Hostility::none;
  DeviceNumber victim_ = 0;
  Millis turned_{};
  SeededRandom random_{1};
};

}  // namespace huisbord::sim
