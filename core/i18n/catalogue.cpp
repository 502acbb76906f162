// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogues held by Boost.Locale's gettext facet, one locale object a language; placeholders and the fall to Dutch.
#include "core/i18n/catalogue.h"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstdint>
#include <cstring>
#include <exception>
#include <fstream>
#include <locale>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace huisbord::i18n {

/// locale/nl.po compiled, part of the program (locale/CMakeLists.txt), so that there is always a language to fall back to.
extern const std::span<const char> kDutchCatalogue;

namespace {

std::uint32_t number_at(std::span<const char> bytes, std::size_t offset) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

/// Whether every offset of the .mo file lies inside it (GNU gettext manual, "The Format of GNU MO Files"): the library that reads it
/// follows them unchecked, and divides by the size of the hash table less two.
bool sound(std::span<const char> bytes) {
  constexpr std::size_t kHeader = 28;
  constexpr std::uint32_t kMagic = 0x950412de;
  if (bytes.size() < kHeader || bytes.size() > 16u << 20u || number_at(bytes, 0) != kMagic) return false;
  const std::uint64_t count = number_at(bytes, 8);
  const std::uint64_t hash_size = number_at(bytes, 20);
  const std::uint64_t hash_offset = number_at(bytes, 24);
  const auto inside = [&](std::uint64_t offset, std::uint64_t size) { return offset + size <= bytes.size(); };
  for (const std::size_t table : {12u, 16u}) {
    const std::uint64_t offset = number_at(bytes, table);
    if (!inside(offset, count * 8)) return false;
    for (std::uint64_t entry = offset; entry < offset + count * 8; entry += 8) {
      const std::uint64_t length = number_at(bytes, entry);
      const std::uint64_t start = number_at(bytes, entry + 4);
      if (!inside(start, length + 1) || bytes[start + length] != '\0') return false;
    }
  }
  if (hash_size < 3 || !inside(hash_offset, hash_size * 4)) return false;
  for (std::uint64_t slot = 0; slot < hash_size; ++slot)
    if (number_at(bytes, hash_offset + slot * 4) > count) return false;
  return true;
}

}  // namespace

struct Catalogue::Messages {
  using Facet = boost::locale::message_format<char>;

  std::locale locale;
  const Facet* facet = nullptr;

  /// Null where the catalogue has no such text.
  [[nodiscard]] const char* find(Key key, std::optional<int> n = std::nullopt) const {
    try {
      return n ? facet->get(0, nullptr, key.id, *n) : facet->get(0, nullptr, key.id);
    } catch (const std::exception&) {
      return nullptr;  // the library may refuse an entry as late as here
    }
  }

  static Result<std::shared_ptr<const Messages>> from(Language language, std::vector<char> bytes) {
    namespace gettext = boost::locale::gnu_gettext;
    const auto damaged = [language] {
      return fail(ErrorCode::damaged, std::string("the catalogue of language ") + code(language) + " cannot be read: install it again");
    };
    if (!sound(bytes)) return damaged();
    gettext::messages_info info;
    info.language = code(language);
    info.encoding = "UTF-8";
    info.domains.emplace_back("huisbord");
    info.paths.emplace_back("catalogue");
    info.callback = [&bytes](const std::string&, const std::string&) { return bytes; };
    try {
      auto messages = std::make_shared<Messages>();
      messages->locale = std::locale(std::locale::classic(), gettext::create_messages_facet<char>(info));
      messages->facet = &std::use_facet<Facet>(messages->locale);
      return messages;
    } catch (const std::exception&) {
      return damaged();
    }
  }
};

namespace {

Result<std::vector<char>> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "no catalogue at " + path.string() + ": texts are shown in Dutch");
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return bytes;
}

std::string_view value(Placeholders placeholders, std::string_view name) {
  for (const Placeholder& placeholder : placeholders)
    if (placeholder.name == name) return placeholder.value;
  return {};
}

template <class ValueOf>
std::string filled(std::string_view pattern, ValueOf value_of, Direction line) {
  std::string text;
  text.reserve(pattern.size() + 32);
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::size_t close = pattern.find('}', open);
    text.append(pattern.substr(0, open));
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    text.append(isolate(value_of(pattern.substr(open + 1, close - open - 1)), line));
    pattern.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

Catalogue::Catalogue(Language language, std::shared_ptr<const Messages> messages) : language_(language), messages_(std::move(messages)) {}

const std::shared_ptr<const Catalogue::Messages>& Catalogue::dutch_messages() {
  static const std::shared_ptr<const Messages> kMessages = [] {
    auto messages = Messages::from(Language::nl, std::vector<char>(kDutchCatalogue.begin(), kDutchCatalogue.end()));
    CHECK(messages);
    return *std::move(messages);
  }();
  return kMessages;
}

Catalogue Catalogue::dutch() { return {Language::nl, dutch_messages()}; }

Result<Catalogue> Catalogue::load(const std::filesystem::path& directory, Language language) {
  if (language == Language::nl) return dutch();
  TRY_ASSIGN(auto bytes, bytes_of(catalogue_file(directory, language)));
  TRY_ASSIGN(auto messages, Messages::from(language, std::move(bytes)));
  return Catalogue(language, std::move(messages));
}

bool Catalogue::translates(Key key) const { return messages_->find(key) != nullptr; }

std::string Catalogue::text(Key key) const {
  if (const char* own = messages_->find(key)) return own;
  if (const char* dutch = dutch_messages()->find(key)) return dutch;
  return {};
}

std::string Catalogue::text(Key key, Placeholders placeholders) const {
  const auto value_of = [&](std::string_view name) { return value(placeholders, name); };
  if (const char* own = messages_->find(key)) return filled(own, value_of, direction());
  if (const char* dutch = dutch_messages()->find(key)) return filled(dutch, value_of, Direction::left_to_right);
  return {};
}

std::string Catalogue::plural(Key key, int n, Placeholders placeholders) const {
  const std::string number = std::to_string(n);
  const auto value_of = [&](std::string_view name) -> std::string_view { return name == "n" ? number : value(placeholders, name); };
  if (const char* own = messages_->find(key, n)) return filled(own, value_of, direction());
  if (const char* dutch = dutch_messages()->find(key, n)) return filled(dutch, value_of, Direction::left_to_right);
  return {};
}

}  // namespace huisbord::i18n
