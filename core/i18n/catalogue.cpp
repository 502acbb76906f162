// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogues held by Boost.Locale's gettext facet, one locale object a language; placeholders and the fall to Dutch.
#include "core/i18n/catalogue.h"

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
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

struct Catalogue::Messages {
  using Facet = boost::locale::message_format<char>;

  std::locale locale;
  const Facet* facet = nullptr;

  /// Null where the catalogue has no such text.
  [[nodiscard]] const char* find(Key key, std::optional<int> n = std::nullopt) const {
    try {
      return n ? facet->get(0, nullptr, key.id, *n) : facet->get(0, nullptr, key.id);
    } catch (const std::exception&) {
      return nullptr;  // damage that the library meets only at this entry
    }
  }

  static Result<std::shared_ptr<const Messages>> from(Language language, std::vector<char> bytes) {
    namespace gettext = boost::locale::gnu_gettext;
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
      return fail(ErrorCode::damaged, std::string("the catalogue of language ") + code(language) + " cannot be read: install it again");
    }
  }
};

namespace {

Result<std::vector<char>> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::not_found, "no catalogue at " + path.string() + ": texts are shown in Dutch");
  std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (bytes.empty()) return fail(ErrorCode::damaged, "the catalogue " + path.string() + " is empty: install it again");
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
