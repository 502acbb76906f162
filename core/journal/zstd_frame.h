// SPDX-License-Identifier: GPL-3.0-or-later
// One zstd frame with a declared size and a bounded window, followed by zeroes (FORMAT.md 3.2).
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace huisbord {

/// One frame that declares its size: no checksum, no dictionary, window at most 1 MiB.
[[nodiscard]] Result<Bytes> compress_frame(ByteView content);

/// The frame at the front of `padded`, which must declare exactly `size` bytes; what follows it must be zero. Nothing is allocated before
/// the frame's own header was read. parse, limit.
[[nodiscard]] Result<Bytes> expand_frame(ByteView padded, std::size_t size);

}  // namespace huisbord
