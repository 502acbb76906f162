// SPDX-License-Identifier: GPL-3.0-or-later
// Decides between tap and drag, and what the pressed target is.
#include "app/kiosk/widgets/touch.h"

#include <cmath>

namespace huisbord::ui {
namespace {

constexpr std::size_t trail_length = 8;
constexpr float tap_margin = 8;  // a finger may slide off a target that far

}  // namespace

void TouchState::begin_frame(Point position, bool is_down, Millis now) {
  edge_down = is_down && !down;
  edge_up = !is_down && down;
  down = is_down;
  tapped = 0;
  swipe_released = false;
  drawing.clear();
  shield_drawing = 0;
  shields_drawing = 0;
  if (edge_down) {
    from = at = position;
    since = now;
    active = swipe_region = 0;
    swiping = false;
    swipe_offset = swipe_speed = 0;
    trail_.assign(1, {now, position.x});
    ignored = now < ignore_until;
    if (!ignored) press();
    return;
  }
  if (!down && !edge_up) return;
  at = position;
  if (down) {
    if (trail_.size() == trail_length) trail_.erase(trail_.begin());
    trail_.push_back({now, at.x});
  }
  if (ignored) {
    if (edge_up) ignored = false;
    return;
  }
  drag();
  if (!edge_up) return;
  if (swiping) {
    swipe_released = true;
    const std::int64_t ms = now.value - trail_.front().time.value;
    swipe_speed = ms > 0 ? (at.x - trail_.front().x) / static_cast<float>(ms) : 0;
  } else if (active != 0) {
    released = active;
    released_at = now;
    for (const Region& region : shown)
      if (region.id == active && !region.swipe && region.rect.inset(-tap_margin).holds(at)) tapped = active;
  }
}

void TouchState::press() {
  for (std::size_t i = shown.size(); i-- > shield_shown;) {
    if (!shown[i].rect.holds(from)) continue;
    std::uint64_t& found = shown[i].swipe ? swipe_region : active;
    if (found == 0) found = shown[i].id;
  }
}

void TouchState::drag() {
  const float dx = at.x - from.x, dy = at.y - from.y;
  if (!swiping && swipe_region != 0 && std::abs(dx) > swipe_slop && std::abs(dx) > std::abs(dy)) {
    swiping = true;
    active = 0;  // what began as a press is none any more: a swipe never taps
  }
  if (swiping) swipe_offset = dx;
}

void TouchState::end_frame() {
  std::swap(shown, drawing);
  shield_shown = shield_drawing;
  shields_shown = shields_drawing;
  if (edge_up) {
    active = 0;
    if (swiping) swiping = false;
    swipe_region = 0;
  }
}

void TouchState::screen_changed(Millis now) {
  ignore_until = Millis{now.value + ignore_after_change_ms};
  cancel();
}

void TouchState::cancel() {
  ignored = down;
  active = tapped = swipe_region = 0;
  swiping = swipe_released = false;
  swipe_offset = 0;
}

}  // namespace huisbord::ui
