// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a message of Protocol Buffers from anywhere: nested no deeper and holding no more than its bytes allow.
#pragma once

#include <google/protobuf/message_lite.h>

#include "core/base/bytes.h"

namespace huisbord {

/// Adds to `into`; false when the bytes are no such message, or nested deeper. What it allocates is bounded by the size of the bytes: a
/// field that says it is longer than they are is refused before Protocol Buffers makes room for it (up to 50 MB by itself).
[[nodiscard]] bool read_message(ByteView bytes, int nesting, google::protobuf::MessageLite& into);

}  // namespace huisbord
