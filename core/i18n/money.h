// SPDX-License-Identifier: GPL-3.0-or-later
// Amounts as bank notes and letters write them: "€ 38,50" in every language, from left to right, never over two lines.
#pragma once

#include <string>

#include "core/base/money.h"

namespace huisbord::i18n {

/// "€ 38,50"; below zero "− € 12,00". Its spaces do not break and it is isolated left to right (direction.h).
[[nodiscard]] std::string amount(Cents cents);
/// A line of the ledger: "+ € 58,50", "− € 12,00"; zero has no sign.
[[nodiscard]] std::string signed_amount(Cents cents);

}  // namespace huisbord::i18n
