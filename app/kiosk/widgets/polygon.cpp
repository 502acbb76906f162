// SPDX-License-Identifier: GPL-3.0-or-later
// Polygons as fills of whole pixels and of edge pixels by their coverage, because the software renderer has no antialiased geometry.
#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "app/kiosk/widgets/canvas.h"

namespace huisbord::ui {
namespace {

struct Run {
  int x = 0, w = 0, alpha = 0;
  friend bool operator==(const Run&, const Run&) = default;
};

constexpr int slices = 4;  // scan lines a pixel row; along x coverage is exact

/// Coverage of one row of pixels, 0 to 1 each, from min_x on.
void cover_row(std::span<const Point> points, int row, int min_x, std::vector<float>& cover) {
  std::ranges::fill(cover, 0.0f);
  std::vector<float> crossings;
  for (int s = 0; s < slices; ++s) {
    const float y = static_cast<float>(row) + (static_cast<float>(s) + 0.5f) / slices;
    crossings.clear();
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Point a = points[i], b = points[(i + 1) % points.size()];
      if ((a.y <= y) != (b.y <= y)) crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::ranges::sort(crossings);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const float from = crossings[i] - static_cast<float>(min_x), to = crossings[i + 1] - static_cast<float>(min_x);
      const int last = std::min(static_cast<int>(std::ceil(to)), static_cast<int>(cover.size()));
      for (int x = std::max(0, static_cast<int>(std::floor(from))); x < last; ++x) {
        const float left = std::max(from, static_cast<float>(x)), right = std::min(to, static_cast<float>(x + 1));
        cover[static_cast<std::size_t>(x)] += std::max(0.0f, right - left) / slices;
      }
    }
  }
}

std::vector<Run> runs_of(const std::vector<float>& cover, int min_x) {
  std::vector<Run> runs;
  for (std::size_t x = 0; x < cover.size(); ++x) {
    const int alpha = static_cast<int>(std::lround(std::min(cover[x], 1.0f) * 255));
    if (alpha == 0) continue;
    const int at = min_x + static_cast<int>(x);
    if (!runs.empty() && runs.back().alpha == alpha && runs.back().x + runs.back().w == at)
      ++runs.back().w;
    else
      runs.push_back({at, 1, alpha});
  }
  return runs;
}

}  // namespace

void Painter::polygon(std::span<const Point> device_points, Colour c) {
  if (device_points.size() < 3) return;
  const auto [left, right] = std::ranges::minmax(device_points, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(device_points, {}, &Point::y);
  const int min_x = static_cast<int>(std::floor(left.x));
  std::vector<float> cover(static_cast<std::size_t>(std::max(0, static_cast<int>(std::ceil(right.x)) - min_x)));
  std::vector<Run> open;  // runs of the rows since `since`, all alike: upright walls become one fill
  int since = static_cast<int>(std::floor(top.y));
  const int end = static_cast<int>(std::ceil(bottom.y));
  for (int y = since; y <= end; ++y) {
    std::vector<Run> now;
    if (y < end) {
      cover_row(device_points, y, min_x, cover);
      now = runs_of(cover, min_x);
    }
    if (now == open && y < end) continue;
    for (const Run& run : open) fill({run.x, since, run.w, y - since}, c.with_alpha(static_cast<std::uint8_t>(run.alpha * c.a / 255)));
    open = std::move(now);
    since = y;
  }
}

}  // namespace huisbord::ui
