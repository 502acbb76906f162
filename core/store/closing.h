// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a store that the office closed or wiped: its keys are destroyed, and nothing brings it back (SCHEMA.md 10).
#pragma once

#include <filesystem>

#include "core/base/error.h"

namespace huisbord {

/// True from the first moment of destroy_store on, for ever: the program shows that this board has been closed, and nothing else.
[[nodiscard]] bool is_destroyed(const std::filesystem::path& folder);
/// Of a store's folder whose vault is not open: first a mark, then every key file is overwritten and removed, then vault, log and the rest;
/// the program's own settings (kiosk.toml) stay. Cut short, it is finished by calling it again. io when something is left; the rest is
/// gone.
[[nodiscard]] Status destroy_store(const std::filesystem::path& folder);

}  // namespace huisbord
