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
  } reason = Reason::unknown;
  std::optional<Head> held;   ///< of the refused device, at the relay
  CharterNumber charter = 0;  ///< that the relay holds
  std::chrono::seconds retry_after{0};
};
/// As it stands in PROTOCOL.md, for a log.
[[nodiscard]] const char* name(RelayRefusal::Reason reason) noexcept;

struct PushAnswer {
  std::vector<Head> receipts;  ///< for the first segments, in the order in which they were put
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
  CharterNumber charter = 0;      ///< that the relay holds
  std::vector<Head> heads;        ///< the relay's own vector, and
  std::vector<ForkReport> forks;  ///< its evidence, both when there is no more
  std::optional<RelayRefusal> refusal;
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
  [[nodiscard]] virtual std::optional<RelayDate> date() const = 0;
};

}  // namespace huisbord
