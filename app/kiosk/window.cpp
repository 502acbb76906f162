// SPDX-License-Identifier: GPL-3.0-or-later
// Opens SDL's window with the renderer that was asked for, and presents rectangles.
#include "app/kiosk/window.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

#if defined(SDL_VIDEO_DRIVER_X11)
#include <X11/Xlib.h>
#endif

namespace huisbord {
namespace {

std::string sdl_says(const char* what) { return std::string(what) + ": " + SDL_GetError(); }

/// The X server tells each size of the whole screen from here on.
#if defined(SDL_VIDEO_DRIVER_X11)
void hear_of_panel(SDL_Window* window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (SDL_GetWindowWMInfo(window, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11) return;
  Display* const x = info.info.x11.display;
  XWindowAttributes of_root{};
  if (XGetWindowAttributes(x, DefaultRootWindow(x), &of_root) == 0) return;
  XSelectInput(x, DefaultRootWindow(x), of_root.your_event_mask | StructureNotifyMask);  // besides what SDL asked for
  SDL_EventState(SDL_SYSWMEVENT, SDL_ENABLE);
}
#else
void hear_of_panel(SDL_Window* /*window*/) {}
#endif

}  // namespace

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  // Mouse and touch both arrive as finger events; with SDL's defaults a finger sends a mouse press before its own event: double taps.
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "1");
  SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
  if (options.software) {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_RENDER_DRIVER, "software");
  }
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail(ErrorCode::unavailable, sdl_says("No display to draw on"));
  std::unique_ptr<Window> made(new Window);  // from here on its destructor quits SDL
  const char* driver = SDL_GetCurrentVideoDriver();
  const char* asked = SDL_getenv("SDL_VIDEODRIVER");
  const std::string_view name = driver == nullptr ? "" : driver;
  if ((name == "offscreen" || name == "dummy") && (asked == nullptr || name != asked))
    return fail(ErrorCode::unavailable, "No display to draw on: SDL offers only '" + std::string(name) + "'");
  SDL_StopTextInput();

  const bool windowed = options.width > 0 && options.height > 0;
  const Uint32 flags = windowed ? Uint32{SDL_WINDOW_RESIZABLE} : Uint32{SDL_WINDOW_FULLSCREEN_DESKTOP};
  made->window_ = SDL_CreateWindow("Huisbord", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, windowed ? options.width : 1280,
                                   windowed ? options.height : 800, flags);
  if (made->window_ == nullptr) return fail(ErrorCode::unavailable, sdl_says("No window"));
  if (!options.software) made->renderer_ = SDL_CreateRenderer(made->window_, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC);
  if (made->renderer_ == nullptr) {
    // Before any SDL_GetWindowSurface: SDL 2.32 refuses a renderer on a window whose surface was taken.
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    made->renderer_ = SDL_CreateRenderer(made->window_, -1, SDL_RENDERER_SOFTWARE);
    made->software_ = true;
  }
  if (made->renderer_ == nullptr) return fail(ErrorCode::unavailable, sdl_says("No renderer"));
  made->whole_screen_ = !windowed;
  if (!windowed) {
    SDL_ShowCursor(SDL_DISABLE);
    hear_of_panel(made->window_);
  }
  return made;
}

