// SPDX-License-Identifier: GPL-3.0-or-later
// The numbered steps from an empty file to the newest schema; a step that was released is never edited (SCHEMA.md 3).
#pragma once

#include "core/store/database.h"

namespace huisbord {

/// The newest schema that this release knows: PRAGMA user_version.
[[nodiscard]] int newest_schema();
/// newer_version when a later release wrote the file; damaged when it is no vault of ours.
[[nodiscard]] Status check_schema(Database& database, const std::string& name);
/// Takes the steps that are missing, each in a transaction of its own.
[[nodiscard]] Status migrate(Database& database);

}  // namespace huisbord
