// SPDX-License-Identifier: GPL-3.0-or-later
// A file of records under a generated phrase: what a backup is made of (KEYS.md 15).
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/password.h"

namespace huisbord::crypto {

/// Replaces the file whole: keys are kept apart from the store that they open, and end when the file that holds them is replaced. A record
/// has at most 1 MiB, and there is at least one. Errors of replace_file(); unavailable when memory is short.
[[nodiscard]] Status write_backup_file(const std::filesystem::path& path, const SecretBytes& phrase, Argon2Parameters parameters,
                                       std::span<const Bytes> records, Random& random);
/// Whoever reads keys wipes them. not_found, wrong_key, damaged (also: cut short, records in another order), newer_version, invalid for
/// another file.
[[nodiscard]] Result<std::vector<Bytes>> read_backup_file(const std::filesystem::path& path, const SecretBytes& phrase);

}  // namespace huisbord::crypto
