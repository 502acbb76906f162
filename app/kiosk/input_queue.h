// SPDX-License-Identifier: GPL-3.0-or-later
// Finger events in the order they came, handed out one edge a frame, so that a fast tap is never lost.
#pragma once

#include <cstdint>
#include <deque>

#include "app/kiosk/widgets/geometry.h"

namespace huisbord {

/// Places are device pixels. Only the first finger counts: a second one, a palm, is ignored until all are up.
class InputQueue {
 public:
  void finger_down(std::int64_t finger, ui::Point at);
  void finger_move(std::int64_t finger, ui::Point at);
  void finger_up(std::int64_t finger, ui::Point at);
  /// The device vanished, the window lost its focus: a finger that is down is taken up outside everything.
  void cancel();

  struct State {
    ui::Point at;
    bool down = false;
    bool cancelled = false;  ///< in this frame
  };
  /// What the next frame sees: all moves up to the next edge, and that edge when no other went before.
  [[nodiscard]] State next();
  [[nodiscard]] bool empty() const { return events_.empty(); }

 private:
  enum class Kind : std::uint8_t { down, move, up, cancel };
  struct Event {
    Kind kind;
    ui::Point at;
  };
  std::deque<Event> events_;
  bool has_finger_ = false;
  std::int64_t finger_ = 0;
  State state_;
};

}  // namespace huisbord
