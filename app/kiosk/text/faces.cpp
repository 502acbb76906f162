// SPDX-License-Identifier: GPL-3.0-or-later
// Opens font files with FreeType and keeps them open.
#include "app/kiosk/text/faces.h"

#include <ft2build.h>

#include "core/base/check.h"
#include FT_FREETYPE_H

namespace huisbord::ui {

Faces::Faces(const std::string& icon_font) {
  CHECK(FT_Init_FreeType(&library_) == 0);
  FT_Face face = nullptr;
  if (FT_New_Face(library_, icon_font.c_str(), 0, &face) != 0) face = nullptr;
  faces_.push_back(face);
}

Faces::~Faces() {
  for (FT_Face face : faces_)
    if (face != nullptr) FT_Done_Face(face);
  FT_Done_FreeType(library_);
}

std::uint16_t Faces::id(const std::string& file, int index) {
  const auto key = std::pair{file, index};
  if (const auto found = ids_.find(key); found != ids_.end()) return found->second;
  FT_Face face = nullptr;
  std::uint16_t made = none;
  if (FT_New_Face(library_, file.c_str(), index, &face) == 0) {
    made = static_cast<std::uint16_t>(faces_.size());
    faces_.push_back(face);
  }
  ids_.emplace(key, made);
  return made;
}

}  // namespace huisbord::ui
