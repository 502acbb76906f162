// SPDX-License-Identifier: GPL-3.0-or-later
// kiosk.toml beside the vault: which relay, how often, how large the panel is, which language the board speaks.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/i18n/language.h"

namespace huisbord {

struct KioskSettings {
  std::string relay;        ///< address; empty: never synchronises
  std::string authorities;  ///< certificates to trust instead of the system's
  double tick_seconds = 30;
  std::optional<float> pixels_per_mm;            ///< of the panel, when the display tells nothing or lies
  std::optional<float> scale;                    ///< device pixels a design pixel; goes before pixels_per_mm
  i18n::Language language = i18n::Language::nl;  ///< the board's: the first of `languages`
  bool sound = true;                             ///< softly, before a session ends by itself
  bool less_motion = false;                      ///< nothing moves or fades

  /// not_found, parse (with line and column), invalid (with the key).
  [[nodiscard]] static Result<KioskSettings> load(const std::filesystem::path& file);
};

}  // namespace huisbord
