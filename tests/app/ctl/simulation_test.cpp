// SPDX-License-Identifier: GPL-3.0-or-later
// Simulated organisations: the same seed lives the same life, and what was lived adds up.
#include "app/ctl/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/domain/leefgeld.h"
#include "core/domain/stay.h"
#include "tests/app/ctl/temporary_desk.h"

namespace huisbord {
namespace {

struct Lived {
  TemporaryFolder folder;
  SimulatedClock clock;
  std::optional<Desk> desk;
  SimulationReport report;

  explicit Lived(std::uint64_t seed) {
    EXPECT_TRUE(crypto::start());
    const SimulationPlan plan{2, 18, 5, seed, test_day};
    clock.stand_at(i18n::HouseZone::open()->start_of(simulation_start(plan)));
    VaultOptions options;
    options.clock = &clock;
    auto made =
        Desk::create({folder.path() / "desk", {folder.path() / "root"}}, crypto::make_house_phrase(crypto::system_random()), options);
    EXPECT_TRUE(made);
    desk.emplace(std::move(*made));
    auto done = simulate(*desk, clock, plan);
    EXPECT_TRUE(done) << (done ? "" : done.error().sentence);
    report = done.value_or(SimulationReport{});
  }

  std::vector<std::string> story() {
    std::vector<std::string> lines;
    const auto houses = desk->vault().houses();
    for (const House& house : *houses) {
      const auto scope = house.id.as<ScopeTag>();
      const auto placings = desk->vault().placings(scope);
      for (const Placing& placing : *placings) {
        const auto key = desk->vault().person_key(placing.person);
        const auto record = desk->vault().open_person(scope, placing.person, *key);
        lines.push_back(house.name + record->identity->called + std::to_string(placing.from.value) + " " +
                        std::to_string(record->entries.size()) + " " + std::to_string(record->appointments.size()));
      }
      const auto duties = desk->vault().duties(scope, test_day - 60, test_day);
      for (const StoredDuty& stored : *duties)
        lines.push_back(stored.duty.id.hex() + stored.duty.room.hex() + (stored.duty.done ? "done" : ""));
    }
    std::ranges::sort(lines);
    return lines;
  }
};

TEST(Simulation, LivesTheSameLifeBySeed) {
  Lived a(3);
  Lived b(3);
  Lived c(4);
  EXPECT_GT(a.report.operations, 1000u);
  EXPECT_EQ(a.story(), b.story());
  EXPECT_NE(a.story(), c.story());
}

TEST(Simulation, LeavesASoundStoreWithEverybodyInABed) {
  Lived lived(5);
  EXPECT_TRUE(lived.desk->vault().verify()->sound());
  std::size_t here = 0;
  const auto houses = lived.desk->vault().houses();
  for (const House& house : *houses) {
    const auto placings = lived.desk->vault().placings(house.id.as<ScopeTag>());
    here += static_cast<std::size_t>(std::ranges::count_if(*placings, [](const Placing& placing) { return stays_on(placing, test_day); }));
  }
  EXPECT_EQ(here, 18u);
  EXPECT_EQ(lived.report.people, 18u);
  EXPECT_GT(lived.report.left, 0u);
}

TEST(Simulation, CarriesBalancesThatAgreeWithEveryLine) {
  Lived lived(6);
  std::size_t carried = 0;
  const auto houses = lived.desk->vault().houses();
  for (const House& house : *houses) {
    const auto placings = lived.desk->vault().placings(house.id.as<ScopeTag>());
    for (const Placing& placing : *placings) {
      const auto record =
          lived.desk->vault().open_person(house.id.as<ScopeTag>(), placing.person, *lived.desk->vault().person_key(placing.person));
      std::vector<Entry> entries;
      Cents sum;
      for (const StoredEntry& stored : record->entries) {
        entries.push_back(stored.entry);
        if (stored.entry.kind == EntryKind::carried) {
          ++carried;
        } else {
          sum += stored.entry.amount;
        }
      }
      EXPECT_EQ(balance(entries), sum);
    }
  }
  EXPECT_GT(carried, 0u);
}

}  // namespace
}  // namespace huisbord
