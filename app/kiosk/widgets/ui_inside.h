// SPDX-License-Identifier: GPL-3.0-or-later
// What a Ui holds through one frame; the engine begins and ends the frame here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/kiosk/widgets/canvas.h"
#include "app/kiosk/widgets/touch.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

struct Ui::Inside {
  /// From start-based places to physical ones: x' = mirrored ? a - (x + w) : a + x, y' = y + b.
  struct Places {
    bool mirrored = false;
    float a = 0, b = 0;
  };

  Inside(Canvas& c, TouchState& t) : canvas(c), touch(t) {}
  void begin_frame();
  void end_frame();
  /// Overwrites and drops every name and value of the last frame.
  void forget();

  [[nodiscard]] Rect physical(Rect r) const;
  [[nodiscard]] Point physical(Point p) const;
  [[nodiscard]] DeviceRect device(Rect r) const;  ///< start-based to whole device pixels, edges rounded one by one
  [[nodiscard]] DeviceRect device_of(Rect physical) const;
  [[nodiscard]] int pixels(float logical) const;    ///< of a radius
  [[nodiscard]] int stroke(float logical) const;    ///< at least 1
  [[nodiscard]] bool visible(Rect physical) const;  ///< any of it within the clip
  [[nodiscard]] DeviceRect square_of(Point centre, float radius) const;

  int add_node(Role role, Rect r, std::string_view name, std::string_view value, State state);
  [[nodiscard]] std::uint64_t id_of(Role role, std::string_view name);
  [[nodiscard]] std::string_view language() const { return languages.empty() ? std::string_view(canvas.look.language) : languages.back(); }
  [[nodiscard]] float size_of(const Type& type) const;  ///< logical

  struct Set {  ///< one text at one size
    const Shaped* shaped = nullptr;
    float size = 0, line = 0, height = 0;
    bool too_wide = false;
  };
  [[nodiscard]] Set set(std::string_view text, const Type& type, float width, float shrink);
  float draw(Rect r, std::string_view text, const Type& type, bool middle);

  Canvas& canvas;
  TouchState& touch;
  SemanticTree tree;
  Places places;
  Rect clip;  ///< physical
  std::vector<int> parents;
  std::vector<std::string> languages;
  std::unordered_map<std::uint64_t, std::uint64_t> same_names;
  std::uint64_t key = 0;
  int silent = 0;
  int overflows = 0;
  std::optional<Millis> wake;
  std::string screen_id, last_screen_id;
  bool fades = false;  ///< another screen than the last: until the engine has begun the fade
  bool cut = false;    ///< nothing of the former screen may fade
};

}  // namespace huisbord::ui
