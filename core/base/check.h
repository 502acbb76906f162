// SPDX-License-Identifier: GPL-3.0-or-later
// CHECK: ends the program, also in release, when an invariant of ours is broken; never used on outside input.
#pragma once

namespace huisbord {

/// Prints place and expression to stderr (never a value) and aborts.
[[noreturn]] void check_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace huisbord

#define CHECK(condition) (static_cast<bool>(condition) ? static_cast<void>(0) : ::huisbord::check_failed(#condition, __FILE__, __LINE__))
