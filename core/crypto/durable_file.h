// SPDX-License-Identifier: GPL-3.0-or-later
// Replacing a small file whole, so that a power cut leaves the old one or the new one.
#pragma once

#include <filesystem>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace huisbord::crypto {

/// Readable by its owner alone. disk_full, read_only, io; after any of them the old file stands unharmed.
[[nodiscard]] Status replace_file(const std::filesystem::path& path, ByteView content);
/// not_found, io, or too_large for more than `limit` bytes.
[[nodiscard]] Result<Bytes> read_small_file(const std::filesystem::path& path, std::size_t limit);

}  // namespace huisbord::crypto
