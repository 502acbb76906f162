// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256, for Content-Digest (RFC 9530) alone, because others know it; everything of our own is BLAKE2b.
#pragma once

#include "core/base/bytes.h"

namespace huisbord::crypto {

[[nodiscard]] ByteArray<32> sha256(ByteView input);

}  // namespace huisbord::crypto
