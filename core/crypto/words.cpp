// SPDX-License-Identifier: GPL-3.0-or-later
// House phrases: drawing six words, and reading what somebody typed.
#include "core/crypto/words.h"

#include <algorithm>
#include <cstring>

#include "core/crypto/memory.h"
#include "core/crypto/words_list.h"

namespace huisbord::crypto {
namespace {

constexpr std::size_t longest_word = 7;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Phrases are short and their length is no secret worth a page: builds one in a buffer that is wiped.
class PhraseBuffer {
 public:
  ~PhraseBuffer() { wipe(bytes_); }
  PhraseBuffer() = default;
  PhraseBuffer(const PhraseBuffer&) = delete;
  PhraseBuffer& operator=(const PhraseBuffer&) = delete;
  void add(std::string_view word) {
    if (size_ != 0) bytes_.at(size_++) = ' ';
    for (const char c : word) bytes_.at(size_++) = static_cast<std::uint8_t>(c);
  }
  [[nodiscard]] SecretBytes copy() const { return SecretBytes::copy_of(ByteView(bytes_).first(size_)); }

 private:
  ByteArray<phrase_words*(longest_word + 1)> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace

const std::array<std::string_view, word_count>& words() {
  static const auto all = [] {
    std::array<std::string_view, word_count> made;
    auto at = made.begin();
    for (const WordQuarter* quarter : {&words_first, &words_second, &words_third, &words_fourth}) at = std::ranges::copy(*quarter, at).out;
    return made;
  }();
  return all;
}

std::optional<std::uint16_t> word_index(std::string_view word) {
  const auto& all = words();  // sorted; a test says so
  const auto found = std::ranges::lower_bound(all, word);
  if (found == all.end() || *found != word) return std::nullopt;
  return static_cast<std::uint16_t>(found - all.begin());
}

SecretBytes make_house_phrase(Random& random) {
  PhraseBuffer phrase;
  for (std::size_t i = 0; i < phrase_words; ++i) phrase.add(words()[random.below(word_count)]);
  return phrase.copy();
}

Result<SecretBytes> normalise_phrase(std::string_view typed) {
  PhraseBuffer phrase;
  std::size_t count = 0;
  std::size_t unknown = 0;
  for (std::size_t at = 0; at < typed.size();) {
    if (is_space(typed[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < typed.size() && !is_space(typed[end])) ++end;
    ++count;
    StackSecret<longest_word> lower;
    const std::size_t size = end - at;
    std::optional<std::uint16_t> index;
    if (size <= longest_word) {
      std::transform(typed.begin() + static_cast<std::ptrdiff_t>(at), typed.begin() + static_cast<std::ptrdiff_t>(end),
                     lower.mutable_view().begin(),
                     [](char c) { return static_cast<std::uint8_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
      index = word_index(text_view(lower.view().first(size)));
    }
    if (!index && unknown == 0) unknown = count;
    if (index && count <= phrase_words) phrase.add(words()[*index]);
    at = end;
  }
  if (unknown != 0) {
    return fail(ErrorCode::invalid,
                "Word " + std::to_string(unknown) + " of the house phrase is not on the list; check how it is spelled.");
  }
  if (count != phrase_words) return fail(ErrorCode::invalid, "A house phrase has six words; these are " + std::to_string(count) + ".");
  return phrase.copy();
}

}  // namespace huisbord::crypto
