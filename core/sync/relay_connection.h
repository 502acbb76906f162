// SPDX-License-Identifier: GPL-3.0-or-later
// What a replica can ask of a relay: an interface, so that synchronising is tested without a network.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/journal/log.h"

namespace huisbord {

/// A relay understood and said no (PROTOCOL.md 5).
struct RelayRefusal {
  enum class Reason : std::uint8_t {
    unknown,  ///< one of a later release
    malformed,
    too_large,
    no_such_scope,
    no_such_device,
    device_not_active,
    bad_segment,
    bad_signature,
    gap,
    forked,
    bad_charter,
    old_charter,
    two_charters,
    quota,
    busy,
    no_room,
    charter_first,
    stale_signature,
    not_signed,
    only_a_desk,
    no_such_snapshot,
  } reason = Reason::unknown;
  std::optional<Head> held;   ///< of the refused device, at the relay
  CharterNumber charter = 0;  ///< that the relay holds
  std::chrono::seconds retry_after{0};
};
/// As it stands in PROTOCOL.md, for a log.
[[nodiscard]] const char* name(RelayRefusal::Reason reason) noexcept;

struct PushAnswer {
  std::vector<Head> receipts;  ///< for the first segments, in the order in which they were put
  Bytes mark_before{};         ///< the scope's mark (WaitQuestion) before this push,
  Bytes mark{};                ///< and after it
  std::optional<RelayRefusal> refusal;
};
struct CharterAnswer {
  CharterNumber number = 0;
  crypto::Hash hash{};
  std::optional<RelayRefusal> refusal;
};
struct PullQuestion {
  CharterNumber charter = 0;  ///< held
  std::vector<Head> heads;
  std::size_t max_bytes = 0;
};
/// What the relay says of a device that forked; to be verified with is_fork() before it is believed.
struct ForkReport {
  DeviceNumber device = 0;
  Bytes first;
  Bytes second;
};
struct PullAnswer {
  std::vector<Bytes> charters;
  std::vector<Bytes> segments;
  bool more = false;
  CharterNumber charter = 0;       ///< that the relay holds
  std::vector<Head> heads;         ///< the relay's own vector, and
  std::vector<ForkReport> forks;   ///< its evidence, both when there is no more
  Bytes mark{};                    ///< for WaitQuestion, when there is no more
  std::vector<Head> floors{};      ///< devices of which the relay let go what ends before this number (no hash)
  std::vector<Bytes> handed_in{};  ///< to a desk: segments past their device's cut, never to be taken as they are
  std::optional<RelayRefusal> refusal;
};

/// How far a scope was seen, in the relay's own word for it.
struct ScopeMark {
  ScopeId scope;
  Bytes mark;
};
struct WaitQuestion {
  std::vector<ScopeMark> marks;
};
/// A wait that ended: with scopes that have another mark by now, or because its time was over.
struct WaitAnswer {
  std::vector<ScopeId> news{};
  std::optional<RelayRefusal> refusal{};
};
struct SnapshotPieceAnswer {
  Bytes bytes{};
  std::optional<RelayRefusal> refusal{};
};

/// The relay's Date, of its last answer that was a relay's: for TrustedTime::saw_relay_date.
struct RelayDate {
  Millis date;
  Millis running;  ///< our monotonic clock when it came
};

/// For one thread. network: no connection, or whatever answers is no relay; unavailable: stopped.
class RelayConnection {
 public:
  virtual ~RelayConnection() = default;
  /// At most wire's 64 segments.
  [[nodiscard]] virtual Result<PushAnswer> push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) = 0;
  [[nodiscard]] virtual Result<CharterAnswer> put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) = 0;
  [[nodiscard]] virtual Result<PullAnswer> pull(const ScopeId& scope, const PullQuestion& question, const std::stop_token& stop) = 0;
  [[nodiscard]] virtual Result<std::optional<RelayRefusal>> put_snapshot_piece(const ScopeId& scope, const crypto::Hash& hash,
                                                                               std::uint32_t piece, ByteView bytes,
                                                                               const std::stop_token& stop);
  [[nodiscard]] virtual Result<SnapshotPieceAnswer> snapshot_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                                   const std::stop_token& stop);
  /// Whether wait() may be called.
  [[nodiscard]] virtual bool can_wait() const { return false; }
  /// Gives up a wait that has not ended.
  virtual void end_wait() {}
  /// Until the relay has news of one of the scopes, for at most \p most: then nothing, and the next call goes on with the same wait,
  /// whatever it asks. Other calls may come between. One wait at a time.
  [[nodiscard]] virtual Result<std::optional<WaitAnswer>> wait(const WaitQuestion& question, Millis most, const std::stop_token& stop);
  [[nodiscard]] virtual std::optional<RelayDate> date() const = 0;
};

}  // namespace huisbord
