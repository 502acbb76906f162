// SPDX-License-Identifier: GPL-3.0-or-later
// The house's clock: days and minutes of Europe/Amsterdam, whatever the machine's own time zone is.
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"

namespace date {
class time_zone;
}

namespace huisbord::i18n {

struct HouseTime {
  Day day;
  MinuteOfDay minute;
  auto operator<=>(const HouseTime&) const = default;
};

/// Copied freely; the rules live as long as the program. Reads the system's tzdata once (about 2 ms).
class HouseZone {
 public:
  /// Fails with not_found when the system has no tzdata.
  [[nodiscard]] static Result<HouseZone> open();

  [[nodiscard]] HouseTime house_time(Millis instant) const;
  [[nodiscard]] Day day(Millis instant) const { return house_time(instant).day; }
  [[nodiscard]] MinuteOfDay minute(Millis instant) const { return house_time(instant).minute; }

  /// A minute that the clock skips in spring is read with the offset before it (2:30 is 3:30); one that comes twice in autumn is the
  /// first. Both as RFC 5545 3.3.5 has it.
  [[nodiscard]] Millis instant(Day day, MinuteOfDay minute) const;
  [[nodiscard]] Millis start_of(Day day) const { return instant(day, {0}); }

 private:
  explicit HouseZone(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
};

}  // namespace huisbord::i18n
