// SPDX-License-Identifier: GPL-3.0-or-later
// Class and state of a device in words, as lists show them.
#pragma once

#include "core/journal/envelope/charter.h"

namespace huisbord {

[[nodiscard]] const char* word_of(DeviceClass device_class);
[[nodiscard]] const char* word_of(DeviceState state);

}  // namespace huisbord
