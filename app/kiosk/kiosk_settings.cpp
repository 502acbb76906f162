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
  const auto house = HouseId::from_hex_text(table["house"].value_or(std::string()));
  if (!house) return fail(ErrorCode::invalid, file.string() + ": house must be 32 hexadecimal digits.");
  settings.house = *house;
  settings.relay = table["relay"].value_or(std::string());
  settings.authorities = table["authorities"].value_or(std::string());
  settings.tick_seconds = table["tick_seconds"].value_or(30.0);
  if (!(settings.tick_seconds >= 0.2 && settings.tick_seconds <= 3600))
    return fail(ErrorCode::invalid, file.string() + ": tick_seconds must lie between 0.2 and 3600.");
  if (const auto per_mm = table["pixels_per_mm"].value<double>()) {
    if (!(*per_mm > 1 && *per_mm < 40)) return fail(ErrorCode::invalid, file.string() + ": pixels_per_mm must lie between 1 and 40.");
    settings.pixels_per_mm = static_cast<float>(*per_mm);
  }
  if (const auto scale = table["scale"].value<double>()) {
    if (!(*scale > 0.2 && *scale < 8)) return fail(ErrorCode::invalid, file.string() + ": scale must lie between 0.2 and 8.");
    settings.scale = static_cast<float>(*scale);
  }
  const std::string language = table["language"].value_or(std::string("nl"));
  const auto known = i18n::language_of(language);
  if (!known) return fail(ErrorCode::invalid, file.string() + ": language \"" + language + "\" is none of nl en ar ti fa fr am so es pt.");
  settings.language = *known;
  return settings;
}

}  // namespace huisbord
