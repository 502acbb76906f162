// SPDX-License-Identifier: GPL-3.0-or-later
// Every Key("...") that the kiosk's source names stands in the four catalogues, asked for in the way in which it is written there.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>

#include "tests/core/i18n/po_file.h"

namespace huisbord::i18n {
namespace {

struct Use {
  std::string key;
  bool counted = false;                ///< plural(Key("..."), n)
  bool filled = false;                 ///< the placeholders stand in the same call and are all literals
  std::set<std::string> placeholders;  ///< only if filled
};

/// The call around a key, from its opening bracket to the closing one.
std::string_view call_after(std::string_view source, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < source.size(); ++at) {
    if (source[at] == '(') ++depth;
    if (source[at] == ')' && --depth == 0) return source.substr(open, at - open + 1);
  }
  return source.substr(open);
}

std::vector<Use> uses_in(const std::string& source) {
  static const std::regex kKey(R"re((?:\b(text|plural|say)\(\s*)?Key\(\s*"([^"]*)"\s*\))re");
  static const std::regex kName(R"re(\{\s*"([a-z_]+)"\s*,)re");
  std::vector<Use> uses;
  for (std::sregex_iterator found(source.begin(), source.end(), kKey), none; found != none; ++found) {
    Use use{.key = (*found)[2], .counted = (*found)[1] == "plural", .filled = false, .placeholders = {}};
    if ((*found)[1].matched) {
      const auto open = static_cast<std::size_t>((*found).position(1) + (*found).length(1));
      const std::string call(call_after(source, open));
      use.filled = true;
      for (std::sregex_iterator name(call.begin(), call.end(), kName), end; name != end; ++name) use.placeholders.insert((*name)[1]);
      if (use.counted) use.placeholders.insert("n");
    }
    uses.push_back(use);
  }
  return uses;
}

std::vector<std::string> faults(const std::vector<Use>& uses, const std::string& language, const PoFile& catalogue) {
  std::vector<std::string> found;
  for (const Use& use : uses) {
    const auto text = catalogue.texts.find(use.key);
    if (text == catalogue.texts.end()) {
      found.push_back(language + ".po lacks " + use.key);
      continue;
    }
    if (use.filled && use.counted != text->second.counts)
      found.push_back(use.key + (use.counted ? " does not count" : " counts: plural() asks for it"));
    if (!use.filled) continue;
    for (const std::string& name : placeholders(text->second.all()))
      if (!use.placeholders.contains(name)) found.push_back(use.key + " is not given {" + name + "} (" + language + ")");
  }
  return found;
}

std::vector<Use> uses_under(const std::filesystem::path& folder) {
  std::vector<Use> uses;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
    std::ifstream file(entry.path());
    std::string source{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    source = std::regex_replace(source, std::regex("//[^\n]*"), "");
    for (Use& use : uses_in(source)) uses.push_back(std::move(use));
  }
  return uses;
}

}  // namespace

TEST(Keys, StandInEveryCatalogue) {
  std::vector<Use> uses;
  for (const char* folder : {"app", "core/i18n"})
    for (Use& use : uses_under(std::filesystem::path(HUISBORD_SOURCE_DIR) / folder)) uses.push_back(std::move(use));
  ASSERT_GT(uses.size(), 50u);
  for (const std::string& language : complete_languages())
    for (const std::string& fault : faults(uses, language, po_of(language))) ADD_FAILURE() << fault;
}

TEST(Keys, AreFoundHoweverTheyAreUsed) {
  const auto uses = uses_in(R"cpp(
    c.text(Key("a.b"));
    const Key k = Key("c.d");
    c.plural(Key("e"), count(x), {{"name", f(y)}});
    c.text(Key("f.g"), {{"day", near_day(c, a, b)}, {"time", t}});
    c.text(kind == 1 ? Key("h") : Key("i"));)cpp");
  ASSERT_EQ(uses.size(), 6u);
  EXPECT_EQ(uses[0].key, "a.b");
  EXPECT_TRUE(uses[0].filled);
  EXPECT_FALSE(uses[1].filled);
  EXPECT_TRUE(uses[2].counted);
  EXPECT_EQ(uses[2].placeholders, (std::set<std::string>{"n", "name"}));
  EXPECT_EQ(uses[3].placeholders, (std::set<std::string>{"day", "time"}));
  EXPECT_EQ(uses[5].key, "i");
}

TEST(Keys, WouldBeMissed) {
  PoFile catalogue;
  catalogue.texts["a"] = {{"Dag {name}"}, false};
  catalogue.texts["b"] = {{"{n} dag", "{n} dagen"}, true};
  const auto said = [&](const std::string& source) { return faults(uses_in(source), "nl", catalogue); };
  EXPECT_EQ(said(R"(text(Key("z")))"), std::vector<std::string>{"nl.po lacks z"});
  EXPECT_EQ(said(R"(text(Key("a")))"), std::vector<std::string>{"a is not given {name} (nl)"});
  EXPECT_EQ(said(R"(text(Key("b"), {{"n", x}}))"), std::vector<std::string>{"b counts: plural() asks for it"});
  EXPECT_EQ(said(R"(text(Key("a"), {{"name", x}}); plural(Key("b"), 3))"), std::vector<std::string>{});
}

}  // namespace huisbord::i18n
