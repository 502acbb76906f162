// SPDX-License-Identifier: GPL-3.0-or-later
// An operation from anywhere: never a crash, and what is accepted keeps its promises.
#include "core/journal/operation.h"

#include "core/base/check.h"
#include "core/journal/witness.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace huisbord;
  static journal::Operation operation;
  const ByteView raw(data, size);
  if (!parse_operation(raw, operation)) return 0;
  CHECK(size <= max_operation_size);
  CHECK(leading_stamp(raw) == operation.stamp());
  CHECK(operation.record().empty() || operation.record().size() == 16);
  if (!is_known(operation)) return 0;
  if (operation.kind() == static_cast<std::uint32_t>(Kind::witness)) CHECK(read_witness(operation).has_value());
  const auto again = write_operation(operation);
  CHECK(again.has_value() || again.error().code == ErrorCode::invalid);
  return 0;
}
