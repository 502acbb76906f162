// SPDX-License-Identifier: GPL-3.0-or-later
// The loop waits, wakes for fingers, timers and other threads, and lives through a window that is exposed, resized and lost.
#include "app/kiosk/event_loop.h"

#include <SDL.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "app/kiosk/widgets/bars.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

/// SDL's own silent driver, asked for by name.
class Loop : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("SDL_VIDEODRIVER", "dummy", 1);
    auto window = Window::open({.software = true, .width = 640, .height = 400});
    ASSERT_TRUE(window) << window.error().sentence;
    window_ = std::move(*window);
    stage_ = std::make_unique<Stage>(window_->renderer(), window_->redraw(), test_paths());
    loop_ = std::make_unique<EventLoop>(*window_, *stage_, system_clock(), EventLoop::Panel{});
    loop_->on_frame = [this](const FrameReport& report) {
      causes_.emplace_back(report.cause);
      presented_ += report.presented ? 1 : 0;
      if (after_frame_) after_frame_(causes_.size());
    };
  }
  void TearDown() override {
    loop_.reset();
    stage_.reset();
    window_.reset();
    ::unsetenv("SDL_VIDEODRIVER");
  }

  static void finger(Uint32 type, float x, float y) {
    SDL_Event event{};
    event.type = type;
    event.tfinger.touchId = 1;
    event.tfinger.fingerId = 3;
    event.tfinger.x = x;
    event.tfinger.y = y;
    SDL_PushEvent(&event);
  }
  static void window_event(Uint8 kind) {
    SDL_Event event{};
    event.type = SDL_WINDOWEVENT;
    event.window.event = kind;
    SDL_PushEvent(&event);
  }

  std::unique_ptr<Window> window_;
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<EventLoop> loop_;
  std::vector<std::string> causes_;
  int presented_ = 0;
  std::function<void(std::size_t)> after_frame_;
};

TEST_F(Loop, AnotherThreadWakesIt) {
  int wakes = 0;
  SceneOf scene({}, [&](Ui& ui) { ui.text({20, 20, 600, 80}, std::to_string(wakes), type::title); });
  loop_->on_wake = [&] { ++wakes; };
  std::thread other;
  after_frame_ = [&](std::size_t n) {
    if (n == 1) other = std::thread([] { EventLoop::wake(); });
    if (wakes > 0) EventLoop::quit();
  };
  loop_->run(scene);
  other.join();
  EXPECT_EQ(wakes, 1);
  EXPECT_GE(presented_, 2);
}

TEST_F(Loop, ATimerThatAScreenAskedForDrawsAFrame) {
  SceneOf scene({}, [&](Ui& ui) {
    page_ground(ui);
    ui.wake_at(Millis{ui.now().value + 20});
  });
  after_frame_ = [&](std::size_t n) {
    if (n == 4) EventLoop::quit();
  };
  loop_->run(scene);
  EXPECT_EQ(causes_.back(), "timer");
  EXPECT_EQ(presented_, 1) << "the later frames changed nothing";
}

TEST_F(Loop, AFingerTapsInPixelsOfTheWindow) {
  int taps = 0, touches = 0;
  SceneOf scene({}, [&](Ui& ui) {
    auto root = ui.screen("a", "a");
    page_ground(ui);
    if (button(ui, {0, 0, 300, 200}, {.label = "Ik kom"})) ++taps;
    ui.wake_at(Millis{ui.now().value + 400});
  });
  loop_->on_touch = [&] { ++touches; };
  after_frame_ = [&](std::size_t n) {
    if (n == 2) {  // after the 300 ms in which nothing counts
      finger(SDL_FINGERDOWN, 0.1f, 0.1f);
      finger(SDL_FINGERUP, 0.1f, 0.1f);
    }
    if (n >= 2 && taps > 0) EventLoop::quit();
    if (n > 12) EventLoop::quit();
  };
  loop_->run(scene);
  EXPECT_EQ(taps, 1);
  EXPECT_EQ(touches, 1);
}

TEST_F(Loop, AnExposedOrResizedWindowIsDrawnWhole) {
  SceneOf scene({}, [](Ui& ui) { page_ground(ui); });
  after_frame_ = [&](std::size_t n) {
    if (n == 1) window_event(SDL_WINDOWEVENT_EXPOSED);
    if (n == 2) window_event(SDL_WINDOWEVENT_SIZE_CHANGED);
    if (n == 3) {
      SDL_Event lost{};
      lost.type = SDL_RENDER_DEVICE_RESET;
      SDL_PushEvent(&lost);
    }
    if (n >= 4) EventLoop::quit();
  };
  loop_->run(scene);
  EXPECT_EQ(presented_, 4);
}

TEST_F(Loop, APanelThatGoesAndComesIsDrawnWhole) {
  SceneOf scene({}, [](Ui& ui) { page_ground(ui); });
  after_frame_ = [&](std::size_t n) {
    SDL_Event panel{};
    panel.type = SDL_DISPLAYEVENT;
    panel.display.event = n == 1 ? SDL_DISPLAYEVENT_DISCONNECTED : SDL_DISPLAYEVENT_CONNECTED;
    if (n <= 2) SDL_PushEvent(&panel);
    if (n >= 3) EventLoop::quit();
  };
  loop_->run(scene);
  EXPECT_EQ(presented_, 3);
}

TEST_F(Loop, AFingerOfATouchScreenThatWasUnpluggedIsLetGoOf) {
  int taps = 0;
  SceneOf scene({}, [&](Ui& ui) {
    auto root = ui.screen("a", "a");
    page_ground(ui);
    if (button(ui, {0, 0, 300, 200}, {.label = "Ik kom"})) ++taps;
    ui.wake_at(Millis{ui.now().value + 400});
  });
  after_frame_ = [&](std::size_t n) {
    if (n == 2) finger(SDL_FINGERDOWN, 0.9f, 0.9f);  // and never up
    if (n == 4) {
      finger(SDL_FINGERDOWN, 0.1f, 0.1f);
      finger(SDL_FINGERUP, 0.1f, 0.1f);
    }
    if (taps > 0 || n > 14) EventLoop::quit();
  };
  loop_->run(scene);
  EXPECT_EQ(taps, 1);
}

TEST_F(Loop, AClosedWindowEndsIt) {
  SceneOf scene({}, [](Ui& ui) { page_ground(ui); });
  after_frame_ = [](std::size_t) {
    SDL_Event event{};
    event.type = SDL_QUIT;
    SDL_PushEvent(&event);
  };
  loop_->run(scene);
  EXPECT_EQ(causes_.size(), 1u);
}

TEST(WindowWithoutDisplay, SaysSoInsteadOfDrawingNowhere) {
  const std::string display = std::getenv("DISPLAY") == nullptr ? "" : std::getenv("DISPLAY");
  ::setenv("DISPLAY", ":61734", 1);
  ::unsetenv("WAYLAND_DISPLAY");
  ::unsetenv("SDL_VIDEODRIVER");
  const auto window = Window::open({.software = true, .width = 100, .height = 100});
  if (window) {  // a machine that draws to a screen without a display server
    const std::string driver = SDL_GetCurrentVideoDriver();
    EXPECT_TRUE(driver != "offscreen" && driver != "dummy") << driver;
  } else {
    EXPECT_EQ(window.error().code, ErrorCode::unavailable);
  }
  if (display.empty())
    ::unsetenv("DISPLAY");
  else
    ::setenv("DISPLAY", display.c_str(), 1);
}

}  // namespace
}  // namespace huisbord::tests
