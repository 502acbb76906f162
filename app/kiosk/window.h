// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk's window on the display, its renderer, and how a frame's rectangles reach the glass.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/kiosk/damage.h"
#include "app/kiosk/renderer.h"
#include "core/base/error.h"

struct SDL_Window;
struct SDL_Renderer;
union SDL_Event;

namespace huisbord {

struct WindowOptions {
  bool software = false;      ///< no GPU, and no OpenGL library is loaded
  int width = 0, height = 0;  ///< of a window; 0: the whole screen
};

/// SDL's video lives as long as the window does.
class Window {
 public:
  /// Fails when there is no display: SDL's silent drivers ("offscreen", "dummy") count as none unless SDL_VIDEODRIVER names them.
  [[nodiscard]] static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  [[nodiscard]] SDL_Renderer* renderer() const { return renderer_; }
  [[nodiscard]] Renderer::Redraw redraw() const { return software_ ? Renderer::Redraw::changes : Renderer::Redraw::everything; }
  [[nodiscard]] bool software() const { return software_; }
  struct Pixels {
    int wide = 0, high = 0;
  };
  [[nodiscard]] Pixels size() const;
  /// Of the panel, when the display says how large it is; displays that lie (0, or absurd) say nothing.
  [[nodiscard]] std::optional<float> pixels_per_mm() const;
  void present(const std::vector<PixelRect>& rects);
  /// After a panel went, came or changed its resolution: a window that has the whole screen takes its size.
  void fit_panel();
  /// The X server tells something of its panels. SDL (2.26) does not hear of another resolution of a panel that stays.
  [[nodiscard]] static bool is_of_panel(const SDL_Event& event);

 private:
  Window() = default;
  /// What the whole screen is now; nothing when nobody says, or a window manager keeps the window as large as that by itself.
  [[nodiscard]] std::optional<Pixels> whole_screen() const;
  SDL_Window* window_ = nullptr;
  SDL_Renderer* renderer_ = nullptr;
  bool software_ = false, whole_screen_ = false;
};

}  // namespace huisbord
