// SPDX-License-Identifier: GPL-3.0-or-later
// Which time to believe on a machine that may have lost its clock (FORMAT.md 4.2).
#pragma once

#include <optional>

#include "core/base/clock.h"
#include "core/journal/hybrid_clock.h"

namespace huisbord {

/// The system clock while it is neither behind the last stamp nor the last signed desk time and agrees with the relay's Date within 24 h;
/// else the desk's time (or the last stamp's, when no desk was heard yet) plus running time since. Behind a stamp means by more than the 24
/// h that a stamp may lie ahead (waits): else one neighbour's fast clock would take the right time from every replica that reads it. Pure:
/// every time comes in, in milliseconds; `running` is the monotonic clock of this process, so what is known from before counts from
/// `started`.
class TrustedTime {
 public:
  enum class Source : std::uint8_t { system, desk, stamp };
  struct Reading {
    Millis now;
    Source source = Source::system;
  };

  /// \p last_stamp and \p last_desk as the store kept them (0 and nothing in a new one).
  TrustedTime(Stamp last_stamp, std::optional<Millis> last_desk, Millis started_running);

  void saw_stamp(Stamp stamp, Millis running);
  /// Signed by a desk: a witness's or a charter's. An older one than held changes nothing.
  void saw_desk(Millis desk, Millis running);
  /// From a reply of the relay; it can make us doubt the system clock and do nothing else.
  void saw_relay_date(Millis date, Millis running);

  /// What sure() gave before this process, as the store kept it.
  void saw_sure(Millis time, Millis running);

  [[nodiscard]] Reading read(Millis system, Millis running) const;
  /// For what cannot be taken back, as letting records go: the latest time that is proven, by what a desk signed and what ran since, or by
  /// this machine's clock and the relay's, which agree. Never past read(); behind it on a machine that was off and hears nobody.
  [[nodiscard]] Millis sure(Millis system, Millis running) const;
  [[nodiscard]] std::optional<Millis> last_desk() const;

 private:
  struct Seen {
    Millis time;
    Millis running;
  };
  Stamp last_stamp_;
  Millis stamp_running_;
  std::optional<Seen> desk_;
  std::optional<Seen> relay_;
  std::optional<Seen> sure_;
};

}  // namespace huisbord
