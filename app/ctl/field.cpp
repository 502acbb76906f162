// SPDX-License-Identifier: GPL-3.0-or-later
// Days, money, symbols and languages out of text, and back.
#include "app/ctl/field.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace huisbord {
namespace {

constexpr std::int64_t max_euros = 100000;

constexpr std::array<std::pair<Symbol, std::array<std::string_view, 2>>, symbol_count> symbols{{
    {Symbol::boat, {"boot", "boat"}},
    {Symbol::flower, {"bloem", "flower"}},
    {Symbol::umbrella, {"paraplu", "umbrella"}},
    {Symbol::rabbit, {"konijn", "rabbit"}},
    {Symbol::star, {"ster", "star"}},
    {Symbol::paw, {"poot", "paw"}},
    {Symbol::tree, {"boom", "tree"}},
    {Symbol::piano, {"piano", "piano"}},
    {Symbol::lightning, {"bliksem", "lightning"}},
    {Symbol::sun, {"zon", "sun"}},
    {Symbol::anchor, {"anker", "anchor"}},
    {Symbol::heart, {"hart", "heart"}},
    {Symbol::bicycle, {"fiets", "bicycle"}},
    {Symbol::mountain, {"berg", "mountain"}},
    {Symbol::bird, {"vogel", "bird"}},
    {Symbol::drum, {"trommel", "drum"}},
    {Symbol::moon, {"maan", "moon"}},
    {Symbol::leaf, {"blad", "leaf"}},
    {Symbol::fish, {"vis", "fish"}},
    {Symbol::wave, {"golf", "wave"}},
    {Symbol::key, {"sleutel", "key"}},
    {Symbol::cup, {"kop", "cup"}},
    {Symbol::camera, {"camera", "camera"}},
    {Symbol::scissors, {"schaar", "scissors"}},
    {Symbol::football, {"voetbal", "football"}},
    {Symbol::book, {"boek", "book"}},
    {Symbol::house, {"huis", "house"}},
    {Symbol::bell, {"bel", "bell"}},
    {Symbol::cloud, {"wolk", "cloud"}},
    {Symbol::guitar, {"gitaar", "guitar"}},
    {Symbol::kite, {"vlieger", "kite"}},
}};

/// A sign that is drawn otherwise by now; lists of before keep importing.
constexpr std::array<std::pair<Symbol, std::array<std::string_view, 2>>, 1> former_symbols{{{Symbol::wave, {"schelp", "shell"}}}};

constexpr std::array<std::pair<Pastel, std::array<std::string_view, 2>>, 8> pastels{{
    {Pastel::peach, {"perzik", "peach"}},
    {Pastel::straw, {"stro", "straw"}},
    {Pastel::leaf, {"blad", "leaf"}},
    {Pastel::mint, {"munt", "mint"}},
    {Pastel::sky, {"lucht", "sky"}},
    {Pastel::lilac, {"lila", "lilac"}},
    {Pastel::rose, {"roze", "rose"}},
    {Pastel::clay, {"klei", "clay"}},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> language_names{{
    {"nederlands", "nl"},
    {"engels", "en"},
    {"tigrinya", "ti"},
    {"tigrigna", "ti"},
    {"arabisch", "ar"},
    {"farsi", "fa"},
    {"dari", "fa"},
    {"frans", "fr"},
    {"amhaars", "am"},
    {"somalisch", "so"},
    {"somali", "so"},
    {"spaans", "es"},
    {"portugees", "pt"},
}};

template <class Table>
auto find_named(const Table& table, std::string_view text) {
  const std::string word = plain_word(text);
  return std::ranges::find_if(table, [&](const auto& entry) { return std::ranges::find(entry.second, word) != entry.second.end(); });
}

template <class Table>
std::string all_names(const Table& table) {
  std::string names;
  for (const auto& [value, words] : table) names += (names.empty() ? "" : ", ") + std::string(words[0]);
  return names;
}

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// "1.234.567" without its separators, when every group but the first has three digits.
std::optional<std::string> whole_euros(std::string_view text, char group) {
  const auto groups = split(text, std::string_view(&group, 1));
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool right_length = groups.size() == 1 ? !groups[i].empty()
                              : i == 0           ? !groups[i].empty() && groups[i].size() <= 3
                                                 : groups[i].size() == 3;
    if (!right_length || !std::ranges::all_of(groups[i], [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    digits += groups[i];
  }
  return digits;
}

void remove_all(std::string& text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
}

}  // namespace

std::string plain_word(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::string word(text);
  std::ranges::transform(word, word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return word;
}

Field<Day> parse_day(std::string_view text) {
  static const std::string advice = "is no date; write day-month-year, as 09-07-2026";
  if (const std::size_t blank = text.find(' '); blank != std::string_view::npos) {
    const std::string_view time = text.substr(blank + 1);
    if (time != "00:00" && time != "00:00:00" && time != "0:00" && time != "0:00:00") return std::unexpected(advice);
    text = text.substr(0, blank);
  }
  const auto parts = split(text, "-/.");
  if (parts.size() != 3) return std::unexpected(advice);
  const bool iso = parts[0].size() == 4;
  const auto year = number(parts[iso ? 0 : 2]);
  const auto month = number(parts[1]);
  const auto day = number(parts[iso ? 2 : 0]);
  if (!year || !month || !day || parts[iso ? 0 : 2].size() != 4 || parts[1].size() > 2 || parts[iso ? 2 : 0].size() > 2) {
    return std::unexpected(advice);
  }
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::unexpected("is a day that does not exist; write day-month-year, as 09-07-2026");
  if (*year < 1990 || *year > 2100) return std::unexpected("lies outside of the years 1990 to 2100");
  return Day::from(date);
}

Field<Cents> parse_cents(std::string_view text) {
  std::string rest(text);
  for (const std::string_view part : {"€", "EUR", " ", "\u00a0", "\u202f"}) remove_all(rest, part);
  bool negative = false;
  for (const std::string_view minus : {"-", "−", "–"}) {
    if (rest.starts_with(minus)) {
      negative = true;
      rest.erase(0, minus.size());
      break;
    }
  }
  if (!negative && rest.starts_with('+')) rest.erase(0, 1);
  const std::size_t comma = rest.rfind(',');
  const std::size_t point = rest.rfind('.');
  const std::size_t last = rest.find_last_of(",.");
  std::string_view whole = rest;
  std::string_view part;
  char group = '.';
  if (last != std::string::npos && rest.size() - last - 1 <= 2) {
    part = std::string_view(rest).substr(last + 1);
    whole = std::string_view(rest).substr(0, last);
    group = rest[last] == ',' ? '.' : ',';
  } else if (last != std::string::npos && rest.find_first_of(",.") == last) {
    return std::unexpected("may be a thousand or one and a bit; write 1234,00 or 1,23");
  } else if (comma != std::string::npos && point != std::string::npos) {
    return std::unexpected("is no amount; write euros and cents, as 7,50");
  } else if (comma != std::string::npos) {
    group = ',';
  }
  const auto digits = whole_euros(whole, group);
  if (!digits || digits->size() > 9 || (last != std::string::npos && part.empty() && rest.size() - last - 1 <= 2)) {
    return std::unexpected("is no amount; write euros and cents, as 7,50");
  }
  const auto euros = number(*digits);
  const auto cents = part.empty() ? std::optional(0u) : number(part);
  if (!euros || !cents) return std::unexpected("is no amount; write euros and cents, as 7,50");
  if (*euros > max_euros) return std::unexpected("is more than " + std::to_string(max_euros) + " euros");
  const std::int64_t amount = std::int64_t{*euros} * 100 + *cents * (part.size() == 1 ? 10 : 1);
  return Cents{negative ? -amount : amount};
}

Field<Symbol> parse_symbol(std::string_view text) {
  if (const auto former = find_named(former_symbols, text); former != former_symbols.end()) return former->first;
  const auto found = find_named(symbols, text);
  if (found == symbols.end()) return std::unexpected("is no symbol; there are: " + all_names(symbols));
  return found->first;
}

Field<Pastel> parse_pastel(std::string_view text) {
  const auto found = find_named(pastels, text);
  if (found == pastels.end()) return std::unexpected("is no colour; there are: " + all_names(pastels));
  if (found->first == Pastel::clay) return std::unexpected("is the colour of staff; choose another");
  return found->first;
}

Field<std::string> parse_language(std::string_view text) {
  const std::string word = plain_word(text);
  const auto named = std::ranges::find(language_names, word, [](const auto& entry) { return entry.first; });
  if (named != language_names.end()) return std::string(named->second);
  if (word.size() == 2 && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) return word;
  return std::unexpected("is no language; write its code of two letters, as ti, ar, en");
}

std::string_view dutch_name(Symbol symbol) {
  const auto found = std::ranges::find(symbols, symbol, [](const auto& entry) { return entry.first; });
  return found == symbols.end() ? "" : found->second[0];
}

std::string_view dutch_name(Pastel pastel) {
  const auto found = std::ranges::find(pastels, pastel, [](const auto& entry) { return entry.first; });
  return found == pastels.end() ? "" : found->second[0];
}

namespace {

std::string digits(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

std::string iso_day(Day day) {
  const auto date = day.ymd();
  return digits(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" + digits(static_cast<unsigned>(date.month()), 2) + "-" +
         digits(static_cast<unsigned>(date.day()), 2);
}

std::string clock_time(MinuteOfDay minute) {
  return digits(static_cast<unsigned>(minute.value / 60), 2) + ":" + digits(static_cast<unsigned>(minute.value % 60), 2);
}

std::string decimal(Cents amount) {
  const std::int64_t size = amount.value < 0 ? -amount.value : amount.value;
  return (amount.value < 0 ? "-" : "") + std::to_string(size / 100) + "," + digits(static_cast<unsigned>(size % 100), 2);
}

}  // namespace huisbord
