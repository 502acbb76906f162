// SPDX-License-Identifier: GPL-3.0-or-later
// When to try next: on a fixed tick while it works, ever later while it does not, never all kiosks at the same moment.
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"

namespace huisbord {

/// Invariant: never sooner than nine tenths of a tick after the last try, so that neither a tap nor a crowd shows in when we call.
class Backoff {
 public:
  struct Settings {
    Millis tick{30'000};
    Millis longest{15 * 60'000};
  };
  /// The first try is due at once.
  Backoff(Settings settings, Random& random, const Clock& clock);

  /// A tick from now, a tenth more or less.
  void succeeded();
  /// Twice as long as after the failure before, drawn from its upper half, at most `longest`; but not before \p at_least, which a relay
  /// asked for.
  void failed(Millis at_least = {});
  /// Somebody waits, or a network came: gives up a long wait, and keeps the tick.
  void hurry();

  /// In the clock's running time.
  [[nodiscard]] Millis due() const { return due_; }
  [[nodiscard]] Millis wait() const;

 private:
  [[nodiscard]] Millis around_tick();

  Settings settings_;
  Random& random_;
  const Clock& clock_;
  int failures_ = 0;
  Millis due_;
  Millis hurried_due_;  ///< what due() becomes by hurry()
};

}  // namespace huisbord
