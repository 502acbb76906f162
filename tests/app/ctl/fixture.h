// SPDX-License-Identifier: GPL-3.0-or-later
// Files that the tests of huisbordctl read, and files that they make.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "app/ctl/source_file.h"
#include "core/base/clock.h"

namespace huisbord {

inline std::filesystem::path fixture_path(const std::string& name) {
  return std::filesystem::path(HUISBORD_SOURCE_DIR) / "tests/app/ctl/fixtures" / name;
}

inline Bytes fixture(const std::string& name) {
  auto bytes = read_source(fixture_path(name), std::size_t{64} * 1024 * 1024);
  EXPECT_TRUE(bytes) << name;
  return bytes.value_or(Bytes{});
}

/// Nothing moves but by the test's hand.
class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return now_; }
  [[nodiscard]] Millis running() const override { return running_; }
  Millis now_;
  Millis running_;
};

}  // namespace huisbord
