// SPDX-License-Identifier: GPL-3.0-or-later
// The form of each open kind's body (FORMAT.md 4.3).
#pragma once

#include "core/base/error.h"
#include "core/journal/operation.pb.h"

namespace huisbord {

/// True when the body of that kind is there and no other; 0: no open body at all.
[[nodiscard]] bool has_only_body(const journal::Operation& operation, std::uint32_t kind);

/// Of a known open kind whose body is there: identifiers have 16 bytes, texts and lists keep their limits. parse, limit.
[[nodiscard]] Status check_body(const journal::Operation& operation);

}  // namespace huisbord
