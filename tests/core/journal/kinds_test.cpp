// SPDX-License-Identifier: GPL-3.0-or-later
// The table of kinds is the one that FORMAT.md shows; terms; and the lists of fields are closed.
#include "core/journal/kinds.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace huisbord {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(std::string(HUISBORD_SOURCE_DIR) + "/" + path);
  EXPECT_TRUE(in) << path;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The rows of the tables in one section of FORMAT.md, as cells.
std::vector<std::vector<std::string>> table_rows(const std::string& heading) {
  std::istringstream in(read_file("core/journal/FORMAT.md"));
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) inside = line == "## " + heading;
    if (!inside || !line.starts_with("| ") || line.starts_with("| ---")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line.substr(2));
    for (std::string cell; std::getline(row, cell, '|');) {
      const auto last = cell.find_last_not_of(' ');
      if (last == std::string::npos) continue;
      cells.push_back(cell.substr(cell.find_first_not_of(' '), last - cell.find_first_not_of(' ') + 1));
    }
    rows.push_back(cells);
  }
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

std::string term_name(const std::optional<TermClass>& term) {
  if (!term) return "as the operation says";
  static const std::map<TermClass, std::string> names{{TermClass::structure, "structure"}, {TermClass::appointment, "appointment"},
                                                      {TermClass::presence, "presence"},   {TermClass::rota, "rota"},
                                                      {TermClass::ledger, "ledger"},       {TermClass::stay, "stay"},
                                                      {TermClass::notice, "notice"}};
  return names.at(*term);
}

TEST(Kinds, AreThoseOfTheSpecification) {
  std::vector<std::vector<std::string>> expected;
  const auto yes = [](bool value) { return value ? "yes" : "no"; };
  for (const KindRule& rule : all_kinds()) {
    const std::string slot = rule.kind == Kind::personal ? "as listed" : rule.slot == 0 ? "none" : std::to_string(rule.slot);
    const std::string merge = rule.rule == MergeRule::last ? "last" : rule.rule == MergeRule::first ? "first" : "none";
    expected.push_back({std::to_string(static_cast<std::uint32_t>(rule.kind)), std::string(rule.name), slot, merge, yes(rule.kiosk_writes),
                        yes(rule.in_org), yes(rule.in_house), term_name(rule.term)});
  }
  EXPECT_EQ(table_rows("5 Kinds"), expected);
}

TEST(Kinds, TermsAreThoseOfTheSpecification) {
  std::size_t seen = 0;
  for (const auto& row : table_rows("6 Term classes")) {
    const auto term = static_cast<TermClass>(std::stoul(row.at(0)));
    EXPECT_EQ(term_name(term), row.at(1));
    const auto weeks = [&](DeviceClass device) {
      const auto kept = weeks_kept(term, device);
      return kept ? std::to_string(*kept) : std::string("for ever");
    };
    EXPECT_EQ(weeks(DeviceClass::kiosk), row.at(2));
    EXPECT_EQ(weeks(DeviceClass::desk), row.at(3));
    ++seen;
  }
  EXPECT_EQ(seen, 7u);
}

TEST(Kinds, OnlyDesksWriteToTheOrganisationButEveryReplicaWitnesses) {
  for (const KindRule& rule : all_kinds()) {
    const auto kind = static_cast<std::uint32_t>(rule.kind);
    EXPECT_EQ(may_write(kind, DeviceClass::kiosk, ScopeKind::org), rule.kind == Kind::witness) << rule.name;
    EXPECT_EQ(may_write(kind, DeviceClass::desk, ScopeKind::org), rule.in_org) << rule.name;
    EXPECT_EQ(may_write(kind, DeviceClass::desk, ScopeKind::house), rule.in_house) << rule.name;
  }
  EXPECT_FALSE(may_write(static_cast<std::uint32_t>(Kind::personal), DeviceClass::desk, ScopeKind::org)) << "never a resident as subject";
  EXPECT_FALSE(may_write(0, DeviceClass::desk, ScopeKind::house));
  EXPECT_FALSE(may_write(400, DeviceClass::desk, ScopeKind::house));
}

