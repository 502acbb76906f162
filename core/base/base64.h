// SPDX-License-Identifier: GPL-3.0-or-later
// Base64 as RFC 4648 section 4 writes it, with its padding; one text for each byte string and no other.
#pragma once

#include "core/base/bytes.h"

namespace huisbord {

[[nodiscard]] std::string to_base64(ByteView bytes);
/// Nothing for any text that to_base64 does not make.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

}  // namespace huisbord
