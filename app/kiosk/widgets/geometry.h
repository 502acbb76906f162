// SPDX-License-Identifier: GPL-3.0-or-later
// Places on a screen in logical units (mockup pixels), counted from the start of the line: right-to-left is mirrored later, by the Ui
// alone.
#pragma once

#include <algorithm>
#include <vector>

namespace huisbord::ui {

struct Point {
  float x = 0, y = 0;
  friend constexpr bool operator==(const Point&, const Point&) = default;
};

struct Size {
  float w = 0, h = 0;
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// x is the distance from the page's start edge (left in Dutch, right in Arabic).
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  friend constexpr bool operator==(const Rect&, const Rect&) = default;

  [[nodiscard]] constexpr float end() const { return x + w; }
  [[nodiscard]] constexpr float bottom() const { return y + h; }
  [[nodiscard]] constexpr Point centre() const { return {x + w / 2, y + h / 2}; }
  [[nodiscard]] constexpr bool holds(Point p) const { return p.x >= x && p.x < x + w && p.y >= y && p.y < y + h; }

  [[nodiscard]] constexpr Rect inset(float all) const { return inset(all, all); }
  [[nodiscard]] constexpr Rect inset(float sides, float top_bottom) const {
    return {x + sides, y + top_bottom, w - 2 * sides, h - 2 * top_bottom};
  }
  [[nodiscard]] constexpr Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }
  /// A rectangle of that size in the middle of this one.
  [[nodiscard]] constexpr Rect middle(Size s) const { return {x + (w - s.w) / 2, y + (h - s.h) / 2, s.w, s.h}; }

  /// Takes a strip off one side, with a gap between it and what is left; returns the strip.
  constexpr Rect cut_start(float width, float gap = 0) {
    const Rect strip{x, y, width, h};
    x += width + gap;
    w -= width + gap;
    return strip;
  }
  constexpr Rect cut_end(float width, float gap = 0) {
    w -= width + gap;
    return {x + w + gap, y, width, h};
  }
  constexpr Rect cut_top(float height, float gap = 0) {
    const Rect strip{x, y, w, height};
    y += height + gap;
    h -= height + gap;
    return strip;
  }
  constexpr Rect cut_bottom(float height, float gap = 0) {
    h -= height + gap;
    return {x, y + h + gap, w, height};
  }
};

/// n equal columns from start to end.
[[nodiscard]] inline std::vector<Rect> columns(Rect r, int n, float gap) {
  std::vector<Rect> out;
  const float w = (r.w - gap * static_cast<float>(n - 1)) / static_cast<float>(std::max(n, 1));
  for (int i = 0; i < n; ++i) out.push_back({r.x + static_cast<float>(i) * (w + gap), r.y, w, r.h});
  return out;
}

/// n equal rows from top to bottom.
[[nodiscard]] inline std::vector<Rect> rows(Rect r, int n, float gap) {
  std::vector<Rect> out;
  const float h = (r.h - gap * static_cast<float>(n - 1)) / static_cast<float>(std::max(n, 1));
  for (int i = 0; i < n; ++i) out.push_back({r.x, r.y + static_cast<float>(i) * (h + gap), r.w, h});
  return out;
}

/// n columns by as many rows as given, row by row.
[[nodiscard]] inline std::vector<Rect> grid(Rect r, int across, int down, float gap) {
  std::vector<Rect> out;
  for (const Rect& row : rows(r, down, gap))
    for (const Rect& cell : columns(row, across, gap)) out.push_back(cell);
  return out;
}

}  // namespace huisbord::ui
