// SPDX-License-Identifier: GPL-3.0-or-later
// Fetches what the version vector lacks, page by page; the vector alone says where to go on, so it resumes anywhere.
#pragma once

#include <map>

#include "core/sync/pace.h"
#include "core/sync/relay_connection.h"
#include "core/sync/watch_answers.h"

namespace huisbord {

struct PullReport {
  std::size_t charters = 0;
  std::size_t segments = 0;
  std::size_t operations = 0;
  std::size_t waiting = 0;      ///< stamped too far ahead
  std::size_t quarantined = 0;  ///< past a cut or off the chain
  std::vector<RefusedSegment> refused;
  std::optional<Error> charter_error;  ///< of a charter that was offered and not taken, or of a snapshot that does not load
  std::vector<ForkReport> forks;
  std::size_t relay_lacks = 0;  ///< devices, but our own, of which we hold more than the relay: it lost its memory, the desk refills it
  std::size_t refilled = 0;     ///< segments that it was given back
  bool complete = false;        ///< the relay said that there is no more
  Bytes mark{};                 ///< of the scope at the relay then
  SeenAtRelay seen{};           ///< what an honest relay does not do
  std::vector<Head> floors{};   ///< of these devices the relay has nothing before that number any more
  std::optional<RelayRefusal> refusal;
};

class Puller {
 public:
  Puller(Log& log, RelayConnection& relay, const Clock& clock) : log_(log), relay_(relay), clock_(clock) {}

  /// Until the relay has no more, gives nothing new, refuses, or \p stop. Errors as Pusher::push.
  [[nodiscard]] Status pull(const ScopeId& scope, const std::stop_token& stop, PullReport& report);

 private:
  [[nodiscard]] Result<bool> begin_from_snapshot(const ScopeId& scope, const std::stop_token& stop, PullReport& report);
  [[nodiscard]] Status pull_pages(const ScopeId& scope, const std::stop_token& stop, PullReport& report);
  [[nodiscard]] Result<bool> take(const ScopeId& scope, const PullAnswer& answer, const PullQuestion& question,
                                  const std::vector<Head>& held, PullReport& report);
  [[nodiscard]] Status finish(const ScopeId& scope, const PullAnswer& answer, const std::stop_token& stop, PullReport& report);

  struct Unread {
    CharterNumber charter = 0;
    Error error;
  };
  Log& log_;
  RelayConnection& relay_;
  const Clock& clock_;
  Pace pace_;
  std::map<ScopeId, Unread> unread_;   ///< snapshots that did not load: tried again under another charter
  std::vector<DeviceNumber> skipped_;  ///< for the rest of this pull: nothing of them could be taken
};

}  // namespace huisbord
