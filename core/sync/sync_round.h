// SPDX-License-Identifier: GPL-3.0-or-later
// One tick: each scope pushes what waits, then pulls what it lacks; or less of it, when the relay watches for news.
#pragma once

#include <map>

#include "core/sync/puller.h"
#include "core/sync/pusher.h"
#include "core/sync/watch.h"

namespace huisbord {

struct ScopeReport {
  ScopeId scope;
  PushReport pushed;
  PullReport pulled;
  bool witnessed = false;  ///< said in our own chain what we have; it leaves with the next round
};
struct RoundReport {
  Millis at;                     ///< by the system clock, when it ended
  std::optional<Error> failure;  ///< why the round ended early: network, unavailable (stopped), or the store's
  std::vector<ScopeReport> scopes;
  std::size_t waiting = 0;  ///< own operations without a receipt
  std::optional<RelayDate> date;
  std::chrono::seconds retry_after{0};  ///< asked for by a busy relay

  /// A relay answered every question, though perhaps with a refusal.
  [[nodiscard]] bool reached() const { return !failure; }
  /// Nothing was refused either.
  [[nodiscard]] bool clean() const;
  [[nodiscard]] std::size_t segments_pushed() const;
  [[nodiscard]] std::size_t operations_pulled() const;
  [[nodiscard]] bool witnessed() const;
};

/// How much of a round: with `everything` the others say nothing.
struct RoundExtent {
  bool everything = true;
  bool push = false;            ///< what waits here
  std::vector<ScopeId> pull{};  ///< these scopes
};

/// A scope whose push was refused is pulled each time and pushed again only after a while (longer each time), or under a newer charter:
/// a full quota or a forked device must not send the same segment every tick.
class SyncRound {
 public:
  SyncRound(Log& log, RelayConnection& relay, const Clock& clock)
      : log_(log), relay_(relay), clock_(clock), pusher_(log, relay, clock), puller_(log, relay, clock) {}

  /// Never throws; each step is durable by itself, so it may end anywhere.
  [[nodiscard]] RoundReport run(const std::stop_token& stop, const RoundExtent& extent = {}) noexcept;
  /// How far each scope was seen at the relay; nothing to wait by while one was not.
  [[nodiscard]] WaitQuestion seen() const;

 private:
  struct Hold {
    RelayRefusal refusal;
    CharterNumber charter = 0;
    Millis wait;
    Millis until;  ///< running time
  };
  [[nodiscard]] Status all_scopes(const std::stop_token& stop, const RoundExtent& extent, RoundReport& report);
  [[nodiscard]] Status one_scope(const std::stop_token& stop, bool push, bool pull, ScopeReport& report);
  [[nodiscard]] Status push(const ScopeId& scope, const std::stop_token& stop, PushReport& report);
  /// PROTOCOL.md 10: judges once an hour by what was read before, and writes the day's witness.
  [[nodiscard]] Status watch(const ScopeId& scope, ScopeReport& part);

  struct Read {
    std::vector<HeldWitness> witnesses;  ///< as they were after the pull that was last judged
    Millis judged;                       ///< running time
  };
  Log& log_;
  RelayConnection& relay_;
  const Clock& clock_;
  Pusher pusher_;
  Puller puller_;
  std::map<ScopeId, Hold> held_;
  std::map<ScopeId, Read> read_;
  std::map<ScopeId, Millis> heard_;  ///< when a pull came before a push; later when the last one was
  std::map<ScopeId, Bytes> marks_;
};

}  // namespace huisbord
