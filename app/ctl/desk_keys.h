// SPDX-License-Identifier: GPL-3.0-or-later
// A desk's keys as its programs tend them: what time and erasures ask, and the backup of keys that follows each.
#pragma once

#include "app/ctl/desk.h"

namespace huisbord {

/// Whatever is due, to its end; how many charters were written, which the next round puts to the relay.
[[nodiscard]] Result<std::size_t> tend_desk(Desk& desk, const std::filesystem::path& folder, Day today);

/// Where this desk's keys are backed up; nothing before the first time.
[[nodiscard]] Result<std::optional<std::filesystem::path>> keys_backup_path(Desk& desk);
/// Replaces that file (or begins one at `path`) under a new phrase, which it returns: what opened the former opens nothing of it.
[[nodiscard]] Result<crypto::SecretBytes> replace_keys_backup(Desk& desk, const std::filesystem::path& path);
/// Writes a phrase into a file that must not be there yet, and says so.
[[nodiscard]] Status hand_over_phrase(const crypto::SecretBytes& phrase, const std::filesystem::path& file, const std::string& what);

}  // namespace huisbord
