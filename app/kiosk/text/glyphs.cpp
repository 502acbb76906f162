// SPDX-License-Identifier: GPL-3.0-or-later
// Rasterises a glyph into the atlas the first time it is asked for.
#include "app/kiosk/text/glyphs.h"

#include <ft2build.h>

#include <algorithm>
#include <array>
#include <cmath>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

namespace huisbord::ui {
namespace {

constexpr std::uint32_t kind_text = 1;
constexpr std::uint32_t kind_icon = 2;

std::uint32_t sixty_fourths(float pixels) { return static_cast<std::uint32_t>(std::lround(pixels * 64)); }

const std::array<std::uint8_t, 256>& heavier() {
  static const auto table = [] {
    std::array<std::uint8_t, 256> t{};
    for (std::size_t i = 0; i < t.size(); ++i)
      t[i] = static_cast<std::uint8_t>(std::lround(255 * std::pow(static_cast<double>(i) / 255, 1 / 1.18)));
    return t;
  }();
  return table;
}

/// Loads, moves by the phase and renders; null when the font has no outline for it.
FT_GlyphSlot render(FT_Face face, std::uint32_t glyph, std::uint32_t size, std::uint8_t phase, FT_Int32 flags, FT_Render_Mode mode) {
  if (FT_Set_Char_Size(face, 0, static_cast<FT_F26Dot6>(size), 72, 72) != 0) return nullptr;
  if (FT_Load_Glyph(face, glyph, flags) != 0) return nullptr;
  FT_GlyphSlot slot = face->glyph;
  if (slot->format == FT_GLYPH_FORMAT_OUTLINE) {
    FT_Outline_Translate(&slot->outline, phase * 16, 0);
    if (FT_Render_Glyph(slot, mode) != 0) return nullptr;
  }
  return slot->bitmap.pixel_mode == FT_PIXEL_MODE_GRAY || slot->bitmap.rows == 0 ? slot : nullptr;
}

void copy_rows(const FT_Bitmap& bitmap, bool mirrored, std::vector<std::uint8_t>& out) {
  out.resize(std::size_t{bitmap.width} * bitmap.rows);
  for (unsigned y = 0; y < bitmap.rows; ++y) {
    const unsigned char* row = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
    std::uint8_t* to = out.data() + std::size_t{y} * bitmap.width;
    if (mirrored)
      std::reverse_copy(row, row + bitmap.width, to);
    else
      std::copy(row, row + bitmap.width, to);
  }
}

}  // namespace

AtlasCell Glyphs::text(std::uint16_t face_id, std::uint32_t glyph, const GlyphLook& look) {
  const std::uint32_t size = sixty_fourths(look.pixels);
  const AtlasKey key{kind_text, std::uint32_t{face_id} << 16 | std::uint32_t{look.phase} << 1 | (look.on_dark ? 1u : 0u), glyph, size};
  if (const AtlasCell* cell = atlas_.find(key)) return *cell;
  FT_Face face = faces_.face(face_id);
  FT_GlyphSlot slot = face == nullptr ? nullptr : render(face, glyph, size, look.phase, FT_LOAD_TARGET_LIGHT, FT_RENDER_MODE_LIGHT);
  if (slot == nullptr) return atlas_.insert(key, 0, 0, 0, 0, {});
  copy_rows(slot->bitmap, false, coverage_);
  if (look.on_dark) std::ranges::transform(coverage_, coverage_.begin(), [](std::uint8_t a) { return heavier()[a]; });
  return atlas_.insert(key, static_cast<int>(slot->bitmap.width), static_cast<int>(slot->bitmap.rows), slot->bitmap_left, slot->bitmap_top,
                       coverage_);
}

AtlasCell Glyphs::icon(char32_t code, float pixels, std::uint8_t phase, bool mirrored) {
  const std::uint32_t size = sixty_fourths(pixels);
  const AtlasKey key{kind_icon, std::uint32_t{phase} << 1 | (mirrored ? 1u : 0u), code, size};
  if (const AtlasCell* cell = atlas_.find(key)) return *cell;
  FT_Face face = faces_.face(Faces::icons);
  const FT_UInt glyph = face == nullptr ? 0 : FT_Get_Char_Index(face, code);
  // The phase moves to the right on screen; a mirrored glyph is turned after it was moved.
  const auto drawn_phase = static_cast<std::uint8_t>(mirrored ? (4 - phase) % 4 : phase);
  FT_GlyphSlot slot = glyph == 0 ? nullptr : render(face, glyph, size, drawn_phase, FT_LOAD_NO_HINTING, FT_RENDER_MODE_NORMAL);
  if (slot == nullptr) return atlas_.insert(key, 0, 0, 0, 0, {});
  copy_rows(slot->bitmap, mirrored, coverage_);
  const float em = static_cast<float>(face->units_per_EM);
  const float ascent = static_cast<float>(face->ascender) / em;
  const float descent = static_cast<float>(-face->descender) / em;
  const float baseline = pixels * ((1 - ascent - descent) / 2 + ascent);
  const auto w = static_cast<int>(slot->bitmap.width);
  int left = slot->bitmap_left;
  if (mirrored) left = static_cast<int>(std::lround(pixels)) + (phase != 0 ? 1 : 0) - slot->bitmap_left - w;
  return atlas_.insert(key, w, static_cast<int>(slot->bitmap.rows), left, static_cast<int>(std::lround(baseline)) - slot->bitmap_top,
                       coverage_);
}

}  // namespace huisbord::ui
