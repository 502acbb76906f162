// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay counts for its watchmen: numbers of things, never whose.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace huisbord::relay {

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4";

/// Safe from any thread.
struct Metrics {
  using Count = std::atomic<std::uint64_t>;
  Count connections = 0;  ///< open now
  Count waiting = 0;      ///< of them, in a long wait
  Count turned_away = 0;
  Count handshakes_failed = 0;
  Count bytes_in = 0;
  Count bytes_out = 0;
  Count segments_kept = 0;
  Count charters_kept = 0;
  Count transactions = 0;
  Count mailbox_failures = 0;

  void answered(unsigned status);
  /// As Prometheus reads it (its text format 0.0.4).
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::array<unsigned, 12> statuses{200, 400, 401, 403, 404, 409, 413, 422, 429, 503, 507, 0};
  std::array<Count, statuses.size()> answers_{};
};

}  // namespace huisbord::relay
