// SPDX-License-Identifier: GPL-3.0-or-later
// The numbered steps from an empty file to the newest schema; a step that was released is never edited (SCHEMA.md 3).
#include "core/store/migrations.h"

#include <array>

namespace huisbord {

namespace {

constexpr std::int64_t application_id = 0x48425654;  // "HBVT"

// Step 1. Column order in the keys is what keeps neighbours together: SCHEMA.md 3 says why each is as it is.
constexpr const char* step_1 = R"sql(
  CREATE TABLE founding (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE person_key (person BLOB PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE scope (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, charter BLOB NOT NULL, acknowledged INTEGER NOT NULL,
                      elsewhere INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE charter (scope INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,
                        PRIMARY KEY (scope, hash)) WITHOUT ROWID;
  CREATE TABLE epoch (scope INTEGER NOT NULL, id BLOB NOT NULL, key BLOB NOT NULL, PRIMARY KEY (scope, id)) WITHOUT ROWID;
  CREATE TABLE segment (scope INTEGER NOT NULL, device INTEGER NOT NULL, first INTEGER NOT NULL, hash BLOB NOT NULL,
                        last INTEGER NOT NULL, state INTEGER NOT NULL, header BLOB NOT NULL, body BLOB,
                        PRIMARY KEY (scope, device, first, hash)) WITHOUT ROWID;
  CREATE INDEX segment_pending ON segment (scope, device) WHERE state < 2;
  CREATE TABLE operation (scope INTEGER NOT NULL, device INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
                          PRIMARY KEY (scope, device, number)) WITHOUT ROWID;
  CREATE TABLE parked (scope INTEGER NOT NULL, device INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL,
                       PRIMARY KEY (scope, device, number, hash)) WITHOUT ROWID;
  CREATE TABLE slot (scope INTEGER NOT NULL, tab INTEGER NOT NULL, week INTEGER NOT NULL, owner BLOB NOT NULL, record BLOB NOT NULL,
                     slot INTEGER NOT NULL, stamp INTEGER NOT NULL, device INTEGER NOT NULL, number INTEGER NOT NULL,
                     PRIMARY KEY (scope, tab, week, owner, record, slot, stamp, device, number)) WITHOUT ROWID;
)sql";

// A later step: where a snapshot stands for a device's chain up to a number.
constexpr const char* step_2 = R"sql(
  CREATE TABLE base (scope INTEGER NOT NULL, device INTEGER NOT NULL, number INTEGER NOT NULL, hash BLOB NOT NULL, stamp INTEGER NOT NULL,
                     PRIMARY KEY (scope, device)) WITHOUT ROWID;
)sql";

constexpr std::array steps = {step_1, step_2};

}  // namespace

int newest_schema() { return static_cast<int>(steps.size()); }

Status check_schema(Database& database, const std::string& name) {
  TRY_ASSIGN(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version > newest_schema())
    return fail(ErrorCode::newer_version, name + " was written by a newer release (schema " + std::to_string(version) +
                                              ", this one knows " + std::to_string(newest_schema()) +
                                              "). Install that release; nothing was changed.");
  TRY_ASSIGN(const std::int64_t application, database.integer("PRAGMA application_id"));
  if (application != application_id || version < 1) return fail(ErrorCode::damaged, name + " is no vault.");
  return {};
}

Status migrate(Database& database) {
  TRY_ASSIGN(std::int64_t version, database.integer("PRAGMA user_version"));
  for (; version < newest_schema(); ++version) {
    const Status taken = database.transaction([&]() -> Status {
      TRY_STATUS(database.execute(steps[static_cast<std::size_t>(version)]));
      TRY_STATUS(database.execute("PRAGMA application_id = " + std::to_string(application_id)));
      return database.execute("PRAGMA user_version = " + std::to_string(version + 1));
    });
    TRY_STATUS(taken);
  }
  return {};
}

}  // namespace huisbord
