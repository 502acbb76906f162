// SPDX-License-Identifier: GPL-3.0-or-later
// A charter from anywhere: its frame, its body with the signatures out of the way, and what it says.
#include "core/journal/envelope/charter.h"

#include "core/base/check.h"
#include "core/journal/envelope/charter_body.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huisbord;
  const ByteView bytes(data, size);
  const auto named = charter_name(bytes);
  CHECK(!Charter::verify(bytes, {}, nullptr));
  constexpr std::size_t around = 12 + 64;
  if (size < around || size > max_charter_size) return 0;
  const auto charter = parse_charter_body(bytes.subspan(12, size - around));
  if (named) CHECK(charter && charter->number == named->number);
  if (!charter || !check_charter_sense(*charter)) return 0;
  CHECK(check_charter_follows(*charter, *charter).has_value());
  const auto again = parse_charter_body(write_charter_body(*charter));
  CHECK(again && write_charter_body(*again) == write_charter_body(*charter));
  (void)charter->highest_epoch();
  return 0;
}
