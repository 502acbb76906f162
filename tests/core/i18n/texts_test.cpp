// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogues as texts: complete in four languages, with the same placeholders, in the voice of the product (nl.po says how).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

#include "tests/core/i18n/po_file.h"

namespace huisbord::i18n {
namespace {

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Words of the longest sentence.
std::size_t longest_sentence(std::string text) {
  for (const std::string_view end : {"።", "؟", "?", ":", "፦"})
    for (std::size_t at = text.find(end); at != std::string::npos; at = text.find(end, at + 1)) text.replace(at, end.size(), ".");
  std::size_t longest = 0;
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    if (c == '.' || c == '\n') {
      words = 0;
      in_word = false;
    } else if (c == ' ') {
      in_word = false;
    } else if (!in_word) {
      in_word = true;
      longest = std::max(longest, ++words);
    }
  }
  return longest;
}

/// A text that breaks the voice, said with its key; empty when it does not.
std::vector<std::string> faults_of_voice(const std::string& key, const PoText& text) {
  static const std::regex kForbidden(
      "account|synchroni|cliënt|client|status|dossier|login|log in|password|wachtwoord|error|sessie|server|offline", std::regex::icase);
  std::vector<std::string> faults;
  for (const std::string& form : text.forms) {
    if (form.find('!') != std::string::npos) faults.push_back(key + " exclaims");
    if (std::regex_search(form, kForbidden)) faults.push_back(key + " uses a word of offices: " + form);
    if (letters(form) > 64) faults.push_back(key + " is long: " + form);
    if (longest_sentence(form) > 10) faults.push_back(key + " has a long sentence: " + form);
    if (form.find("  ") != std::string::npos || form.starts_with(' ') || form.ends_with(' ')) faults.push_back(key + " has stray spaces");
  }
  return faults;
}

/// Digits of Arabic, Farsi and Ethiopic: U+0660-0669, U+06F0-06F9, U+1369-137C.
bool has_other_digits(const std::string& text) {
  static const std::regex kOther("\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe1\x8d[\xa9-\xbc]");
  return std::regex_search(text, kOther);
}

}  // namespace

TEST(Texts, HaveTheSameKeysInEveryCatalogueAndInTheSameOrder) {
  const PoFile dutch = po_of("nl");
  ASSERT_GT(dutch.keys.size(), 400u);
  for (const std::string& language : complete_languages()) EXPECT_EQ(po_of(language).keys, dutch.keys) << language;
}

TEST(Texts, HaveEachKeyOnce) {
  for (const std::string& language : complete_languages()) {
    const PoFile file = po_of(language);
    EXPECT_EQ(file.keys.size(), file.texts.size()) << language;
  }
}

TEST(Texts, AreNeverEmptyAndNeverTheirKey) {
  for (const std::string& language : complete_languages())
    for (const auto& [key, text] : po_of(language).texts)
      for (const std::string& form : text.forms) {
        EXPECT_FALSE(form.empty()) << language << " " << key;
        EXPECT_NE(form, key) << language;
      }
}

TEST(Texts, HaveAsManyFormsAsTheLanguageCounts) {
  const std::map<std::string, std::size_t> forms = {{"nl", 2}, {"en", 2}, {"ar", 6}, {"ti", 2}};
  const PoFile dutch = po_of("nl");
  for (const std::string& language : complete_languages()) {
    const PoFile file = po_of(language);
    EXPECT_NE(file.header.find("nplurals=" + std::to_string(forms.at(language))), std::string::npos) << language;
    for (const auto& [key, text] : file.texts) {
      EXPECT_EQ(text.counts, dutch.texts.at(key).counts) << language << " " << key;
      EXPECT_EQ(text.forms.size(), text.counts ? forms.at(language) : 1u) << language << " " << key;
    }
  }
}

TEST(Texts, HaveTheSamePlaceholders) {
  const PoFile dutch = po_of("nl");
  for (const std::string& language : complete_languages())
    for (const auto& [key, text] : po_of(language).texts) {
      const std::set<std::string> wanted = placeholders(dutch.texts.at(key).all());
      for (const std::string& form : text.forms) {
        std::set<std::string> found = placeholders(form);
        if (text.counts) found.insert("n");                // a form may say its number: "رسالتان"
        if (key == "date.short") found.insert("weekday");  // left out where its name is long
        EXPECT_EQ(found, wanted) << language << " " << key << ": " << form;
      }
    }
}

TEST(Texts, HaveWholeBraces) {
  for (const std::string& language : complete_languages())
    for (const auto& [key, text] : po_of(language).texts) {
      const std::string all = std::regex_replace(text.all(), std::regex("\\{[a-z_]+\\}"), "");
      EXPECT_EQ(all.find_first_of("{}%"), std::string::npos) << language << " " << key;
    }
}

TEST(Texts, UseNoOtherDigits) {
  EXPECT_TRUE(has_other_digits("٣ رسائل"));
  EXPECT_TRUE(has_other_digits("፫ መልእኽታት"));
  EXPECT_FALSE(has_other_digits("3 رسائل، ثلاث؟ ሰሉስ። ጥሪ፣"));
  for (const std::string& language : complete_languages())
    for (const auto& [key, text] : po_of(language).texts) EXPECT_FALSE(has_other_digits(text.all())) << language << " " << key;
}

TEST(Texts, SpeakCalmlyAndShortly) {
  for (const std::string& language : complete_languages())
    for (const auto& [key, text] : po_of(language).texts)
      for (const std::string& fault : faults_of_voice(key, text)) ADD_FAILURE() << language << ": " << fault;
}

TEST(Texts, WouldBeCaughtShouting) {
  const auto faults = [](const std::string& text) { return faults_of_voice("a.key", {{text}, false}).size(); };
  EXPECT_EQ(faults("Klaar!"), 1u);
  EXPECT_EQ(faults("Je account is dicht."), 1u);
  EXPECT_EQ(faults("een twee drie vier vijf zes zeven acht negen tien elf."), 1u);
  EXPECT_EQ(faults("een twee drie vier vijf. zes zeven acht negen tien elf."), 0u);
}

// Every script of a catalogue is its own, so that no text was left in another language. Names, patterns and punctuation apart.
TEST(Texts, AreWrittenInTheScriptOfTheirLanguage) {
  const std::map<std::string, std::regex> foreign = {{"ar", std::regex("[A-Za-z\xe1]")}, {"ti", std::regex("[A-Za-z\xd8\xd9]")}};
  for (const auto& [language, letters_of_others] : foreign)
    for (const auto& [key, text] : po_of(language).texts) {
      const std::string bare = std::regex_replace(text.all(), std::regex("\\{[a-z_]+\\}"), "");
      EXPECT_FALSE(std::regex_search(bare, letters_of_others)) << language << " " << key << ": " << bare;
    }
}

TEST(Texts, PassTheToolsOwnCheck) {
  for (const std::string& language : complete_languages()) {
    const std::string po = std::string(HUISBORD_SOURCE_DIR) + "/locale/" + language + ".po";
    // Says nothing when all is well; any warning is an output.
    EXPECT_NE(std::system(("msgfmt --check -o /dev/null '" + po + "' 2>&1 | grep -q .").c_str()), 0) << language;
  }
}

}  // namespace huisbord::i18n
