// SPDX-License-Identifier: GPL-3.0-or-later
// The languages of the house, each by its own name, and the direction in which it is read.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace huisbord::i18n {

/// The numbers are stored as a resident's choice: new languages are added at the end.
enum class Language : unsigned char { nl = 0, en = 1, ar = 2, ti = 3, fa = 4, fr = 5, am = 6, so = 7, es = 8, pt = 9 };

/// In the order in which the house board shows them.
inline constexpr std::array kLanguages = {Language::nl, Language::en, Language::fr, Language::ar, Language::ti,
                                          Language::am, Language::so, Language::fa, Language::es, Language::pt};

/// Catalogues that hold every text (a test keeps it true); the others fall back to Dutch text by text.
inline constexpr std::array kCompleteLanguages = {Language::nl, Language::en, Language::ar, Language::ti};

/// "nl", "ar": the name of the catalogue's folder, the language tag that Pango and a reading voice want.
[[nodiscard]] const char* code(Language language) noexcept;
[[nodiscard]] std::optional<Language> language_of(std::string_view code) noexcept;

/// What its readers call it, in their own script; never a flag.
[[nodiscard]] const char* own_name(Language language) noexcept;

/// Those of kLanguages whose catalogue lies in the directory now, in that order; Dutch is always among them.
[[nodiscard]] std::vector<Language> available_languages(const std::filesystem::path& directory);

/// Where Catalogue::load looks: <directory>/<code>/LC_MESSAGES/huisbord.mo.
[[nodiscard]] std::filesystem::path catalogue_file(const std::filesystem::path& directory, Language language);

}  // namespace huisbord::i18n
