// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the languages and where their catalogues lie.
#include "core/i18n/language.h"

#include <system_error>

#include "core/base/check.h"

namespace huisbord::i18n {
namespace {

struct Names {
  const char* code;
  const char* own;
};
constexpr std::array<Names, 10> kNames = {{{"nl", "Nederlands"},
                                           {"en", "English"},
                                           {"ar", "العربية"},
                                           {"ti", "ትግርኛ"},
                                           {"fa", "فارسی"},
                                           {"fr", "Français"},
                                           {"am", "አማርኛ"},
                                           {"so", "Soomaali"},
                                           {"es", "Español"},
                                           {"pt", "Português"}}};

const Names& names(Language language) {
  const auto index = static_cast<std::size_t>(language);
  CHECK(index < kNames.size());
  return kNames[index];
}

}  // namespace

const char* code(Language language) noexcept { return names(language).code; }

const char* own_name(Language language) noexcept { return names(language).own; }

std::optional<Language> language_of(std::string_view code) noexcept {
  for (std::size_t index = 0; index < kNames.size(); ++index)
    if (kNames[index].code == code) return static_cast<Language>(index);
  return std::nullopt;
}

std::filesystem::path catalogue_file(const std::filesystem::path& directory, Language language) {
  return directory / code(language) / "LC_MESSAGES" / "huisbord.mo";
}

std::vector<Language> available_languages(const std::filesystem::path& directory) {
  std::vector<Language> found;
  for (const Language language : kLanguages) {
    std::error_code unread;
    if (language == Language::nl || std::filesystem::is_regular_file(catalogue_file(directory, language), unread))
      found.push_back(language);
  }
  return found;
}

}  // namespace huisbord::i18n
