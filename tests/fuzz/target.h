// SPDX-License-Identifier: GPL-3.0-or-later
// What a fuzz target is: the inputs that it begins with, and what it does with bytes from anywhere.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace huisbord::fuzz {

/// Each target's own: inputs of every shape that it reads.
[[nodiscard]] std::vector<Bytes> seeds();
/// Each target's own: never a crash, and a CHECK of what is promised about what was accepted.
void run(ByteView input);

/// The bytes of the vectors whose names begin so.
[[nodiscard]] std::vector<Bytes> vectors(std::string_view beginning);
/// An input of a target that reads several shapes: the first byte says which. Numbers are for ever, as found inputs are.
[[nodiscard]] Bytes shaped(std::uint8_t shape, ByteView bytes);
/// The target's own seeds, and what fuzzing it has found (tests/fuzz/found).
[[nodiscard]] std::vector<Bytes> beginnings();

}  // namespace huisbord::fuzz
