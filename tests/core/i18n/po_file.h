// SPDX-License-Identifier: GPL-3.0-or-later
// A catalogue's source (.po) read for the tests: keys, forms and comments, without the library that the product uses.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace huisbord::i18n {

struct PoText {
  std::vector<std::string> forms;  ///< one; or as many as the language has plurals
  bool counts = false;             ///< has msgid_plural
  [[nodiscard]] std::string all() const;
};

struct PoFile {
  std::string header;
  std::map<std::string, PoText> texts;
  std::vector<std::string> keys;  ///< as they stand in the file, doubles included
};

[[nodiscard]] PoFile read_po(const std::filesystem::path& path);
[[nodiscard]] PoFile po_of(std::string_view language);  ///< locale/<language>.po

/// The names between braces.
[[nodiscard]] std::set<std::string> placeholders(std::string_view text);

/// "nl" ... "ti": the catalogues that must hold every text.
[[nodiscard]] std::vector<std::string> complete_languages();

}  // namespace huisbord::i18n
