// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a message of Protocol Buffers from anywhere: nested no deeper and holding no more than its bytes allow.
#pragma once

#include <google/protobuf/message_lite.h>

#include <limits>

#include "core/base/bytes.h"

namespace huisbord {

/// Groups, which proto3 no longer writes: their fields are met in the same walk (a group is two tags around them), or there may be none.
enum class Groups : std::uint8_t { walked, refused };
enum class FieldWalk : std::uint8_t { fits, too_many, unfit };

/// Over the outer fields of a message, making nothing: too_many as soon as one more than \p most begins, unfit where one is cut short, says
/// that it is longer than the bytes, or has no known form.
[[nodiscard]] FieldWalk walk_fields(ByteView bytes, Groups groups, std::size_t most = std::numeric_limits<std::size_t>::max());

/// Adds to `into`; false when the bytes are no such message, or nested deeper. What it allocates is bounded by the size of the bytes: a
/// field that says it is longer than they are is refused before Protocol Buffers makes room for it (up to 50 MB by itself).
[[nodiscard]] bool read_message(ByteView bytes, int nesting, google::protobuf::MessageLite& into);

}  // namespace huisbord
