// SPDX-License-Identifier: GPL-3.0-or-later
// Which six digits are proposed, and how wrong tries slow down.
#include "core/crypto/pin.h"

#include <algorithm>

namespace huisbord::crypto {
namespace {

using Digits = std::array<int, pin_digits>;

bool is_date(int day, int month) { return day >= 1 && day <= 31 && month >= 1 && month <= 12; }

bool holds_date(const Digits& d) {
  const int first = d[0] * 10 + d[1];
  const int middle = d[2] * 10 + d[3];
  const int last = d[4] * 10 + d[5];
  if (is_date(first, middle) || is_date(middle, first) || is_date(last, middle)) return true;
  for (std::size_t i = 0; i + 4 <= d.size(); ++i) {
    const int century = d[i] * 10 + d[i + 1];
    if (century == 19 || century == 20) return true;
  }
  return false;
}

bool has_pattern(const Digits& d) {
  std::array<bool, 10> seen{};
  for (const int digit : d) seen.at(static_cast<std::size_t>(digit)) = true;
  if (std::ranges::count(seen, true) < 4) return true;
  std::array<int, pin_digits - 1> step{};
  for (std::size_t i = 0; i < step.size(); ++i) step.at(i) = (d.at(i + 1) - d.at(i) + 10) % 10;
  if (std::ranges::count(step, step[0]) == std::ssize(step)) return true;
  const auto run = [&](std::size_t from, std::size_t steps) {
    return (step.at(from) == 1 || step.at(from) == 9) &&
           std::all_of(step.begin() + static_cast<std::ptrdiff_t>(from), step.begin() + static_cast<std::ptrdiff_t>(from + steps),
                       [&](int one) { return one == step.at(from); });
  };
  if (run(0, 2) && run(3, 2)) return true;
  for (std::size_t i = 0; i + 3 <= step.size(); ++i) {
    if (run(i, 3)) return true;
  }
  for (std::size_t i = 0; i + 2 <= step.size(); ++i) {
    if (step.at(i) == 0 && step.at(i + 1) == 0) return true;
  }
  return false;
}

}  // namespace

bool pin_is_too_simple(ByteView digits) {
  if (digits.size() != pin_digits) return true;
  Digits d{};
  for (std::size_t i = 0; i < pin_digits; ++i) {
    if (digits[i] < '0' || digits[i] > '9') return true;
    d.at(i) = digits[i] - '0';
  }
  return has_pattern(d) || holds_date(d);
}

SecretBytes propose_pin(Random& random) {
  SecretBytes pin = SecretBytes::of_size(pin_digits);
  do {
    for (std::uint8_t& digit : pin.mutable_view()) digit = static_cast<std::uint8_t>('0' + random.below(10));
  } while (pin_is_too_simple(pin.view()));
  return pin;
}

Millis delay_after(unsigned wrong_tries) {
  constexpr unsigned free_tries = 3;
  constexpr std::int64_t first = 15'000;
  constexpr std::int64_t longest = 15 * 60'000;
  if (wrong_tries <= free_tries) return {0};
  const unsigned doublings = std::min(wrong_tries - free_tries - 1, 6u);
  return {std::min(first << doublings, longest)};
}

}  // namespace huisbord::crypto
