// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of the languages that are there.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/i18n/catalogue.h"
#include "core/i18n/language.h"

namespace huisbord {

/// The catalogues that are there; one that is missing falls back to Dutch and is told once to the log.
class Words {
 public:
  explicit Words(std::filesystem::path directory, std::function<void(const std::string&)> log);
  [[nodiscard]] const i18n::Catalogue& of(i18n::Language language);
  [[nodiscard]] const std::vector<i18n::Language>& available() const { return available_; }
  /// One line to the log for each catalogue that ought to be there and is not, or cannot be read.
  void tell_missing();

 private:
  std::filesystem::path directory_;
  std::function<void(const std::string&)> log_;
  std::vector<i18n::Language> available_;
  std::array<std::optional<i18n::Catalogue>, i18n::kLanguages.size()> loaded_;
};

}  // namespace huisbord
