// SPDX-License-Identifier: GPL-3.0-or-later
// KEYS.md names every tag that core/crypto uses and every test that its last table leans on.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace huisbord::crypto {
namespace {

const std::filesystem::path source = HUISBORD_SOURCE_DIR;

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> matches(const std::string& text, const char* expression, std::size_t group) {
  const std::regex pattern(expression);
  std::set<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), pattern); it != std::sregex_iterator(); ++it) found.insert((*it)[group]);
  return found;
}

std::string all_sources(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") text += content(entry.path());
  }
  return text;
}

}  // namespace

TEST(KeysDocument, NamesEveryTag) {
  const std::string document = content(source / "core/crypto/KEYS.md");
  const std::set<std::string> used = matches(all_sources(source / "core/crypto"), "\"(hb\\.[a-z.-]+)\"", 1);
  EXPECT_GE(used.size(), 10u);
  for (const std::string& tag : used) EXPECT_NE(document.find("`" + tag + "`"), std::string::npos) << tag;
}

TEST(KeysDocument, LeansOnTestsThatExist) {
  const std::string document = content(source / "core/crypto/KEYS.md");
  const std::string tests = all_sources(source / "tests/core/crypto");
  const std::set<std::string> named = matches(document, "`([A-Z][A-Za-z]+)\\.[A-Z*][A-Za-z]*`", 0);
  EXPECT_GE(named.size(), 8u);
  for (const std::string& quoted : named) {
    const std::string suite = quoted.substr(1, quoted.find('.') - 1);
    const std::string test = quoted.substr(suite.size() + 2, quoted.size() - suite.size() - 3);
    EXPECT_TRUE(std::regex_search(tests, std::regex("TEST(_F)?\\(" + suite + ", " + (test == "*" ? "" : test + "\\)")))) << quoted;
  }
}

}  // namespace huisbord::crypto
