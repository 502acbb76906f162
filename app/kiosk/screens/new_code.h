// SPDX-License-Identifier: GPL-3.0-or-later
// A new code on the glass: the kiosk proposes one, its owner learns it and types it again.
#pragma once

#include <string>
#include <string_view>

#include "app/kiosk/widgets/ui.h"
#include "core/i18n/catalogue.h"

namespace huisbord {

/// Overwrites a code that was typed or shown.
void wipe_code(std::string& code);

/// Holds the code while it is learnt, and wipes it.
class NewCode {
 public:
  NewCode() = default;
  ~NewCode() { forget(); }
  NewCode(const NewCode&) = delete;
  NewCode& operator=(const NewCode&) = delete;

  void propose(std::string code);
  void forget();
  enum class Heard : std::uint8_t {
    nothing,
    another,  ///< a proposal that is easier to learn is wanted
    learnt    ///< code() was typed as it was shown
  };
  /// While busy nothing is taken.
  Heard draw(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, bool busy);
  [[nodiscard]] std::string_view face() const { return repeats_ ? "repeat" : "proposal"; }
  [[nodiscard]] const std::string& code() const { return proposed_; }

 private:
  Heard proposal(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r);
  Heard repeat(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, bool busy);

  std::string proposed_, typed_;
  bool repeats_ = false, differs_ = false;
};

/// A line, six rings and the keys; `alert`: the line says that something was wrong. True when the sixth digit was typed into `typed`.
bool code_keys(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, const std::string& line, bool alert, std::string& typed, bool busy);
/// The code works now; true when that was read.
bool code_works(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, ui::Icon next);

}  // namespace huisbord
