// SPDX-License-Identifier: GPL-3.0-or-later
// Asking a person, or a script, whether six words are the same on both sides.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/pairing/run.h"

namespace huisbord {

/// Shows the words on stdout and takes a line from stdin: yes, or the six words as they stand on the other side, is yes; anything else, and
/// the end of input, is no. With `hidden` the words are not shown, and only typing them is yes: for scripts that carry them over.
[[nodiscard]] WordsAgree ask_about(const PairingWords& words, const std::string& other_side, bool hidden);

}  // namespace huisbord
