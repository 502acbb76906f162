// SPDX-License-Identifier: GPL-3.0-or-later
// Reads kiosk.toml and says where it is wrong.
#include "app/kiosk/kiosk_settings.h"

#include <toml++/toml.h>

namespace huisbord {

Result<KioskSettings> KioskSettings::load(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file))
    return fail(ErrorCode::not_found, file.string() + " is not there: this folder holds no kiosk. Make one with huisbordctl kiosk make.");
  toml::table table;
  try {
    table = toml::parse_file(file.string());
  } catch (const toml::parse_error& wrong) {
    return fail(ErrorCode::parse, file.string() + ", line " + std::to_string(wrong.source().begin.line) + ", column " +
                                      std::to_string(wrong.source().begin.column) + ": " + std::string(wrong.description()) + ".");
  }
  KioskSettings settings;
  settings.relay = table["relay"].value_or(std::string());
  settings.authorities = table["authorities"].value_or(std::string());
  settings.tick_seconds = table["tick_seconds"].value_or(30.0);
  if (!(settings.tick_seconds >= 0.2 && settings.tick_seconds <= 3600))
    return fail(ErrorCode::invalid, file.string() + ": tick_seconds must lie between 0.2 and 3600.");
  if (const auto per_mm = table["pixels_per_mm"].value<double>()) {
    if (!(*per_mm > 1 && *per_mm < 40)) return fail(ErrorCode::invalid, file.string() + ": pixels_per_mm must lie between 1 and 40.");
    settings.pixels_per_mm = static_cast<float>(*per_mm);
  }
  if (const auto scale = table["scale"].value<double>(); scale && *scale != 0) {
    if (!(*scale > 0.2 && *scale < 8)) return fail(ErrorCode::invalid, file.string() + ": scale must be 0 or lie between 0.2 and 8.");
    settings.scale = static_cast<float>(*scale);
  }
  if (const auto* languages = table["languages"].as_array(); languages && !languages->empty()) {
    const std::string language = languages->front().value_or(std::string());
    const auto known = i18n::language_of(language);
    if (!known)
      return fail(ErrorCode::invalid, file.string() + ": languages: \"" + language + "\" is none of nl en ar ti fa fr am so es pt.");
    settings.language = *known;
  }
  return settings;
}

}  // namespace huisbord
