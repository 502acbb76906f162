// SPDX-License-Identifier: GPL-3.0-or-later
// Direction marks of Unicode, put around a piece and taken away again.
#include "core/i18n/direction.h"

namespace huisbord::i18n {
namespace {

constexpr std::string_view kLeftToRightIsolate = "\u2066";
constexpr std::string_view kFirstStrongIsolate = "\u2068";
constexpr std::string_view kEndOfIsolate = "\u2069";
constexpr std::string_view kNoBreakSpace = "\u00a0";

// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms: U+0590..U+08FF are D6..E0 A3, U+FB1D..U+FEFC are EF AC..BB.
bool has_right_to_left_letter(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    const auto second = static_cast<unsigned char>(text[i + 1]);
    if (first >= 0xd6 && first <= 0xdf) return true;
    if (first == 0xe0 && second >= 0xa0 && second <= 0xa3) return true;
    if (first == 0xef && second >= 0xac && second <= 0xbb) return true;
  }
  return false;
}

// One isolate from end to end; two that stand side by side are not.
bool isolated(std::string_view text) {
  if (!text.starts_with(kLeftToRightIsolate) && !text.starts_with(kFirstStrongIsolate)) return false;
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kLeftToRightIsolate) || rest.starts_with(kFirstStrongIsolate)) ++depth;
    if (rest.starts_with(kEndOfIsolate) && --depth == 0) return rest.size() == kEndOfIsolate.size();
  }
  return false;
}

std::string between(std::string_view mark, std::string_view text) {
  std::string marked;
  marked.reserve(mark.size() + text.size() + kEndOfIsolate.size());
  return marked.append(mark).append(text).append(kEndOfIsolate);
}

}  // namespace

Direction direction(Language language) noexcept {
  return language == Language::ar || language == Language::fa ? Direction::right_to_left : Direction::left_to_right;
}

std::string isolate_left_to_right(std::string_view text) { return between(kLeftToRightIsolate, text); }

std::string isolate(std::string_view text, Direction line) {
  if (text.empty() || isolated(text)) return std::string(text);
  if (has_right_to_left_letter(text)) return line == Direction::left_to_right ? between(kFirstStrongIsolate, text) : std::string(text);
  return line == Direction::right_to_left ? between(kLeftToRightIsolate, text) : std::string(text);
}

std::string plain(std::string_view text) {
  std::string bare;
  bare.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with(kNoBreakSpace)) {
      bare.push_back(' ');
      text.remove_prefix(kNoBreakSpace.size());
    } else if (text.starts_with(kLeftToRightIsolate) || text.starts_with(kFirstStrongIsolate) || text.starts_with(kEndOfIsolate)) {
      text.remove_prefix(kEndOfIsolate.size());
    } else {
      bare.push_back(text.front());
      text.remove_prefix(1);
    }
  }
  return bare;
}

}  // namespace huisbord::i18n
