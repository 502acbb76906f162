// SPDX-License-Identifier: GPL-3.0-or-later
// What changed between two frames, by hashing every quad into the tiles of 32 x 32 pixels that it covers.
#pragma once

#include <cstdint>
#include <vector>

namespace huisbord {

struct PixelRect {
  int x = 0, y = 0, w = 0, h = 0;
  friend bool operator==(const PixelRect&, const PixelRect&) = default;
  [[nodiscard]] bool meets(const PixelRect& o) const { return x < o.x + o.w && o.x < x + w && y < o.y + o.h && o.y < y + h; }
};

class Damage {
 public:
  static constexpr int tile = 32;

  /// Another size makes everything damaged.
  void resize(int width, int height);
  /// Everything is damaged in the next frame (exposed window, lost pixels).
  void invalidate() { whole_ = true; }

  void begin();
  /// `hash` stands for everything about the quad but its place; `place` is already clipped.
  void add(const PixelRect& place, std::uint64_t hash);
  /// The damaged rectangles, which do not overlap; empty when the frame equals the last one.
  [[nodiscard]] const std::vector<PixelRect>& end();

 private:
  int width_ = 0, height_ = 0, across_ = 0, down_ = 0;
  bool whole_ = true;
  std::vector<std::uint64_t> now_, last_;
  std::vector<PixelRect> rects_;
};

}  // namespace huisbord
