// SPDX-License-Identifier: GPL-3.0-or-later
// What a desk does at its relay beside the rounds: snapshots are put there, and what it did with shares is fetched.
#pragma once

#include <map>
#include <stop_token>

#include "app/ctl/desk.h"
#include "core/sync/relay_connection.h"
#include "core/unlock/relay_share.h"

namespace huisbord {

/// Runs where the rounds run, after one that reached the relay. What it is given must outlive it.
class DeskErrands {
 public:
  DeskErrands(Desk& desk, RelayConnection& relay, RelayAtUrl shares) : desk_(desk), relay_(relay), shares_(std::move(shares)) {}

  /// Whatever is due, to its end.
  [[nodiscard]] Status run_all();
  /// At most one snapshot and one question a scope; after a failure, which is told on stderr, not again for ten minutes, and shares are
  /// asked about every five. Whether the relay still has a snapshot is asked once an hour.
  void run_some(const std::stop_token& stop);

 private:
  /// True when one was put. refused: the relay's word.
  [[nodiscard]] Result<bool> put_snapshot_of(const ScopeId& scope, const std::stop_token& stop);
  [[nodiscard]] Status fetch_shares(const std::stop_token& stop);
  [[nodiscard]] Result<bool> put_one_snapshot(const std::stop_token& stop);

  struct Asked {
    crypto::Hash hash{};
    Millis again;
  };

  Desk& desk_;
  RelayConnection& relay_;
  RelayAtUrl shares_;
  Millis snapshots_due_;  ///< running time
  Millis shares_due_;
  std::map<ScopeId, Asked> asked_;
};

}  // namespace huisbord
