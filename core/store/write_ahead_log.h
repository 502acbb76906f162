// SPDX-License-Identifier: GPL-3.0-or-later
// SQLite's write-ahead log read before SQLite does: damage in it is told from a write that a power cut tore.
#pragma once

#include <filesystem>

#include "core/base/error.h"

namespace huisbord {

/// Whether a commit is filled up to the disk's sector by a copy of its last frame, as SQLite does where a VFS does not promise that a write
/// leaves its neighbours alone. The system's own promises it.
enum class SectorFill : std::uint8_t { none, copies };

/// SQLite takes the first frame that does not verify as the log's end, so a flipped byte would silently hide every commit behind it. But a
/// commit is synced before the next is written: a bad frame in a transaction that another one follows was whole once. damaged, with a
/// sentence; nothing is written. A missing or empty log is fine, and so is a torn last transaction (SCHEMA.md 1.1).
[[nodiscard]] Status check_write_ahead_log(const std::filesystem::path& vault, SectorFill fill);

}  // namespace huisbord
