// SPDX-License-Identifier: GPL-3.0-or-later
// Words that nobody else may read, typed on the glass: a line that asks, a field of dots, and the keyboard.
#pragma once

#include <string>

#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/ui.h"
#include "core/i18n/catalogue.h"

namespace huisbord {

/// Holds what is typed and wipes it; at most 128 ASCII characters. The keyboard stands where the bottom bar is otherwise.
class PassphraseEntry {
 public:
  PassphraseEntry();
  ~PassphraseEntry() { wipe(); }
  PassphraseEntry(const PassphraseEntry&) = delete;
  PassphraseEntry& operator=(const PassphraseEntry&) = delete;

  struct Says {
    i18n::Key line, name, enter;  ///< above the field; of the field; on the return key
    bool alert = false;           ///< the line says that something was wrong
  };
  enum class Heard : std::uint8_t { nothing, typed, entered };
  /// Draws from the top of r, and the keyboard. While busy nothing is taken.
  Heard draw(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, const Says& says, bool busy);
  [[nodiscard]] const std::string& text() const { return typed_; }
  void wipe();

 private:
  std::string typed_;
  ui::KeyboardState keyboard_;
};

}  // namespace huisbord
