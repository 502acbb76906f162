// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of leefgeld: kinds, signs, and whose each line is.
#include "app/ctl/leefgeld_csv.h"

#include <gtest/gtest.h>

#include "tests/app/ctl/fixture.h"

namespace huisbord {
namespace {

const PersonId amanuel{{1}};
const PersonId first_lemlem{{2}};
const PersonId second_lemlem{{3}};

std::vector<Payee> payees() {
  return {{amanuel, "Huis Zuid", "1", "Amanuel", Symbol::bicycle},
          {first_lemlem, "Huis Zuid", "2", "Lemlem", Symbol::kite},
          {second_lemlem, "Huis Zuid", "2", "Lemlem", Symbol::moon}};
}

std::string one_line(const std::string& kind, const std::string& amount) {
  return "huis;kamer;roepnaam;datum;soort;bedrag;reden\nHuis Zuid;1;Amanuel;05-11-2026;" + kind + ";" + amount + ";r\n";
}

TEST(ReadLeefgeld, TakesAmountsAndKindsAsTheAdministrationWritesThem) {
  const auto reading = read_leefgeld(fixture("leefgeld.csv"));
  ASSERT_TRUE(reading);
  EXPECT_TRUE(reading->bad.empty());
  ASSERT_EQ(reading->rows.size(), 9u);
  EXPECT_EQ(reading->rows[1].kind, EntryKind::paid_cash);
  EXPECT_EQ(reading->rows[1].amount, Cents{-5000});
  EXPECT_EQ(reading->rows[4].kind, EntryKind::correction);
  EXPECT_EQ(reading->rows[4].amount, Cents{-750});
  EXPECT_EQ(reading->rows[4].reason, "sleutel kwijt");
}

TEST(ReadLeefgeld, RefusesASignThatContradictsTheKind) {
  for (const auto& [kind, amount] :
       std::vector<std::pair<std::string, std::string>>{{"uitbetaling", "50,00"}, {"toekenning", "-50,00"}, {"inhouding", "5"}}) {
    const auto reading = read_leefgeld(view(one_line(kind, amount)));
    ASSERT_TRUE(reading);
    ASSERT_EQ(reading->bad.size(), 1u) << kind;
    EXPECT_EQ(reading->bad[0].column, "bedrag");
  }
  EXPECT_TRUE(read_leefgeld(view(one_line("correctie", "5,00")))->bad.empty());
}

TEST(ReadLeefgeld, RefusesAnUnknownKindAndAnAmountThatMayMeanTwoThings) {
  EXPECT_EQ(read_leefgeld(view(one_line("bonus", "5,00")))->bad.at(0).column, "soort");
  EXPECT_EQ(read_leefgeld(view(one_line("toekenning", "1.234")))->bad.at(0).value, "1.234");
  EXPECT_EQ(read_leefgeld(view(one_line("toekenning", "")))->bad.at(0).reason, "is empty");
}

TEST(AssignLines, GivesNamesakesTheirBlocksInOrderAndSaysSo) {
  const auto reading = read_leefgeld(fixture("leefgeld.csv"));
  const auto lines = assign_lines(reading->rows, payees());
  EXPECT_TRUE(lines.bad.empty());
  ASSERT_EQ(lines.rows.size(), 9u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(lines.rows[i].person, amanuel);
  EXPECT_EQ(lines.rows[5].person, first_lemlem);
  EXPECT_EQ(lines.rows[6].person, first_lemlem);
  EXPECT_EQ(lines.rows[7].person, second_lemlem);
  EXPECT_EQ(lines.remarks.size(), 2u);
}

TEST(AssignLines, RefusesNamesakesWhoseBlocksDoNotComeOut) {
  auto rows = read_leefgeld(fixture("leefgeld.csv"))->rows;
  rows.resize(7);  // only the first of the two
  const auto lines = assign_lines(rows, payees());
  EXPECT_EQ(lines.rows.size(), 5u);
  EXPECT_EQ(lines.bad.size(), 2u);
  EXPECT_NE(lines.bad[0].reason.find("symbool"), std::string::npos);
}

TEST(AssignLines, TakesASymbolForCertain) {
  auto rows = read_leefgeld(fixture("leefgeld.csv"))->rows;
  for (auto& row : rows) {
    if (row.called == "Lemlem") row.symbol = Symbol::moon;
  }
  const auto lines = assign_lines(rows, payees());
  EXPECT_TRUE(lines.bad.empty());
  EXPECT_TRUE(lines.remarks.empty());
  for (std::size_t i = 5; i < 9; ++i) EXPECT_EQ(lines.rows[i].person, second_lemlem);
  // Alike in every value, yet two lines.
  EXPECT_EQ(lines.rows[5].repetition, 0u);
  EXPECT_EQ(lines.rows[7].repetition, 1u);
}

TEST(AssignLines, RefusesALineOfNobody) {
  const auto rows = read_leefgeld(fixture("leefgeld.csv"))->rows;
  const auto lines = assign_lines(rows, std::vector<Payee>{});
  EXPECT_TRUE(lines.rows.empty());
  EXPECT_EQ(lines.bad.size(), 9u);
  EXPECT_EQ(lines.bad[0].line, 2u);
}

}  // namespace
}  // namespace huisbord
