// SPDX-License-Identifier: GPL-3.0-or-later
// Turns SDL's events into input, and sleeps until the next thing is due.
#include "app/kiosk/event_loop.h"

#include <SDL.h>

#include <algorithm>
#include <chrono>

namespace huisbord {
namespace {

constexpr int code_wake = 1;
constexpr int code_quit = 2;
constexpr int fingers_that_hide = 3;

/// Registered once; SDL answers the same number as long as the process lives.
Uint32 own_event() {
  static const Uint32 type = SDL_RegisterEvents(1);
  return type;
}

void push(int code) {
  SDL_Event event{};
  event.type = own_event();
  event.user.code = code;
  SDL_PushEvent(&event);
}

double ms_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

EventLoop::EventLoop(Window& window, Stage& stage, const Clock& clock, Panel panel)
    : window_(window), stage_(stage), clock_(clock), panel_(panel) {
  (void)own_event();
  resize();
}

void EventLoop::wake() { push(code_wake); }
void EventLoop::quit() { push(code_quit); }

void EventLoop::resize() {
  const Window::Pixels size = window_.size();
  std::optional<float> pixels_per_mm = panel_.pixels_per_mm;
  if (!pixels_per_mm && !panel_.scale) pixels_per_mm = window_.pixels_per_mm();
  stage_.resize(size.wide, size.high, pixels_per_mm, panel_.scale);
}

void EventLoop::take(const SDL_Event& event) {
  const auto place = [&](const SDL_TouchFingerEvent& finger) {
    const Window::Pixels size = window_.size();
    const auto w = static_cast<float>(size.wide), h = static_cast<float>(size.high);
    return ui::Point{std::clamp(finger.x * w, 0.0f, w - 1), std::clamp(finger.y * h, 0.0f, h - 1)};
  };
  switch (event.type) {
    case SDL_FINGERDOWN:
      // A touch device that went away never said up: when this finger is the only one, the other is no more.
      if (SDL_GetNumTouchFingers(event.tfinger.touchId) <= 1) stage_.input().cancel();
      if (on_touch) on_touch();
      if (SDL_GetNumTouchFingers(event.tfinger.touchId) >= fingers_that_hide) {
        stage_.input().cancel();
        stage_.request_frame();
        if (on_hide) on_hide();
        cause_ = "touch";
        break;
      }
      stage_.input().finger_down(event.tfinger.fingerId, place(event.tfinger));
      cause_ = "touch";
      break;
    case SDL_FINGERMOTION:
      if (on_touch) on_touch();
      stage_.input().finger_move(event.tfinger.fingerId, place(event.tfinger));
      cause_ = "touch";
      break;
    case SDL_FINGERUP:
      stage_.input().finger_up(event.tfinger.fingerId, place(event.tfinger));
      cause_ = "touch";
      break;
    case SDL_WINDOWEVENT:
      switch (event.window.event) {
        case SDL_WINDOWEVENT_SIZE_CHANGED:
          resize();
          stage_.invalidate();
          cause_ = "window";
          break;
        case SDL_WINDOWEVENT_EXPOSED:
        case SDL_WINDOWEVENT_SHOWN:
        case SDL_WINDOWEVENT_RESTORED:
        case SDL_WINDOWEVENT_DISPLAY_CHANGED:
          stage_.invalidate();
          cause_ = "window";
          break;
        case SDL_WINDOWEVENT_FOCUS_LOST:
        case SDL_WINDOWEVENT_HIDDEN:
        case SDL_WINDOWEVENT_MINIMIZED:
          stage_.input().cancel();
          break;
        default:
          break;
      }
      break;
    case SDL_DISPLAYEVENT:  // a panel went or came
      window_.fit_panel();
      resize();
      stage_.invalidate();
      cause_ = "window";
      break;
    case SDL_SYSWMEVENT:  // of a panel's other resolution; the window tells its other size by itself
      if (Window::is_of_panel(event)) window_.fit_panel();
      break;
    case SDL_RENDER_TARGETS_RESET:
      stage_.invalidate();
      cause_ = "window";
      break;
    case SDL_RENDER_DEVICE_RESET:
      stage_.device_reset();
      cause_ = "window";
      break;
    case SDL_QUIT:
      running_ = false;
      break;
    default:
      if (event.type != own_event()) break;
      if (event.user.code == code_quit) {
        running_ = false;
        break;
      }
      cause_ = "wake";
      stage_.request_frame();
      if (on_wake) on_wake();
      break;
  }
}

void EventLoop::draw(Scene& scene, const char* cause) {
  FrameReport report;
  report.at = clock_.running();
  report.cause = cause;
  const auto start = std::chrono::steady_clock::now();
  const std::vector<PixelRect>& rects = stage_.frame(report.at, scene);
  report.build_and_draw_ms = ms_since(start);
  const auto drawn = std::chrono::steady_clock::now();
  window_.present(rects);
  report.present_ms = ms_since(drawn);
  report.presented = !rects.empty();
  if (on_frame) on_frame(report);
}

void EventLoop::run(Scene& scene) {
  running_ = true;
  while (running_) {
    SDL_Event event;
    while (running_ && SDL_PollEvent(&event) != 0) take(event);
    if (!running_) break;
    const Millis now = clock_.running();
    if (stage_.due(now)) {
      draw(scene, stage_.wake() && *stage_.wake() <= now && cause_[0] == '\0' ? "timer" : cause_);
      cause_ = "";
      continue;
    }
    const std::optional<Millis> wake = stage_.wake();
    const bool came =
        wake ? SDL_WaitEventTimeout(&event, static_cast<int>(std::clamp<std::int64_t>(wake->value - now.value, 1, 3600000))) != 0
             : SDL_WaitEvent(&event) != 0;
    if (came) take(event);
  }
}

}  // namespace huisbord
