// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a program whose own invariant broke.
#include "core/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace huisbord {

void check_failed(const char* expression, const char* file, int line) noexcept {
  std::fprintf(stderr, "broken invariant: %s at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace huisbord
