// SPDX-License-Identifier: GPL-3.0-or-later
// An organisation in a folder that goes with the test.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/ctl/applied.h"
#include "app/ctl/desk.h"
#include "core/crypto/random.h"
#include "core/crypto/start.h"
#include "core/crypto/words.h"
#include "tests/app/ctl/fixture.h"
#include "tests/support/temporary_folder.h"

namespace huisbord {

inline const Day test_day = Day::from(std::chrono::year(2026) / 11 / 21);

/// The fixtures' house and people; tests look at `desk`.
class TemporaryDesk : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(crypto::start());
    phrase = crypto::make_house_phrase(crypto::system_random());
    auto made = Desk::create({folder.path() / "desk", {folder.path() / "root"}}, phrase);
    ASSERT_TRUE(made) << made.error().sentence;
    desk.emplace(std::move(*made));
  }
  void reopen() {
    desk.reset();
    auto opened = Desk::open(folder.path() / "desk", phrase);
    ASSERT_TRUE(opened) << opened.error().sentence;
    desk.emplace(std::move(*opened));
  }
  Applied people(const Bytes& file) {
    const auto reading = read_people(file);
    EXPECT_TRUE(reading && reading->bad.empty());
    auto applied = apply_people(*desk, reading->rows, test_day);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().sentence);
    return applied.value_or(Applied{});
  }
  Applied leefgeld(const Bytes& file) {
    const auto reading = read_leefgeld(file);
    EXPECT_TRUE(reading && reading->bad.empty());
    const auto payees = all_payees(*desk, test_day);
    EXPECT_TRUE(payees);
    const auto lines = assign_lines(reading->rows, *payees);
    EXPECT_TRUE(lines.bad.empty());
    auto applied = apply_leefgeld(*desk, lines.rows);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().sentence);
    return applied.value_or(Applied{});
  }
  Applied appointments(const PersonId& person, const Bytes& file) {
    const StoppedClock stopped;
    const auto reading = read_calendar(file, test_day, stopped);
    EXPECT_TRUE(reading && reading->bad.empty());
    auto applied = apply_appointments(*desk, house(), person, *reading);
    EXPECT_TRUE(applied) << (applied ? "" : applied.error().sentence);
    return applied.value_or(Applied{});
  }
  [[nodiscard]] HouseId house() { return desk->find_house("Huis Zuid").value_or(House{}).id; }
  [[nodiscard]] ScopeId scope() { return house().as<ScopeTag>(); }
  /// By the name in the fixtures; the first of namesakes.
  [[nodiscard]] PersonId person(const std::string& called) {
    const auto payees = all_payees(*desk, test_day).value_or(std::vector<Payee>{});
    for (const Payee& payee : payees) {
      if (payee.called == called) return payee.person;
    }
    ADD_FAILURE() << "nobody is called so";
    return {};
  }
  [[nodiscard]] PersonRecord record(const PersonId& whose) {
    return desk->vault().open_person(scope(), whose, desk->vault().person_key(whose).value()).value();
  }

  TemporaryFolder folder;
  crypto::SecretBytes phrase;
  std::optional<Desk> desk;
};

}  // namespace huisbord
