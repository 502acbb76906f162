// SPDX-License-Identifier: GPL-3.0-or-later
// Amounts: sign, euro, groups of three, comma, two digits.
#include "core/i18n/money.h"

#include "core/i18n/direction.h"

namespace huisbord::i18n {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00a0";
constexpr std::string_view kMinus = "\u2212";

std::string written(Cents cents, bool with_plus) {
  const bool negative = cents.value < 0;
  // Through unsigned, so that the lowest value has an opposite too.
  const auto size = negative ? 0 - static_cast<std::uint64_t>(cents.value) : static_cast<std::uint64_t>(cents.value);
  std::string euros = std::to_string(size / 100);
  for (std::size_t at = euros.size(); at > 3;) euros.insert(at -= 3, 1, '.');
  const std::string rest = std::to_string(size % 100);

  std::string text;
  if (negative) text.append(kMinus).append(kNoBreakSpace);
  if (!negative && with_plus && size != 0) text.append("+").append(kNoBreakSpace);
  text.append("€").append(kNoBreakSpace).append(euros).append(rest.size() == 1 ? ",0" : ",").append(rest);
  return isolate_left_to_right(text);
}

}  // namespace

std::string amount(Cents cents) { return written(cents, false); }

std::string signed_amount(Cents cents) { return written(cents, true); }

}  // namespace huisbord::i18n
