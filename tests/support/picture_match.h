// SPDX-License-Identifier: GPL-3.0-or-later
// Compares a picture with the stored one, leaves actual, expected and difference when they differ, and renews the stored ones on demand.
#pragma once

#include <string>

#include "tests/support/png.h"

namespace huisbord::tests {

struct Tolerance {
  int channel = 40;        ///< of 255: palette and other versions of FreeType move edges by that much
  double pixels = 0.0005;  ///< share of the picture's pixels that may differ by more
};

/// Empty when `actual` is the picture stored as `stored` (tests/ui/pictures/NAME.png) within the tolerance; else a sentence, and
/// NAME.actual.png, NAME.expected.png, NAME.difference.png in `leave_in`. With HUISBORD_RENEW_PICTURES=1 it stores `actual` instead.
/// Pictures are stored at half size in at most 48 colours, so that hundreds stay small; `actual` is compared at half size too.
[[nodiscard]] std::string compare_with_stored(const Picture& actual, const std::string& stored, const std::string& leave_in,
                                              Tolerance tolerance = {});

/// Averages 2 x 2 pixels.
[[nodiscard]] Picture half_size(const Picture& picture);

}  // namespace huisbord::tests
