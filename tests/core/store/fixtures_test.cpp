// SPDX-License-Identifier: GPL-3.0-or-later
// A vault that any release wrote opens in this one: fixtures/schema-N.db, one of every schema, kept for ever.
#include <cstdlib>

#include "core/store/migrations.h"
#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

fs::path fixture(int schema) {
  return fs::path(HUISBORD_SOURCE_DIR) / "tests/core/store/fixtures" / ("schema-" + std::to_string(schema) + ".db");
}

class FixturesTest : public HouseTest {};

/// HUISBORD_NEW_FIXTURE=1 writes the newest schema's file, once, when a migration was added.
TEST_F(FixturesTest, AFileOfEverySchemaOpensAndIsSound) {
  if (std::getenv("HUISBORD_NEW_FIXTURE") != nullptr && !fs::exists(fixture(newest_schema()))) {
    mark_done(0);
    exchange();
    mark_done(1);
    kiosk_.reset();
    fs::copy_file(folder_ / "kiosk.db", fixture(newest_schema()));
  }
  for (int schema = 1; schema <= newest_schema(); ++schema) {
    SCOPED_TRACE(schema);
    const fs::path path = folder_ / ("old-" + std::to_string(schema) + ".db");
    fs::copy_file(fixture(schema), path);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    auto vault = must(Vault::open(path, SmallOrganisation::store_key(), organisation_.options()));
    EXPECT_EQ(must(vault->houses()).at(0).name, "Huis De Linde");
    const auto scopes = vault->scopes();
    const ScopeId& there = scopes.at(scopes.at(0).bytes == vault->organisation().bytes ? 1 : 0);
    EXPECT_EQ(must(vault->rooms(there)).size(), 2u);
    const auto duties = must(vault->duties(there, today(), today() + 6));
    ASSERT_EQ(duties.size(), 7u);
    EXPECT_TRUE(duties[0].duty.done);
    EXPECT_TRUE(duties[0].arrived);
    EXPECT_TRUE(duties[1].duty.done);
    EXPECT_FALSE(duties[1].arrived);
    EXPECT_EQ(vault->waiting_count(), 1u);
    const VerifyReport report = must(vault->verify());
    EXPECT_TRUE(report.sound()) << report.faults.at(0);
  }
}

}  // namespace
}  // namespace huisbord
