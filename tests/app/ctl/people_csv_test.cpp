// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of residents, good and bad.
#include "app/ctl/people_csv.h"

#include <gtest/gtest.h>

#include "app/ctl/csv_table.h"
#include "tests/app/ctl/fixture.h"

namespace huisbord {
namespace {

TEST(ReadPeople, TakesAListAsExcelSavesItInBothEncodings) {
  for (const char* name : {"people.csv", "people-windows1252.csv"}) {
    const auto reading = read_people(fixture(name));
    ASSERT_TRUE(reading) << name;
    EXPECT_TRUE(reading->bad.empty());
    ASSERT_EQ(reading->rows.size(), 4u);
    const PersonRow& second = reading->rows[1];
    EXPECT_EQ(second.line, 3u);
    EXPECT_EQ(second.house, "Huis Zuid");
    EXPECT_EQ(second.woongroep, "Groep 1");
    EXPECT_EQ(second.called, "Zoé");
    EXPECT_EQ(second.symbol, Symbol::mountain);
    EXPECT_EQ(second.language, "fr");
    EXPECT_EQ(second.managers.legal, "A. Jansen");
    EXPECT_FALSE(second.managers.social);
    EXPECT_EQ(reading->rows[2].symbol, Symbol::kite);
    EXPECT_EQ(reading->rows[2].arrived, Day::from(std::chrono::year(2026) / 1 / 5));
  }
}

TEST(ReadPeople, TakesCommasQuotesAndLinesInsideAValueAndRemarksOnUnknownColumns) {
  const auto reading = read_people(fixture("people-comma.csv"));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->rows.size(), 2u);
  EXPECT_EQ(reading->rows[0].called, "Sesay, Alpha");
  EXPECT_EQ(reading->rows[1].called, "two\nlines \"quoted\"");
  EXPECT_EQ(reading->rows[1].line, 3u);
  EXPECT_FALSE(reading->rows[0].symbol);
  ASSERT_EQ(reading->remarks.size(), 1u);
  EXPECT_NE(reading->remarks[0].find("shoe size"), std::string::npos);
}

TEST(ReadPeople, ListsEveryBadValueWithLineColumnValueAndReason) {
  const auto reading = read_people(fixture("people-bad.csv"));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->rows.size(), 1u);
  EXPECT_EQ(reading->rows[0].called, "Senait");
  std::vector<std::string> found;
  for (const BadLine& bad : reading->bad) found.push_back(std::to_string(bad.line) + "/" + bad.column + "/" + bad.value);
  EXPECT_EQ(found, (std::vector<std::string>{"2/symbool/eenhoorn", "3/roepnaam/", "3/instroom/31-02-2026", "5/taal/tigre", "6//", "7//"}));
  for (const BadLine& bad : reading->bad) EXPECT_FALSE(bad.reason.empty());
}

TEST(ReadPeople, NamesTheColumnsThatAreMissing) {
  const auto reading = read_people(view("huis;kamer\nHuis Zuid;1\n"));
  ASSERT_FALSE(reading);
  EXPECT_NE(reading.error().sentence.find("woongroep, roepnaam, instroom"), std::string::npos);
}

TEST(ReadPeople, RefusesAnEmptyFileAndATwofoldHeading) {
  EXPECT_FALSE(read_people(view("")));
  EXPECT_FALSE(read_people(view("\r\n\r\n")));
  EXPECT_FALSE(read_people(view("huis;woongroep;kamer;roepnaam;instroom;room\n")));
}

TEST(ReadCsv, SaysOnWhichLineAQuotationMarkIsLeftOpen) {
  const auto reading = read_people(view("huis;woongroep;kamer;roepnaam;instroom\nH;W;1;\"open;01-01-2026\nH;W;1;b;01-01-2026\n"));
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->bad.size(), 1u);
  EXPECT_EQ(reading->bad[0].line, 2u);
  EXPECT_NE(reading->bad[0].reason.find("never closed"), std::string::npos);
}

TEST(ReadCsv, CountsLinesOfAnyEnding) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    std::string text =
        std::string("huis;woongroep;kamer;roepnaam;instroom") + end + end + "H;W;1;a;01-01-2026" + end + "H;W;1;b;never" + end;
    const auto reading = read_people(view(text));
    ASSERT_TRUE(reading);
    ASSERT_EQ(reading->bad.size(), 1u);
    EXPECT_EQ(reading->bad[0].line, 4u);
  }
}

TEST(ReadCsv, EndsAtItsLimitsAndNamesThem) {
  const std::string heading = "huis;woongroep;kamer;roepnaam;instroom\n";
  const auto sentence = [](const std::string& text) {
    const auto reading = read_people(view(text));
    EXPECT_FALSE(reading);
    return reading ? std::string() : reading.error().sentence;
  };
  EXPECT_NE(sentence(heading + "\"" + std::string(max_csv_bytes - 100, 'x') + "\";\n").find(std::to_string(max_csv_value)),
            std::string::npos);
  EXPECT_NE(sentence(heading + std::string(1000, ';') + "\n").find(std::to_string(max_csv_columns)), std::string::npos);
  std::string rows = heading;
  for (std::size_t i = 0; i <= max_csv_rows; ++i) rows += "a;b;c;d;e\n";
  EXPECT_NE(sentence(rows).find(std::to_string(max_csv_rows)), std::string::npos);
  EXPECT_NE(sentence(std::string(max_csv_bytes + 1, 'x')).find(std::to_string(max_csv_bytes)), std::string::npos);
}

}  // namespace
}  // namespace huisbord
