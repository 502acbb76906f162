// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a file that somebody hands in, up to a limit, and turning its bytes into UTF-8 text.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace huisbord {

/// Reads in chunks and never holds more than `limit` bytes. not_found, io, or too_large with the limit in the sentence.
[[nodiscard]] Result<Bytes> read_source(const std::filesystem::path& path, std::size_t limit);

/// UTF-8 with or without byte order mark, else Windows-1252 (what Excel on Windows writes). invalid for anything else.
[[nodiscard]] Result<std::string> decode_text(ByteView bytes);

/// At most `longest` bytes, cut between characters.
[[nodiscard]] std::string shortened(const std::string& text, std::size_t longest);

}  // namespace huisbord
