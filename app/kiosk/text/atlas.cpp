// SPDX-License-Identifier: GPL-3.0-or-later
// Packs cells on shelves and uploads their pixels.
#include "app/kiosk/text/atlas.h"

#include <algorithm>

#include "core/base/check.h"

namespace huisbord::ui {
namespace {

constexpr int gap = 1;  // nearest sampling needs no more

}  // namespace

std::size_t Atlas::KeyHash::operator()(const AtlasKey& key) const {
  std::uint64_t h = (std::uint64_t{key.kind} << 32 | key.a) * 0x9E3779B97F4A7C15u;
  h ^= h >> 29;
  h = (h + (std::uint64_t{key.b} << 32 | key.c)) * 0xBF58476D1CE4E5B9u;
  return static_cast<std::size_t>(h ^ h >> 32);
}

Atlas::Atlas(AtlasTexture& texture) : texture_(texture) { clear(); }

const AtlasCell* Atlas::find(const AtlasKey& key) const {
  const auto found = cells_.find(key);
  return found == cells_.end() ? nullptr : &found->second;
}

bool Atlas::place(int w, int h, AtlasCell& cell) {
  CHECK(w >= 0 && h >= 0 && w <= side && h <= side);
  // The lowest shelf that wastes least: a glyph may lie on a shelf of at most a third more than its height.
  Shelf* best = nullptr;
  for (Shelf& shelf : shelves_) {
    const bool fits = shelf.used + w + gap <= side && h <= shelf.height && (shelf.height <= 8 || h * 4 >= shelf.height * 3);
    if (fits && (best == nullptr || shelf.height < best->height)) best = &shelf;
  }
  if (best == nullptr) {
    const int height = std::min((h + 3) / 4 * 4, side);
    if (next_shelf_ + height + gap > side) {
      for (Shelf& shelf : shelves_)  // no room for a new shelf: any that holds it will do
        if (shelf.used + w + gap <= side && h <= shelf.height && (best == nullptr || shelf.height < best->height)) best = &shelf;
      if (best == nullptr) return false;
    } else {
      shelves_.push_back({next_shelf_, height, 0});
      next_shelf_ += height + gap;
      best = &shelves_.back();
    }
  }
  cell.x = static_cast<std::uint16_t>(best->used);
  cell.y = static_cast<std::uint16_t>(best->y);
  cell.w = static_cast<std::uint16_t>(w);
  cell.h = static_cast<std::uint16_t>(h);
  best->used += w + gap;
  return true;
}

AtlasCell Atlas::insert(const AtlasKey& key, int w, int h, int left, int top, std::span<const std::uint8_t> coverage) {
  AtlasCell cell;
  if (w == 0 || h == 0) {
    cells_.emplace(key, cell);
    return cell;
  }
  if (w > side || h > side || !place(w, h, cell)) {
    full_ = true;
    return {};
  }
  cell.left = static_cast<std::int16_t>(left);
  cell.top = static_cast<std::int16_t>(top);
  replace(cell, coverage);
  cells_.emplace(key, cell);
  return cell;
}

AtlasCell Atlas::reserve(int w, int h) {
  AtlasCell cell;
  if (!place(w, h, cell)) {
    full_ = true;
    return {};
  }
  return cell;
}

void Atlas::replace(const AtlasCell& cell, std::span<const std::uint8_t> coverage) {
  if (cell.w == 0) return;
  CHECK(coverage.size() == std::size_t{cell.w} * cell.h);
  pixels_.resize(coverage.size());
  std::ranges::transform(coverage, pixels_.begin(), [](std::uint8_t alpha) { return std::uint32_t{alpha} << 24 | 0xFFFFFFu; });
  texture_.upload(cell.x, cell.y, cell.w, cell.h, pixels_.data());
}

void Atlas::clear() {
  cells_.clear();
  shelves_.clear();
  std::ranges::fill(pixels_, 0u);
  next_shelf_ = 0;
  full_ = false;
  ++generation_;
  texture_.clear();
  AtlasCell white;
  place(4, 4, white);
  replace(white, std::vector<std::uint8_t>(16, 255));
}

}  // namespace huisbord::ui
