// SPDX-License-Identifier: GPL-3.0-or-later
// Text to glyphs by Pango: joining, order of right-to-left pieces, fallback fonts and line breaks, at one reference size, remembered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/text/faces.h"
#include "app/kiosk/text/language.h"

namespace huisbord::ui {

struct ShapedGlyph {
  std::uint32_t glyph = 0;
  std::uint16_t face = Faces::none;
  bool unknown = false;  ///< no font has it: drawn as a box, counted
  float x = 0, y = 0;    ///< pen, in ems, from the left end of the line and its baseline (y downwards)
  float advance = 0;     ///< in ems
};

struct ShapedLine {
  std::uint32_t first = 0, count = 0;  ///< of Shaped::glyphs, in visual order
  float width = 0;                     ///< in ems, without the space at which it was broken
};

struct Shaped {
  std::vector<ShapedGlyph> glyphs;
  std::vector<ShapedLine> lines;
  float width = 0;  ///< of the longest line, in ems
};

struct ShapeRequest {
  std::string_view text;
  std::string_view language = "nl";
  Direction direction = Direction::left_to_right;
  bool bold = false;
  float wrap = 0;  ///< ems; 0: one line for each line of the text
};

/// Not for several threads. Answers stay valid until the next call.
class Shaper {
 public:
  /// `fonts_conf`: our own fontconfig file, which names the folder and the fonts. It must be in force before any Pango call of the
  /// process: the first Shaper sets FONTCONFIG_FILE when the file exists; without it, or when it names no font that is there, the system's
  /// fonts serve; where there are none at all every letter is a box.
  Shaper(const std::string& fonts_conf, Faces& faces);
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;

  [[nodiscard]] const Shaped& shape(const ShapeRequest& request);
  /// Ascent and descent of the first font (Noto Sans), in ems: lines are placed by it whatever fonts a line falls back to.
  [[nodiscard]] float ascent() const { return ascent_; }
  [[nodiscard]] float descent() const { return descent_; }
  [[nodiscard]] std::uint64_t unknown_glyphs() const { return unknown_; }  ///< since the start
  [[nodiscard]] std::size_t remembered() const;
  [[nodiscard]] bool own_fonts() const { return own_fonts_; }  ///< false: those of fonts_conf are not there
  /// The family that Pango took for the given language's script: empty when nothing was found (for the log).
  [[nodiscard]] std::string family_for(std::string_view sample, std::string_view language);

  /// Overwrites and drops all that it remembers, and pushes a long dummy through Pango's own buffers.
  void forget();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
  float ascent_ = 1.069f, descent_ = 0.293f;
  std::uint64_t unknown_ = 0;
  bool own_fonts_ = true;
};

}  // namespace huisbord::ui
