// SPDX-License-Identifier: GPL-3.0-or-later
// Exponential with jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: "equal jitter").
#include "core/sync/backoff.h"

#include <algorithm>

#include "core/base/check.h"

namespace huisbord {
namespace {
constexpr int most_doublings = 20;
}

Backoff::Backoff(Settings settings, Random& random, const Clock& clock)
    : settings_(settings), random_(random), clock_(clock), due_(clock.running()), hurried_due_(due_) {
  CHECK(settings.tick.value > 0 && settings.longest >= settings.tick && settings.longest.value < (std::int64_t{1} << 31));
}

Millis Backoff::around_tick() {
  const std::int64_t tick = settings_.tick.value;
  const std::int64_t tenth = tick / 10;
  return {clock_.running().value + tick - tenth + random_.below(static_cast<std::uint32_t>(2 * tenth + 1))};
}

void Backoff::succeeded() {
  failures_ = 0;
  due_ = hurried_due_ = around_tick();
}

void Backoff::failed(Millis at_least) {
  hurried_due_ = around_tick();
  failures_ = std::min(failures_ + 1, most_doublings);
  const std::int64_t whole = std::min(settings_.tick.value << failures_, settings_.longest.value);
  const Millis drawn{clock_.running().value + whole / 2 + random_.below(static_cast<std::uint32_t>(whole - whole / 2 + 1))};
  const Millis asked{clock_.running().value + std::min(at_least, settings_.longest).value};
  due_ = std::max({drawn, asked, hurried_due_});
}

void Backoff::hurry() { due_ = std::min(due_, hurried_due_); }

Millis Backoff::wait() const { return {std::max<std::int64_t>(0, due_.value - clock_.running().value)}; }

}  // namespace huisbord
