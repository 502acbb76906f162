// SPDX-License-Identifier: GPL-3.0-or-later
// The word list is fixed for ever; house phrases are drawn from it and read back as people type.
#include "core/crypto/words.h"

#include <algorithm>
#include <set>
#include <string>

#include "core/crypto/hash.h"
#include "tests/core/crypto/counting_random.h"

namespace huisbord::crypto {

TEST(Words, AreTheSameForEver) {
  Hasher hasher("hb.words");
  for (std::size_t i = 0; i < word_count; ++i) {
    if (i != 0) hasher.update(view("\n"));
    hasher.update(view(words()[i]));
  }
  EXPECT_EQ(to_hex(hasher.finish()), "a3dc2c7de91228e544b938476dc588a289126c997b7f596222e34e87c1e44dc2");
}

TEST(Words, AreShortPlainAndDifferInTheirFirstFourLetters) {
  std::set<std::string_view> starts;
  for (const std::string_view word : words()) {
    EXPECT_GE(word.size(), 3u) << word;
    EXPECT_LE(word.size(), 7u) << word;
    EXPECT_TRUE(std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; })) << word;
    starts.insert(word.substr(0, 4));
  }
  EXPECT_EQ(starts.size(), word_count);
  EXPECT_TRUE(std::ranges::is_sorted(words()));
}

TEST(Words, AreFoundByTheirPlace) {
  for (std::size_t i = 0; i < word_count; ++i) EXPECT_EQ(word_index(words()[i]), i);
  EXPECT_FALSE(word_index(""));
  EXPECT_FALSE(word_index("aardes"));
  EXPECT_FALSE(word_index("zzz"));
  EXPECT_FALSE(word_index("Aarde"));
}

TEST(HousePhrase, HasSixWordsOfTheList) {
  SeededRandom random(11);
  std::set<std::string> made;
  for (int i = 0; i < 50; ++i) {
    const SecretBytes phrase = make_house_phrase(random);
    const std::string text = to_string(phrase.view());
    EXPECT_EQ(std::ranges::count(text, ' '), 5);
    EXPECT_EQ(to_string(normalise_phrase(text).value().view()), text);
    made.insert(text);
  }
  EXPECT_EQ(made.size(), 50u);
}

TEST(HousePhrase, DrawsEveryWord) {
  SeededRandom random(12);
  std::set<std::string, std::less<>> drawn;
  for (int i = 0; i < 6000; ++i) {
    const std::string text = to_string(make_house_phrase(random).view()) + " ";
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find(' ', at);
      drawn.insert(text.substr(at, end - at));
      at = end + 1;
    }
  }
  EXPECT_EQ(drawn.size(), word_count);
}

TEST(NormalisePhrase, ForgivesCaseAndSpaces) {
  EXPECT_EQ(to_string(normalise_phrase("  Aarde ACCU\tacteur  actie\nadelaar adem ").value().view()),
            "aarde accu acteur actie adelaar adem");
}

TEST(NormalisePhrase, NamesTheWordByItsNumberAndNeverEchoesIt) {
  const auto refused = normalise_phrase("aarde accu geheimwoord actie adelaar adem");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid);
  EXPECT_NE(refused.error().sentence.find("Word 3"), std::string::npos);
  EXPECT_EQ(refused.error().sentence.find("geheim"), std::string::npos);
  EXPECT_NE(normalise_phrase("aarde acc\xc3\xbc x").error().sentence.find("Word 2"), std::string::npos);
}

TEST(NormalisePhrase, WantsSixWords) {
  EXPECT_NE(normalise_phrase("").error().sentence.find("are 0"), std::string::npos);
  EXPECT_NE(normalise_phrase("aarde accu acteur actie adelaar").error().sentence.find("are 5"), std::string::npos);
  EXPECT_NE(normalise_phrase("aarde accu acteur actie adelaar adem adres").error().sentence.find("are 7"), std::string::npos);
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "aarde ";
  EXPECT_EQ(normalise_phrase(many).error().code, ErrorCode::invalid);
}

}  // namespace huisbord::crypto
