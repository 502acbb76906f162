// SPDX-License-Identifier: GPL-3.0-or-later
// KEYS.md names every tag that core/crypto uses, tests that exist, and one for each line of its tables.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>

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
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") text += content(entry.path());
  }
  return text;
}

constexpr const char* named_test = "`([A-Z][A-Za-z]+)\\.[A-Z*][A-Za-z]*`";

/// A suite's test, or `Suite.*` for any of it, of whichever folder of tests/.
bool exists(const std::string& quoted) {
  static const std::string tests = all_sources(source / "tests");
  static const std::set<std::string> written = matches(tests, "TEST(_F|_P)?\\(([A-Za-z]+, [A-Za-z]+)\\)", 2);
  const std::size_t dot = quoted.find('.');
  const std::string suite = quoted.substr(1, dot - 1) + ", ";
  const std::string test = quoted.substr(dot + 1, quoted.size() - dot - 2);
  if (test != "*") return written.contains(suite + test);
  const auto first = written.lower_bound(suite);
  return first != written.end() && first->starts_with(suite);
}

/// From a heading to the next.
std::string section(const std::string& document, const std::string& heading) {
  const std::size_t begin = document.find(heading + "\n");
  EXPECT_NE(begin, std::string::npos) << heading;
  const std::size_t end = document.find("\n#", begin + heading.size());
  return document.substr(begin, end == std::string::npos ? end : end - begin);
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
  const std::set<std::string> named = matches(document, named_test, 0);
  EXPECT_GE(named.size(), 30u);
  for (const std::string& quoted : named) EXPECT_TRUE(exists(quoted)) << quoted;
  EXPECT_FALSE(exists("`KeysDocument.SaysWhatNoTestSays`")) << "else this test could not fail";
}

TEST(KeysDocument, NamesATestForEachAttackerAndEachKey) {
  for (const auto& [heading, least] : {std::pair("### 13.5 Lives", 8), std::pair("## 16. Who reads what", 24)}) {
    std::istringstream lines(section(content(source / "core/crypto/KEYS.md"), heading));
    int rows = -2;  // the head of the table and the line below it
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("| ")) continue;
      if (++rows <= 0) continue;
      EXPECT_FALSE(matches(line, named_test, 0).empty()) << line;
    }
    EXPECT_GE(rows, least) << heading;
  }
}

}  // namespace huisbord::crypto