Window::~Window() {
  if (renderer_ != nullptr) SDL_DestroyRenderer(renderer_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  SDL_Quit();
}

Window::Pixels Window::size() const {
  Pixels p;
  SDL_GetRendererOutputSize(renderer_, &p.wide, &p.high);
  return p;
}

std::optional<float> Window::pixels_per_mm() const {
  float diagonal = 0;
  const int display = SDL_GetWindowDisplayIndex(window_);
  if (display < 0 || SDL_GetDisplayDPI(display, &diagonal, nullptr, nullptr) != 0) return std::nullopt;
  // Virtual displays claim 96; real touch panels are between 80 and 400 pixels an inch.
  if (diagonal < 80 || diagonal > 400 || (diagonal > 95 && diagonal < 97)) return std::nullopt;
  // SDL says it of the resolution that it knows; the panel's millimetres stay.
  SDL_DisplayMode known{};
  if (const Pixels now = size(); whole_screen_ && SDL_GetDesktopDisplayMode(display, &known) == 0 && known.w > 0 && known.h > 0)
    diagonal *= std::hypot(static_cast<float>(now.wide), static_cast<float>(now.high)) /
                std::hypot(static_cast<float>(known.w), static_cast<float>(known.h));
  return diagonal / 25.4f;
}

#if defined(SDL_VIDEO_DRIVER_X11)

bool Window::is_of_panel(const SDL_Event& event) {
  if (event.type != SDL_SYSWMEVENT || event.syswm.msg == nullptr || event.syswm.msg->subsystem != SDL_SYSWM_X11) return false;
  const XEvent& told = event.syswm.msg->msg.x11.event;
  return told.type == ConfigureNotify && told.xconfigure.window == DefaultRootWindow(told.xconfigure.display);
}

std::optional<Window::Pixels> Window::whole_screen() const {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (SDL_GetNumVideoDisplays() > 1 || SDL_GetWindowWMInfo(window_, &info) != SDL_TRUE || info.subsystem != SDL_SYSWM_X11)
    return std::nullopt;
  Display* const x = info.info.x11.display;
  ::Window const root = DefaultRootWindow(x);
  if (const Atom manager = XInternAtom(x, "_NET_SUPPORTING_WM_CHECK", True); manager != None) {
    Atom type = None;
    int format = 0;
    unsigned long items = 0, rest = 0;
    unsigned char* value = nullptr;
    const int got = XGetWindowProperty(x, root, manager, 0, 1, False, AnyPropertyType, &type, &format, &items, &rest, &value);
    if (value != nullptr) XFree(value);
    if (got == Success && type != None) return std::nullopt;
  }
  XWindowAttributes of_root{};
  if (XGetWindowAttributes(x, root, &of_root) == 0 || of_root.width <= 0 || of_root.height <= 0) return std::nullopt;
  return Pixels{of_root.width, of_root.height};
}

#else

bool Window::is_of_panel(const SDL_Event& /*event*/) { return false; }
std::optional<Window::Pixels> Window::whole_screen() const { return std::nullopt; }

#endif

void Window::fit_panel() {
  SDL_Rect panel{};
  const int display = SDL_GetWindowDisplayIndex(window_);
  if (!whole_screen_ || SDL_GetDisplayBounds(std::max(display, 0), &panel) != 0 || panel.w <= 0 || panel.h <= 0) return;
  const auto real = whole_screen();
  if (real) panel = {0, 0, real->wide, real->high};
  if (const Pixels now = size(); now.wide == panel.w && now.high == panel.h) return;
  SDL_SetWindowFullscreen(window_, 0);
  SDL_SetWindowBordered(window_, SDL_FALSE);
  SDL_SetWindowPosition(window_, panel.x, panel.y);
  SDL_SetWindowSize(window_, panel.w, panel.h);
  // Where nobody manages windows, one of that size is the whole screen; SDL's own would be of the resolution that it knows.
  if (!real) SDL_SetWindowFullscreen(window_, SDL_WINDOW_FULLSCREEN_DESKTOP);
}

void Window::present(const std::vector<PixelRect>& rects) {
  if (rects.empty()) return;
  if (!software_) {
    SDL_RenderPresent(renderer_);
    return;
  }
  std::vector<SDL_Rect> changed;
  changed.reserve(rects.size());
  for (const PixelRect& r : rects) changed.push_back({r.x, r.y, r.w, r.h});
  SDL_UpdateWindowSurfaceRects(window_, changed.data(), static_cast<int>(changed.size()));
}

}  // namespace huisbord