TEST(Kinds, AnOperationIsPastItsTermTheWeekAfterItsLast) {
  const auto rota = static_cast<std::uint32_t>(TermClass::rota);
  EXPECT_FALSE(past_term(rota, 100, DeviceClass::kiosk, {104}));
  EXPECT_TRUE(past_term(rota, 100, DeviceClass::kiosk, {105}));
  EXPECT_FALSE(past_term(rota, 100, DeviceClass::desk, {5000}));
  EXPECT_FALSE(past_term(static_cast<std::uint32_t>(TermClass::stay), 100, DeviceClass::kiosk, {5000}));
  EXPECT_FALSE(past_term(99, 100, DeviceClass::kiosk, {5000})) << "an unknown class is kept until it is known";
}

/// "Message.field = number type" for each field in a .proto.
std::set<std::string> fields_of(const std::string& path) {
  std::string text = std::regex_replace(read_file(path), std::regex("//[^\n]*"), "");
  static const std::regex token("(message|oneof)\\s+(\\w+)\\s*\\{|(\\})|(repeated\\s+)?(\\w+)\\s+(\\w+)\\s*=\\s*(\\d+)\\s*;");
  std::set<std::string> fields;
  std::vector<std::string> open;
  for (std::sregex_iterator it(text.begin(), text.end(), token), end; it != end; ++it) {
    const std::smatch& match = *it;
    if (match[1].matched) {
      open.push_back(match[1] == "message" ? match[2].str() : open.back());
    } else if (match[3].matched) {
      open.pop_back();
    } else if (!open.empty()) {
      fields.insert(open.back() + "." + match[6].str() + " = " + match[7].str() + " " + (match[4].matched ? "repeated " : "") +
                    match[5].str());
    }
  }
  return fields;
}

/// The same from the indented lists of one section of FORMAT.md.
std::set<std::string> fields_listed(const std::string& from, const std::string& to) {
  const std::string text = read_file("core/journal/FORMAT.md");
  const auto begin = text.find(from);
  const auto end = text.find(to, begin);
  EXPECT_NE(begin, std::string::npos);
  EXPECT_NE(end, std::string::npos);
  std::istringstream in(text.substr(begin, end - begin));
  std::string lists;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("    ")) lists += line.substr(line.find_first_not_of(' ')) + " ";
  }
  static const std::regex message("(\\w+) \\{([^}]*)\\}");
  static const std::regex field("(\\w+) = (\\d+)\\s+((repeated )?\\w+)");
  std::set<std::string> fields;
  for (std::sregex_iterator it(lists.begin(), lists.end(), message), last; it != last; ++it) {
    const std::string body = (*it)[2];
    for (std::sregex_iterator one(body.begin(), body.end(), field); one != last; ++one) {
      fields.insert((*it)[1].str() + "." + (*one)[1].str() + " = " + (*one)[2].str() + " " + (*one)[3].str());
    }
  }
  return fields;
}

TEST(Fields, OfAnOperationAreTheClosedListOfTheSpecification) {
  const auto written = fields_of("core/journal/operation.proto");
  EXPECT_GT(written.size(), 80u);
  EXPECT_EQ(written, fields_listed("### 4.3", "## 5"));
}

TEST(Fields, OfABoxAreThoseOfTheSpecification) {
  const auto written = fields_of("core/journal/personal.proto");
  EXPECT_TRUE(written.contains("PersonalChange.entry = 7 Entry"));
  EXPECT_EQ(written, fields_listed("### 7.1", "### 7.2"));
}

TEST(Fields, OfACharterAreThoseOfTheSpecification) {
  const auto written = fields_of("core/journal/envelope/charter.proto");
  EXPECT_TRUE(written.contains("CharterBody.erased = 11 repeated bytes"));
  EXPECT_EQ(written, fields_listed("### 8.3", "### 8.4"));
}

}  // namespace
}  // namespace huisbord
