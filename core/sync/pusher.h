// SPDX-License-Identifier: GPL-3.0-or-later
// Sends what waits, and believes nothing but receipts that name the segments' own hashes.
#pragma once

#include "core/sync/pace.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

struct PushReport {
  std::size_t segments = 0;
  std::size_t operations = 0;
  Bytes mark_before{};                  ///< of the scope at the relay, before the first segment,
  Bytes mark{};                         ///< and after the last; empty when others' came between
  std::optional<RelayRefusal> refusal;  ///< of the first segment that was not taken; it and what follows wait here
};

class Pusher {
 public:
  Pusher(Log& log, RelayConnection& relay, const Clock& clock) : log_(log), relay_(relay), clock_(clock) {}

  /// Until nothing waits, the relay refuses or \p stop. An error is the network's or the log's; what was acknowledged before it stays so
  /// and stands in \p report.
  [[nodiscard]] Status push(const ScopeId& scope, const std::stop_token& stop, PushReport& report);

 private:
  [[nodiscard]] Status acknowledge(const ScopeId& scope, const std::vector<Bytes>& segments, const PushAnswer& answer, PushReport& report);

  Log& log_;
  RelayConnection& relay_;
  const Clock& clock_;
  Pace pace_;
};

}  // namespace huisbord
