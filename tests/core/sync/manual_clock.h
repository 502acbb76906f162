// SPDX-License-Identifier: GPL-3.0-or-later
// A clock that stands until it is moved.
#pragma once

#include <atomic>

#include "core/base/clock.h"

namespace huisbord {

class ManualClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return {start_of_2026 + passed_}; }
  [[nodiscard]] Millis running() const override { return {1000 + passed_}; }
  void advance(Millis by) { passed_ += by.value; }

 private:
  static constexpr std::int64_t start_of_2026 = 1'767'225'600'000;
  std::atomic<std::int64_t> passed_ = 0;
};

}  // namespace huisbord
