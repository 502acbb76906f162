// SPDX-License-Identifier: GPL-3.0-or-later
// Reads kiosk.toml and says where it is wrong.
#include "app/kiosk/kiosk_settings.h"

#include <toml++/toml.h>

#include <string_view>

namespace huisbord {
namespace {

/// The values of one file, each asked for by key; the first that is wrong is what load() answers.
class Reader {
 public:
  Reader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  template <class T>
  std::optional<T> value(const char* key, const char* kind) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    auto read = node->value<T>();
    if (!read) wrong(key, *node, std::string("is no ") + kind + ".");
    return read;
  }
  /// Nothing else than true or false: toml++ would take a number for one.
  std::optional<bool> flag(const char* key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    auto read = node->value_exact<bool>();
    if (!read) wrong(key, *node, "is neither true nor false.");
    return read;
  }
  std::optional<double> number(const char* key, double low, double high, const char* rule) {
    const auto read = value<double>(key, "number");
    if (read && !(*read >= low && *read <= high)) wrong(key, *table_.get(key), rule);
    return read;
  }
  /// 0 stands for "none": huisbordctl writes it so that the key can be found.
  std::optional<double> number_or_zero(const char* key, double low, double high, const char* rule) {
    if (table_[key].value<double>() == 0.0) return std::nullopt;
    return number(key, low, high, rule);
  }
  std::optional<i18n::Language> first_language(const char* key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const toml::array* all = node->as_array();
    const auto first = all != nullptr && !all->empty() ? all->front().value<std::string>() : std::nullopt;
    const auto known = first ? i18n::language_of(*first) : std::nullopt;
    if (!known) wrong(key, *node, "must be a list that begins with one of nl en ar ti fa fr am so es pt.");
    return known;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  void wrong(const char* key, const toml::node& node, const std::string& why) {
    if (error_) return;
    error_ = Error{ErrorCode::invalid, file_ + ", line " + std::to_string(node.source().begin.line) + ", column " +
                                           std::to_string(node.source().begin.column) + ": " + key + " " + why};
  }
  const toml::table& table_;
  std::string file_;
  std::optional<Error> error_;
};

}  // namespace

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
  Reader reader(table, file.string());
  KioskSettings settings;
  settings.relay = reader.value<std::string>("relay", "text").value_or(std::string());
  settings.authorities = reader.value<std::string>("authorities", "text").value_or(std::string());
  settings.tick_seconds = reader.number("tick_seconds", 0.2, 3600, "must lie between 0.2 and 3600.").value_or(settings.tick_seconds);
  if (const auto per_mm = reader.number("pixels_per_mm", 1, 40, "must lie between 1 and 40."))
    settings.pixels_per_mm = static_cast<float>(*per_mm);
  if (const auto scale = reader.number_or_zero("scale", 0.2, 8, "must be 0 or lie between 0.2 and 8."))
    settings.scale = static_cast<float>(*scale);
  if (const auto language = reader.first_language("languages")) settings.language = *language;
  settings.sound = reader.flag("sound").value_or(settings.sound);
  settings.less_motion = reader.flag("less_motion").value_or(settings.less_motion);
  if (reader.error()) return std::unexpected(*reader.error());
  return settings;
}

}  // namespace huisbord
