// SPDX-License-Identifier: GPL-3.0-or-later
// Our own FreeType faces: one a font file and index, opened when a run first needs it; face 0 is the pictograms'.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

typedef struct FT_LibraryRec_* FT_Library;
typedef struct FT_FaceRec_* FT_Face;

namespace huisbord::ui {

class Faces {
 public:
  static constexpr std::uint16_t icons = 0;
  static constexpr std::uint16_t none = 0xFFFF;

  /// A pictogram font that cannot be opened leaves pictograms out; has_icons() tells.
  explicit Faces(const std::string& icon_font);
  ~Faces();
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;

  [[nodiscard]] bool has_icons() const { return faces_[icons] != nullptr; }
  /// `none` when the file cannot be opened.
  [[nodiscard]] std::uint16_t id(const std::string& file, int index);
  /// Null for `none` or a missing pictogram font.
  [[nodiscard]] FT_Face face(std::uint16_t id) const { return id < faces_.size() ? faces_[id] : nullptr; }

 private:
  FT_Library library_ = nullptr;
  std::vector<FT_Face> faces_;
  std::map<std::pair<std::string, int>, std::uint16_t> ids_;
};

}  // namespace huisbord::ui
