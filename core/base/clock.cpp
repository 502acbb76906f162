// SPDX-License-Identifier: GPL-3.0-or-later
// The machine's own clock.
#include "core/base/clock.h"

namespace huisbord {
namespace {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Millis now() const override { return since_epoch<std::chrono::system_clock>(); }
  [[nodiscard]] Millis running() const override { return since_epoch<std::chrono::steady_clock>(); }

 private:
  template <class Source>
  static Millis since_epoch() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(Source::now().time_since_epoch()).count()};
  }
};

}  // namespace

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

}  // namespace huisbord
