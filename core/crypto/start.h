// SPDX-License-Identifier: GPL-3.0-or-later
// What every program does before anything else: cryptography ready and tested, no core dumps.
#pragma once

#include "core/base/error.h"

namespace huisbord::crypto {

/// Prepares libsodium, runs the known-answer test of every primitive that is linked (self_test.h) and turns core dumps and tracing by
/// others off. Idempotent: a second call returns what the first one found. A program that gets an error says it and ends.
[[nodiscard]] Status start();

}  // namespace huisbord::crypto
