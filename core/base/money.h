// SPDX-License-Identifier: GPL-3.0-or-later
// Money in whole cents; never a fraction, never a float.
#pragma once

#include <compare>
#include <cstdint>

namespace huisbord {

struct Cents {
  std::int64_t value = 0;  ///< euro cents; positive is for the resident

  auto operator<=>(const Cents&) const = default;
  Cents& operator+=(Cents other) {
    value += other.value;
    return *this;
  }
  friend Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
  friend Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
  friend Cents operator-(Cents a) { return {-a.value}; }
};

}  // namespace huisbord
