// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases and passphrases from files, standard input or the environment: never from the command line, where every process can read them.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord {

/// The first line of a file ("-": of standard input), without its end. Warns on stderr when others than its owner may read the file.
[[nodiscard]] Result<crypto::SecretBytes> read_secret_line(const std::filesystem::path& path);

/// The house phrase, normalised: from `file` when it is named, else from the environment's HUISBORD_PHRASE, else asked for on the terminal.
[[nodiscard]] Result<crypto::SecretBytes> read_phrase(const std::filesystem::path& file);

/// Asked for on the terminal without showing it, or from `file` when it is named. At least eight characters.
[[nodiscard]] Result<crypto::SecretBytes> read_passphrase(const std::filesystem::path& file, const std::string& question);

}  // namespace huisbord
