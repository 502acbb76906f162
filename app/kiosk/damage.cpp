// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes quads into tiles and merges the tiles that differ into rectangles.
#include "app/kiosk/damage.h"

#include <algorithm>

namespace huisbord {

void Damage::resize(int width, int height) {
  if (width == width_ && height == height_) return;
  width_ = width;
  height_ = height;
  across_ = (width + tile - 1) / tile;
  down_ = (height + tile - 1) / tile;
  last_.assign(static_cast<std::size_t>(across_ * down_), 0);
  whole_ = true;
}

void Damage::begin() { now_.assign(static_cast<std::size_t>(across_ * down_), 0x243F6A8885A308D3u); }

void Damage::add(const PixelRect& place, std::uint64_t hash) {
  const int x0 = std::max(place.x, 0), y0 = std::max(place.y, 0);
  const int x1 = std::min(place.x + place.w, width_) - 1, y1 = std::min(place.y + place.h, height_) - 1;
  if (x0 > x1 || y0 > y1) return;
  // The order of quads counts: what lies on top is another picture.
  const std::uint64_t where = static_cast<std::uint64_t>(static_cast<std::uint32_t>(place.x)) << 32 ^ static_cast<std::uint32_t>(place.y) ^
                              static_cast<std::uint64_t>(static_cast<std::uint32_t>(place.w)) << 48 ^
                              static_cast<std::uint64_t>(static_cast<std::uint32_t>(place.h)) << 16;
  const std::uint64_t all = (hash ^ where * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
  for (int ty = y0 / tile; ty <= y1 / tile; ++ty)
    for (int tx = x0 / tile; tx <= x1 / tile; ++tx) {
      std::uint64_t& h = now_[static_cast<std::size_t>(ty * across_ + tx)];
      h = ((h << 5 | h >> 59) ^ all) * 0x9E3779B97F4A7C15u;
    }
}

const std::vector<PixelRect>& Damage::end() {
  rects_.clear();
  for (int ty = 0; ty < down_; ++ty) {
    for (int tx = 0; tx < across_; ++tx) {
      const auto differs = [&](int x) {
        const auto i = static_cast<std::size_t>(ty * across_ + x);
        return whole_ || now_[i] != last_[i];
      };
      if (!differs(tx)) continue;
      int stop = tx + 1;
      while (stop < across_ && differs(stop)) ++stop;
      const PixelRect strip{tx * tile, ty * tile, std::min(stop * tile, width_) - tx * tile,
                            std::min((ty + 1) * tile, height_) - ty * tile};
      // A strip just as wide right below another joins it.
      const auto above =
          std::ranges::find_if(rects_, [&](const PixelRect& r) { return r.x == strip.x && r.w == strip.w && r.y + r.h == strip.y; });
      if (above != rects_.end())
        above->h += strip.h;
      else
        rects_.push_back(strip);
      tx = stop - 1;
    }
  }
  std::swap(now_, last_);
  whole_ = false;
  return rects_;
}

}  // namespace huisbord
