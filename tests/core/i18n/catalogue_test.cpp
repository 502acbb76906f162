// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogues: forms that count, placeholders, and what happens to a text, a file or a byte that is missing.
#include "core/i18n/catalogue.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/temporary_folder.h"

namespace huisbord::i18n {
namespace {

const std::filesystem::path kLocale = std::filesystem::path(HUISBORD_BINARY_DIR) / "locale";

Catalogue catalogue(Language language) {
  auto loaded = Catalogue::load(kLocale, language);
  EXPECT_TRUE(loaded) << code(language);
  return loaded ? *loaded : Catalogue::dutch();
}

class CatalogueFile : public ::testing::Test {
 protected:
  CatalogueFile() { std::filesystem::create_directories(file().parent_path()); }
  [[nodiscard]] std::filesystem::path file() const { return catalogue_file(directory_, Language::en); }
  void write(std::string_view bytes) const {
    std::filesystem::remove(file());  // a file that is cut and written again is flushed to the disk each time
    std::ofstream(file(), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  [[nodiscard]] static std::string real() {
    std::ifstream source(catalogue_file(kLocale, Language::en), std::ios::binary);
    return {std::istreambuf_iterator<char>(source), std::istreambuf_iterator<char>()};
  }
  TemporaryFolder folder_;  // of its own: tests run side by side
  std::filesystem::path directory_ = folder_.path();
};

}  // namespace

TEST(Catalogue, SpeaksEachCompleteLanguage) {
  EXPECT_EQ(catalogue(Language::nl).text(Key("home.next_appointment")), "Je volgende afspraak");
  EXPECT_EQ(catalogue(Language::en).text(Key("answer.come")), "I am coming");
  EXPECT_EQ(catalogue(Language::ar).text(Key("home.next_appointment")), "موعدك القادم");
  EXPECT_EQ(catalogue(Language::ti).text(Key("task.done")), "ወዲአዮ");
}

TEST(Catalogue, TakesTheSixFormsOfArabic) {
  const Catalogue arabic = catalogue(Language::ar);
  const auto messages = [&](int n) { return plain(arabic.plural(Key("home.messages_new"), n)); };
  EXPECT_EQ(messages(0), "لا رسائل جديدة");
  EXPECT_EQ(messages(1), "رسالة جديدة واحدة");
  EXPECT_EQ(messages(2), "رسالتان جديدتان");
  EXPECT_EQ(messages(3), "3 رسائل جديدة");
  EXPECT_EQ(messages(10), "10 رسائل جديدة");
  EXPECT_EQ(messages(11), "11 رسالة جديدة");
  EXPECT_EQ(messages(99), "99 رسالة جديدة");
  EXPECT_EQ(messages(100), "100 رسالة جديدة");
  EXPECT_EQ(messages(103), "103 رسائل جديدة");
  EXPECT_EQ(plain(arabic.plural(Key("appointment.walk"), 20)), "20 دقيقة مشيًا");
  EXPECT_EQ(plain(arabic.plural(Key("appointment.walk"), 5)), "5 دقائق مشيًا");
}

TEST(Catalogue, CountsOneAsTigrinyaDoesAndAsDutchDoes) {
  const Catalogue tigrinya = catalogue(Language::ti);
  EXPECT_EQ(tigrinya.plural(Key("sync.waiting"), 0), "ኣብዚ ተዓቂቡ፣ 0 ይጽበ ኣሎ");
  EXPECT_EQ(tigrinya.plural(Key("sync.waiting"), 1), "ኣብዚ ተዓቂቡ፣ 1 ይጽበ ኣሎ");
  EXPECT_EQ(tigrinya.plural(Key("sync.waiting"), 2), "ኣብዚ ተዓቂቡ፣ 2 ይጽበዩ ኣለዉ");
  const Catalogue dutch = Catalogue::dutch();
  EXPECT_EQ(dutch.plural(Key("sync.waiting"), 0), "Opgeslagen hier, 0 wachten");
  EXPECT_EQ(dutch.plural(Key("sync.waiting"), 1), "Opgeslagen hier, 1 wacht");
  EXPECT_EQ(dutch.plural(Key("sync.waiting"), 3), "Opgeslagen hier, 3 wachten");
}

TEST(Catalogue, PutsANameInItsPlace) {
  EXPECT_EQ(Catalogue::dutch().text(Key("home.hello"), {{"name", "Samir"}}), "Dag Samir");
  EXPECT_EQ(catalogue(Language::ar).text(Key("home.hello"), {{"name", "سمير"}}), "أهلًا سمير");
  EXPECT_EQ(Catalogue::dutch().text(Key("leefgeld.reason.receipt"), {{"name", "Marieke"}, {"number", "0411"}}), "Van Marieke, bon 0411");
}

TEST(Catalogue, LeavesBracesInAValueAlone) {
  EXPECT_EQ(Catalogue::dutch().text(Key("home.hello"), {{"name", "{name} {n}"}}), "Dag {name} {n}");
}

TEST(Catalogue, IsolatesWhatRunsTheOtherWay) {
  EXPECT_EQ(catalogue(Language::ar).text(Key("common.middle_dot"), {{"first", "Havenkade 12"}, {"second", "دقيقة مشيًا"}}),
            "\u2066Havenkade 12\u2069 · دقيقة مشيًا");
  EXPECT_EQ(Catalogue::dutch().text(Key("home.hello"), {{"name", "سمير"}}), "Dag \u2068سمير\u2069");
}

TEST(Catalogue, FallsBackToDutchForATextItLacks) {
  const auto french = Catalogue::load(kLocale, Language::fr);
  ASSERT_FALSE(french);
  EXPECT_EQ(french.error().code, ErrorCode::not_found);
  EXPECT_NE(french.error().sentence.find("/fr/"), std::string::npos);
  const Catalogue dutch = Catalogue::dutch();
  EXPECT_EQ(dutch.language(), Language::nl);
  EXPECT_EQ(dutch.text(Key("answer.come")), "Ik kom");
}

TEST_F(CatalogueFile, FallsBackTextByText) {
  std::ofstream(directory_ / "en.po")
      << "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n\"\n"
         "msgid \"answer.come\"\nmsgstr \"I am coming\"\n"
         "msgid \"answer.cannot\"\nmsgstr \"\"\n";
  ASSERT_EQ(std::system(("msgfmt -o " + file().string() + " " + (directory_ / "en.po").string()).c_str()), 0);
  const auto english = Catalogue::load(directory_, Language::en);
  ASSERT_TRUE(english) << english.error().sentence;
  EXPECT_TRUE(english->translates(Key("answer.come")));
  EXPECT_EQ(english->text(Key("answer.come")), "I am coming");
  EXPECT_FALSE(english->translates(Key("answer.cannot")));
  EXPECT_EQ(english->text(Key("answer.cannot")), "Ik kan niet");
  EXPECT_EQ(english->text(Key("home.hello"), {{"name", "Samir"}}), "Dag Samir");
  EXPECT_EQ(english->plural(Key("sync.waiting"), 1), "Opgeslagen hier, 1 wacht");
}

TEST_F(CatalogueFile, NeverShowsAKey) {
  EXPECT_EQ(Catalogue::dutch().text(Key("no.such.text")), "");
  EXPECT_EQ(Catalogue::dutch().plural(Key("no.such.text"), 2), "");
  EXPECT_EQ(catalogue(Language::ti).text(Key("no.such.text"), {{"name", "x"}}), "");
}

TEST_F(CatalogueFile, SaysThatAFileIsDamagedWhereverItIsCutShort) {
  const std::string whole = real();
  ASSERT_GT(whole.size(), 10000u);
  for (std::size_t size = 0; size < whole.size(); size += size < 64 ? 1 : 997) {
    write(std::string_view(whole).substr(0, size));
    const auto loaded = Catalogue::load(directory_, Language::en);
    ASSERT_FALSE(loaded) << size;
    EXPECT_EQ(loaded.error().code, ErrorCode::damaged);
  }
}

TEST_F(CatalogueFile, SurvivesAnyByteThatIsWrong) {
  std::string bytes = real();
  int refused = 0;
  for (std::size_t at = 0; at < bytes.size(); at += at < 9000 ? 1 : 101) {
    const char right = bytes[at];
    bytes[at] = static_cast<char>(right ^ 0x5a);
    write(bytes);
    if (const auto loaded = Catalogue::load(directory_, Language::en); !loaded) {
      EXPECT_EQ(loaded.error().code, ErrorCode::damaged);
      ++refused;
    } else {
      EXPECT_LT(loaded->text(Key("home.next_appointment")).size(), bytes.size());
      EXPECT_LT(loaded->plural(Key("sync.waiting"), 7).size(), bytes.size());
    }
    bytes[at] = right;
  }
  EXPECT_GT(refused, 100);
}

TEST(Languages, AreOfferedWhenTheirCatalogueIsThere) {
  EXPECT_EQ(available_languages(kLocale), (std::vector{Language::nl, Language::en, Language::ar, Language::ti}));
  EXPECT_EQ(available_languages("/nowhere"), std::vector{Language::nl});
}

TEST(Languages, KeepTheirNumbersAndTheirOwnNames) {
  EXPECT_EQ(static_cast<int>(Language::pt), 9);
  EXPECT_STREQ(own_name(Language::ti), "ትግርኛ");
  EXPECT_STREQ(own_name(Language::fa), "فارسی");
  for (const Language language : kLanguages) EXPECT_EQ(language_of(code(language)), language);
  EXPECT_EQ(language_of("xx"), std::nullopt);
}

}  // namespace huisbord::i18n
