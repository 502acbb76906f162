// SPDX-License-Identifier: GPL-3.0-or-later
// Time as values that are handed in: instants, local days and weeks; and the clock as a parameter.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace huisbord {

/// Milliseconds since 1970-01-01T00:00Z.
struct Millis {
  std::int64_t value = 0;
  auto operator<=>(const Millis&) const = default;
};

/// A calendar day of the house (Europe/Amsterdam): days since 1970-01-01.
struct Day {
  std::int32_t value = 0;
  auto operator<=>(const Day&) const = default;
  friend Day operator+(Day day, int days) { return {day.value + days}; }
  friend Day operator-(Day day, int days) { return {day.value - days}; }
  friend int operator-(Day a, Day b) { return a.value - b.value; }
  [[nodiscard]] std::chrono::year_month_day ymd() const { return std::chrono::sys_days{std::chrono::days{value}}; }
  [[nodiscard]] static Day from(std::chrono::year_month_day date) {
    return {static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
  }
};

/// ISO weeks since the one that began on Monday 1970-01-05, which is week 0.
struct Week {
  std::int32_t value = 0;
  auto operator<=>(const Week&) const = default;
  [[nodiscard]] Day monday() const { return {value * 7 + 4}; }
};
[[nodiscard]] constexpr Week week_of(Day day) {
  const std::int32_t since_monday = day.value - 4;
  return {since_monday >= 0 ? since_monday / 7 : -((6 - since_monday) / 7)};
}
/// 0 is Monday, 6 is Sunday.
[[nodiscard]] constexpr int weekday_of(Day day) { return ((day.value + 3) % 7 + 7) % 7; }

/// Minutes after midnight of the house's wall clock, 0 to 1439.
struct MinuteOfDay {
  std::int32_t value = 0;
  auto operator<=>(const MinuteOfDay&) const = default;
};

/// Where the time comes from; tests hand in their own.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Millis now() const = 0;      ///< the system's wall clock, trusted by nobody
  [[nodiscard]] virtual Millis running() const = 0;  ///< monotonic, from an arbitrary start
};

/// The machine's own clock.
[[nodiscard]] const Clock& system_clock();

}  // namespace huisbord
