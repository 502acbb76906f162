// SPDX-License-Identifier: GPL-3.0-or-later
// Glyphs as cells of the atlas: text lightly hinted with x in quarter pixels, pictograms unhinted and mirrored when asked.
#pragma once

#include <cstdint>
#include <vector>

#include "app/kiosk/text/atlas.h"
#include "app/kiosk/text/faces.h"

namespace huisbord::ui {

struct GlyphLook {
  float pixels = 24;       ///< device pixels an em
  std::uint8_t phase = 0;  ///< quarter pixels to the right, 0 to 3
  bool on_dark = false;    ///< light text on dark: coverage^(1/1.18), so that it looks as heavy
};

class Glyphs {
 public:
  Glyphs(Faces& faces, Atlas& atlas) : faces_(faces), atlas_(atlas) {}
  /// left and top of the cell are from the pen on the baseline (top upwards).
  [[nodiscard]] AtlasCell text(std::uint16_t face, std::uint32_t glyph, const GlyphLook& look);
  /// left and top of the cell are from the upper left corner of the glyph's em square. Empty for a code point the font lacks.
  [[nodiscard]] AtlasCell icon(char32_t code, float pixels, std::uint8_t phase, bool mirrored);

 private:
  Faces& faces_;
  Atlas& atlas_;
  std::vector<std::uint8_t> coverage_;  ///< of one glyph, used again
};

}  // namespace huisbord::ui
