// SPDX-License-Identifier: GPL-3.0-or-later
// Waits for a finger, a timer or another thread, and draws a frame only then.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "app/kiosk/stage.h"
#include "app/kiosk/window.h"
#include "core/base/clock.h"

union SDL_Event;

namespace huisbord {

struct FrameReport {
  Millis at;  ///< running time
  double build_and_draw_ms = 0, present_ms = 0;
  bool presented = false;
  const char* cause = "";  ///< "touch", "timer", "wake", "window", "first"
};

class EventLoop {
 public:
  struct Panel {
    std::optional<float> pixels_per_mm, scale;  ///< from settings; without both the display is asked
  };
  EventLoop(Window& window, Stage& stage, const Clock& clock, Panel panel);

  std::function<void()> on_wake;                     ///< on the loop's thread, once or more after wake()
  std::function<void()> on_touch;                    ///< any finger on the glass, before the frame that it belongs to
  std::function<void()> on_hide;                     ///< the gesture that hides: three fingers or a flat hand on the glass at once
  std::function<void(const FrameReport&)> on_frame;  ///< after each frame, also one that changed nothing

  /// Returns after quit() or when the window is closed.
  void run(Scene& scene);
  /// From any thread: the loop comes round, calls on_wake and draws a frame.
  static void wake();
  /// From any thread.
  static void quit();

 private:
  void take(const SDL_Event& event);
  void resize();
  void draw(Scene& scene, const char* cause);

  Window& window_;
  Stage& stage_;
  const Clock& clock_;
  Panel panel_;
  bool running_ = false;
  const char* cause_ = "first";
};

}  // namespace huisbord
