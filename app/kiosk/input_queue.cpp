// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps finger edges apart so that each gets a frame of its own.
#include "app/kiosk/input_queue.h"

namespace huisbord {

void InputQueue::finger_down(std::int64_t finger, ui::Point at) {
  if (has_finger_) return;
  has_finger_ = true;
  finger_ = finger;
  events_.push_back({Kind::down, at});
}

void InputQueue::finger_move(std::int64_t finger, ui::Point at) {
  if (!has_finger_ || finger != finger_) return;
  if (!events_.empty() && events_.back().kind == Kind::move)
    events_.back().at = at;
  else
    events_.push_back({Kind::move, at});
}

void InputQueue::finger_up(std::int64_t finger, ui::Point at) {
  if (!has_finger_ || finger != finger_) return;
  has_finger_ = false;
  events_.push_back({Kind::up, at});
}

void InputQueue::cancel() {
  if (!has_finger_) return;
  has_finger_ = false;
  events_.push_back({Kind::cancel, {}});
}

InputQueue::State InputQueue::next() {
  state_.cancelled = false;
  while (!events_.empty()) {
    const Event event = events_.front();
    events_.pop_front();
    if (event.kind == Kind::cancel) {
      state_.down = false;
      state_.cancelled = true;
      break;
    }
    state_.at = event.at;
    if (event.kind == Kind::move) continue;
    state_.down = event.kind == Kind::down;
    break;
  }
  return state_;
}

}  // namespace huisbord
