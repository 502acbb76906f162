// SPDX-License-Identifier: GPL-3.0-or-later
// Where a root key comes: two media, and what an operator is told about them.
#pragma once

#include <filesystem>
#include <span>

#include "core/base/error.h"

namespace huisbord {

/// invalid unless there are two folders, or one that holds a root key.
[[nodiscard]] Status check_root_media(std::span<const std::filesystem::path> media);
/// On standard output, with what to do with them; on stderr when both lie on one disk.
void show_root_media(std::span<const std::filesystem::path> media);

}  // namespace huisbord
