// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogues, each read when it is first asked for.
#include "app/kiosk/screens/words.h"

namespace huisbord {

Words::Words(std::filesystem::path directory, std::function<void(const std::string&)> log)
    : directory_(std::move(directory)), log_(std::move(log)), available_(i18n::available_languages(directory_)) {}

void Words::tell_missing() {
  for (const i18n::Language language : i18n::kCompleteLanguages) {
    if (loaded_.at(static_cast<std::size_t>(language))) continue;
    if (const auto read = i18n::Catalogue::load(directory_, language); !read) {
      log_("catalogue not read, nobody can choose this language: " + read.error().sentence);
      std::erase(available_, language);
    }
  }
}

const i18n::Catalogue& Words::of(i18n::Language language) {
  auto& place = loaded_.at(static_cast<std::size_t>(language));
  if (!place) {
    auto read = i18n::Catalogue::load(directory_, language);
    if (!read) log_("catalogue not read, Dutch is shown: " + read.error().sentence);
    place = read ? std::move(*read) : i18n::Catalogue::dutch();
  }
  return *place;
}

}  // namespace huisbord
