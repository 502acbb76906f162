// SPDX-License-Identifier: GPL-3.0-or-later
// The one texture that everything is copied from: white cells with alpha, packed on shelves, found again by key.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace huisbord::ui {

/// Where cells are uploaded to: one texture of side x side pixels, ARGB8888.
class AtlasTexture {
 public:
  virtual ~AtlasTexture() = default;
  virtual void upload(int x, int y, int w, int h, const std::uint32_t* argb) = 0;
  virtual void clear() = 0;  ///< all pixels transparent
};

/// A place in the texture and where its upper left corner lies from the pen (glyphs only).
struct AtlasCell {
  std::uint16_t x = 0, y = 0, w = 0, h = 0;
  std::int16_t left = 0, top = 0;
};

/// What a cell shows: `kind` tells apart glyphs, discs, rings; the rest is the kind's own.
struct AtlasKey {
  std::uint32_t kind = 0, a = 0, b = 0, c = 0;
  friend bool operator==(const AtlasKey&, const AtlasKey&) = default;
};

/// Cells live until clear(): there is no eviction of one. When a cell finds no room, full() turns true and an empty cell is
/// given; the owner ends its frame, clears and builds again.
class Atlas {
 public:
  static constexpr int side = 1024;

  explicit Atlas(AtlasTexture& texture);

  [[nodiscard]] const AtlasCell* find(const AtlasKey& key) const;
  /// `coverage` holds w*h bytes, row by row.
  AtlasCell insert(const AtlasKey& key, int w, int h, int left, int top, std::span<const std::uint8_t> coverage);
  /// A cell without a key, whose pixels are replaced as often as wanted (the countdown ring).
  AtlasCell reserve(int w, int h);
  void replace(const AtlasCell& cell, std::span<const std::uint8_t> coverage);

  [[nodiscard]] bool full() const { return full_; }
  /// Grows with each clear(); positions of an older generation mean nothing.
  [[nodiscard]] std::uint32_t generation() const { return generation_; }
  [[nodiscard]] int rows_used() const { return next_shelf_; }
  /// The middle of an opaque white block, in pixels: what plain fills are taken from.
  [[nodiscard]] static constexpr float white() { return 2.0f; }
  void clear();

 private:
  struct Shelf {
    int y = 0, height = 0, used = 0;
  };
  struct KeyHash {
    std::size_t operator()(const AtlasKey& key) const;
  };
  bool place(int w, int h, AtlasCell& cell);

  AtlasTexture& texture_;
  std::unordered_map<AtlasKey, AtlasCell, KeyHash> cells_;
  std::vector<Shelf> shelves_;
  std::vector<std::uint32_t> pixels_;  ///< of one upload, used again
  int next_shelf_ = 0;
  bool full_ = false;
  std::uint32_t generation_ = 0;
};

}  // namespace huisbord::ui
