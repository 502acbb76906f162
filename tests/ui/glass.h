// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk's glass without a display: a scene drawn in software into memory, touched by what it says rather than by coordinates.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/kiosk/stage.h"
#include "tests/support/png.h"

struct SDL_Surface;
struct SDL_Renderer;

namespace huisbord::tests {

/// A scene from two functions.
class SceneOf final : public Scene {
 public:
  SceneOf(ui::Look look, std::function<void(ui::Ui&)> draw) : look_(std::move(look)), draw_(std::move(draw)) {}
  [[nodiscard]] ui::Look look() const override { return look_; }
  void draw(ui::Ui& ui) override { draw_(ui); }
  ui::Look look_;

 private:
  std::function<void(ui::Ui&)> draw_;
};

/// A screen that has the whole glass and stands by itself, as the door.
template <class Screen>
class SceneWith final : public Scene {
 public:
  explicit SceneWith(Screen& screen) : screen_(screen) {}
  [[nodiscard]] ui::Look look() const override { return screen_.look(); }
  void draw(ui::Ui& ui) override { screen_.draw(ui); }

 private:
  Screen& screen_;
};

/// Whether each frame is drawn, in what changed alone, or one whole frame when a picture is asked for: quicker where many lead to one.
enum class Drawn : std::uint8_t { every_frame, when_looked_at };

/// Time is virtual: it passes in advance() and in swipes alone. One at a time in a process (a Stage is).
class Glass {
 public:
  Glass(int pixels_wide, int pixels_high, Scene& scene, std::optional<float> scale = {}, Drawn drawn = Drawn::every_frame);
  ~Glass();
  Glass(const Glass&) = delete;
  Glass& operator=(const Glass&) = delete;

  /// Draws frames until nothing is due now and nothing moves. Returns how many were presented.
  int settle();
  /// Lets time pass, drawing what falls due on the way.
  void advance(std::int64_t ms);
  [[nodiscard]] Millis now() const { return now_; }

  /// Finger down and up on the target of that name, each in a frame of its own. Waits out the 300 ms after a change of screen first.
  /// Fails the test when there is none, with the tree.
  void tap(std::string_view name);
  /// As fast as a nervous finger: no waiting out.
  void tap_at_once(std::string_view name);
  /// Down without up; release() ends it.
  void press(std::string_view name);
  void release();
  /// Lets go of what is pressed without drawing, and then one frame only, `ms` later: what is seen while something moves.
  void lift();
  [[nodiscard]] Picture picture_after(std::int64_t ms);
  /// A finger that drags from the middle of the page node of that name, by logical pixels to the right, in `ms`.
  void swipe(std::string_view page, float right, std::int64_t ms = 160);
  void drag(ui::Point from, ui::Point to, std::int64_t ms, bool let_go = true);

  [[nodiscard]] bool shows(std::string_view name) const { return stage().tree().find(name) != nullptr; }
  [[nodiscard]] const ui::Node& node(std::string_view name) const;
  [[nodiscard]] Picture picture();
  [[nodiscard]] Stage& stage() { return *stage_; }
  [[nodiscard]] const Stage& stage() const { return *stage_; }
  /// "" or why the picture is not tests/ui/pictures/NAME.png.
  [[nodiscard]] std::string differs_from(const std::string& name);

 private:
  int one_frame();
  void draw_only_a_pixel(bool only);
  void wait_out();
  [[nodiscard]] ui::Point pixel(ui::Point logical) const;

  SDL_Surface* surface_ = nullptr;
  SDL_Renderer* renderer_ = nullptr;
  std::unique_ptr<Stage> stage_;
  Scene& scene_;
  Drawn drawn_;
  Millis now_{1000};
  Millis last_change_{0};
  std::string last_screen_;
  ui::Point finger_;
};

/// tests/ui/..., where pictures and fonts are found.
[[nodiscard]] StagePaths test_paths();

}  // namespace huisbord::tests
