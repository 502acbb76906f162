// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the part of the .po format that our catalogues use.
#include "tests/core/i18n/po_file.h"

#include <fstream>

#include "core/i18n/language.h"

namespace huisbord::i18n {
namespace {

std::string unquoted(std::string_view line) {
  const std::size_t first = line.find('"');
  const std::size_t last = line.rfind('"');
  std::string text;
  for (std::size_t i = first + 1; i < last; ++i) {
    if (line[i] == '\\' && i + 1 < last) {
      ++i;
      text.push_back(line[i] == 'n' ? '\n' : line[i]);
    } else {
      text.push_back(line[i]);
    }
  }
  return text;
}

}  // namespace

std::string PoText::all() const {
  std::string joined;
  for (const std::string& form : forms) joined += form + "\n";
  return joined;
}

PoFile read_po(const std::filesystem::path& path) {
  PoFile file;
  std::ifstream lines(path);
  std::string line;
  std::string key;
  PoText text;
  std::string* open = nullptr;
  bool started = false;
  const auto keep = [&] {
    if (!started) return;
    if (key.empty()) {
      file.header = text.all();
    } else {
      file.keys.push_back(key);
      file.texts[key] = text;
    }
  };
  while (std::getline(lines, line)) {
    if (line.starts_with("msgid ")) {
      keep();
      started = true;
      key = unquoted(line);
      text = {};
      open = &key;
    } else if (line.starts_with("msgid_plural")) {
      text.counts = true;
      open = nullptr;
    } else if (line.starts_with("msgstr")) {
      text.forms.push_back(unquoted(line));
      open = &text.forms.back();
    } else if (line.starts_with("\"") && open != nullptr) {
      *open += unquoted(line);
    }
  }
  keep();
  return file;
}

PoFile po_of(std::string_view language) {
  return read_po(std::filesystem::path(HUISBORD_SOURCE_DIR) / "locale" / (std::string(language) + ".po"));
}

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace(text.substr(open + 1, close - open - 1));
  }
  return names;
}

std::vector<std::string> complete_languages() {
  std::vector<std::string> codes;
  for (const Language language : kCompleteLanguages) codes.emplace_back(code(language));
  return codes;
}

}  // namespace huisbord::i18n
