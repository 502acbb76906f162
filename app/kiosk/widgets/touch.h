// SPDX-License-Identifier: GPL-3.0-or-later
// Where the finger is and what it means: which target of the last frame it went down on, whether it drags, whether it is to be ignored.
#pragma once

#include <cstdint>
#include <vector>

#include "app/kiosk/widgets/geometry.h"
#include "core/base/clock.h"

namespace huisbord::ui {

/// Places are physical logical units (after mirroring). A frame sees at most one edge. A finger goes down on what the last frame showed,
/// so what lies on top and what a shield hides is known before anything is drawn, and the pressed state is seen in the same frame.
struct TouchState {
  static constexpr std::int64_t ignore_after_change_ms = 300;
  static constexpr float swipe_slop = 24;  ///< 4 mm: a standing person's finger trembles less

  struct Region {
    std::uint64_t id = 0;
    Rect rect;
    bool swipe = false;
  };

  void begin_frame(Point at, bool down, Millis now);
  void end_frame();
  /// Nothing counts for 300 ms, and the gesture under way is over.
  void screen_changed(Millis now);
  void cancel();

  // Of the finger
  Point at, from;
  Millis since{};
  bool down = false, edge_down = false, edge_up = false;
  bool ignored = false;  ///< this gesture
  Millis ignore_until{-1};
  // Of the gesture
  std::uint64_t active = 0;    ///< target that it began on
  std::uint64_t tapped = 0;    ///< in this frame
  std::uint64_t released = 0;  ///< the last that a finger left
  Millis released_at{};
  std::uint64_t swipe_region = 0;  ///< region that it began on
  bool swiping = false, swipe_released = false;
  float swipe_offset = 0;  ///< physical, to the right
  float swipe_speed = 0;   ///< a millisecond, to the right
  // Of the frames
  std::vector<Region> shown, drawing;
  std::size_t shield_shown = 0, shield_drawing = 0;  ///< regions before it are out of reach
  int shields_shown = 0, shields_drawing = 0;

 private:
  struct Sample {
    Millis time;
    float x = 0;
  };
  std::vector<Sample> trail_;
  void press();
  void drag();
};

}  // namespace huisbord::ui
