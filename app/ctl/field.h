// SPDX-License-Identifier: GPL-3.0-or-later
// Single values as people type them: days, money, symbols, languages. What cannot be meant for certain is refused, never guessed.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/money.h"
#include "core/domain/person.h"

namespace huisbord {

/// The value, or the sentence that tells what to write instead.
template <class T>
using Field = std::expected<T, std::string>;

/// 9-7-2026, 09-07-2026, 09/07/2026, 09.07.2026 or 2026-07-09, from 1990 to 2100; a time of midnight behind it is left out.
[[nodiscard]] Field<Day> parse_day(std::string_view text);
/// "-7,50", "€ 1.234,50", "1,234.50", "50"; at most 100,000 euros. "1.234" is refused: it may be a thousand or one.
[[nodiscard]] Field<Cents> parse_cents(std::string_view text);
/// The Dutch name ("fiets") or the one in the code ("bicycle").
[[nodiscard]] Field<Symbol> parse_symbol(std::string_view text);
[[nodiscard]] Field<Pastel> parse_pastel(std::string_view text);
/// A code of ISO 639-1 ("ti") or the Dutch name of one of the programme's languages ("Tigrinya").
[[nodiscard]] Field<std::string> parse_language(std::string_view text);

[[nodiscard]] std::string_view dutch_name(Symbol symbol);
[[nodiscard]] std::string_view dutch_name(Pastel pastel);
/// 2026-07-09.
[[nodiscard]] std::string iso_day(Day day);
/// 14:30.
[[nodiscard]] std::string clock_time(MinuteOfDay minute);
/// -7,50.
[[nodiscard]] std::string decimal(Cents amount);

/// ASCII lower case and no blanks around: how words are compared.
[[nodiscard]] std::string plain_word(std::string_view text);

}  // namespace huisbord
