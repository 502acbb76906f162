// SPDX-License-Identifier: GPL-3.0-or-later
// What synchronising needs of a store: an interface, so that core/sync knows no store and is tested with a log in memory.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/clock.h"
#include "core/journal/envelope/charter.h"

namespace huisbord {

/// One line of a version vector.
struct Head {
  DeviceNumber device = 0;
  OperationNumber number = 0;  ///< the last held
  HeaderHash header_hash{};
  auto operator<=>(const Head&) const = default;
};

/// Whether the relay has said in this pull that it has no more.
enum class PullSoFar : std::uint8_t { something, everything };

/// How a device stands in a scope: its number there and its own identifier. The key pair is the log's and lives as long as it.
struct ScopeIdentity {
  DeviceNumber device = 0;
  DeviceId id;
  const crypto::SigningKeyPair* request_key = nullptr;
};

/// A segment that was not taken. charter, epoch: come again after the next charter; chain: a gap or a fork; the others are the sender's
/// fault.
struct RefusedSegment {
  DeviceNumber device = 0;  ///< 0 when the header did not parse
  OperationNumber first = 0;
  Error error;
};
struct TakeReport {
  std::size_t segments = 0;     ///< taken now
  std::size_t operations = 0;   ///< in them
  std::size_t held = 0;         ///< segments that were here before
  std::size_t waiting = 0;      ///< stamped too far ahead: kept aside
  std::size_t quarantined = 0;  ///< past a cut or off the chain
  std::vector<RefusedSegment> refused;
};

class WitnessLog;  // witness_log.h

/// Safe from any thread. Every call returns after its effect is on the disk.
class Log {
 public:
  virtual ~Log() = default;

  [[nodiscard]] virtual OrganisationId organisation() const = 0;
  [[nodiscard]] virtual std::vector<ScopeId> scopes() const = 0;
  /// not_found for a scope that is not held.
  [[nodiscard]] virtual Result<ScopeIdentity> identity(const ScopeId& scope) const = 0;

  /// 0 when there is none yet.
  [[nodiscard]] virtual CharterNumber charter_number(const ScopeId& scope) const = 0;
  /// The bytes of the charter held, for a desk that puts them to the relay.
  [[nodiscard]] virtual Result<std::optional<Bytes>> charter(const ScopeId& scope) const = 0;
  /// The one held again is fine; a lower one is refused, another one of the same number is kept as evidence and refused.
  [[nodiscard]] virtual Status take_charter(ByteView charter) = 0;

  [[nodiscard]] virtual Result<std::vector<Head>> heads(const ScopeId& scope) const = 0;
  /// The oldest own segments without a receipt, in the order of their chain; seals waiting operations when there are none. At most \p most,
  /// and so many bytes together or a single one. The same bytes until acknowledged.
  [[nodiscard]] virtual Result<std::vector<Bytes>> segments_to_send(const ScopeId& scope, std::size_t most, std::size_t most_bytes) = 0;
  /// The first of them.
  [[nodiscard]] Result<std::optional<Bytes>> next_segment_to_send(const ScopeId& scope) {
    TRY_ASSIGN(std::vector<Bytes> segments, segments_to_send(scope, 1, 0));
    return segments.empty() ? std::nullopt : std::optional(std::move(segments.front()));
  }
  /// A receipt came for the segment that ends there and all before it. chain when the hash is not that of the segment that ends there.
  [[nodiscard]] virtual Status acknowledged(const ScopeId& scope, DeviceNumber device, OperationNumber last, const HeaderHash& header) = 0;
  /// Fails only when the store does; what is wrong with single segments stands in the report.
  [[nodiscard]] virtual Result<TakeReport> take_segments(const ScopeId& scope, std::span<const Bytes> segments) = 0;

  /// Whole segments of a device that count here, from the one that begins with \p first on, one after another; own ones as far as they have
  /// a receipt. A few at a time, none when that one is not here: for a relay that lost its memory.
  [[nodiscard]] virtual Result<std::vector<Bytes>> segments_from(const ScopeId&, DeviceNumber, OperationNumber) const {
    return std::vector<Bytes>{};
  }

  /// The snapshot that the charter held names, when this replica should start from it (FORMAT.md 12).
  [[nodiscard]] virtual std::optional<crypto::Hash> wanted_snapshot(const ScopeId&, PullSoFar) const { return std::nullopt; }
  /// The whole of it, as it was fetched.
  [[nodiscard]] virtual Status load_snapshot(const ScopeId&, ByteView) {
    return fail(ErrorCode::forbidden, "This log starts from no snapshot.");
  }

  /// What watching needs; nullptr for a log without it. Lives as long as the log.
  [[nodiscard]] virtual WitnessLog* witness_log() { return nullptr; }
  /// After a complete pull: what the relay says it holds of this device. A claim, so it closes what was sent (as a receipt does) when it is
  /// exactly that, and nothing else follows from it.
  [[nodiscard]] virtual Status relay_holds_own(const ScopeId&, const Head&) { return {}; }
  /// Header and signature (220 bytes) of a segment that somebody says this device signed. Verified and not held here, it says that a copy
  /// of this log goes on elsewhere: this one seals nothing more as that device.
  [[nodiscard]] virtual Status saw_own_evidence(const ScopeId&, ByteView) { return {}; }

  /// Own operations without a receipt, over all scopes.
  [[nodiscard]] virtual std::size_t waiting_count() const = 0;
  /// The Date of an answer that is a relay's, before anything else of it is taken: it can make the log doubt its clock, and nothing else.
  virtual void saw_relay_date(Millis) {}
  /// When the relay last answered as a relay, by the system clock.
  virtual Status set_last_contact(Millis when) = 0;
};

}  // namespace huisbord
