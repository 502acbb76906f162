// SPDX-License-Identifier: GPL-3.0-or-later
// The whole kiosk in this process on SDL's silent display, touched by another thread through what its semantics socket tells.
#pragma once

#include <functional>
#include <string>

#include "app/kiosk/kiosk.h"
#include "core/i18n/catalogue.h"

namespace huisbord {

/// The lines that a kiosk's semantics socket answers; none while it does not.
[[nodiscard]] std::string tree_of(const std::filesystem::path& socket);

/// Runs the kiosk on this thread and \p script on another; quits when that is done. What the script reads it reads by name, so that no
/// text of the glass stays in its own memory.
class DrivenKiosk {
 public:
  explicit DrivenKiosk(KioskOptions options);
  /// The exit code. Fails the test when the kiosk cannot be made.
  int run(const std::function<void(DrivenKiosk&)>& script);

  /// For the script. Fails the test after 20 seconds.
  bool see(const std::string& name, bool there = true);
  [[nodiscard]] bool shows(const std::string& name) const;
  /// The topmost node that can be tapped and has that text in its name; `key`: exactly that name.
  bool tap(const std::string& name);
  bool tap_key(const std::string& name);
  void type(const std::string& digits);
  /// A finger that stays so long.
  bool hold(const std::string& name, int ms);
  /// Words on the glass's keyboard, and its return key.
  void type_words(const std::string& text, const std::string& enter);
  /// From the board to the code of whoever has that room alone.
  bool choose(const std::string& room);
  /// From the board to a resident's home.
  bool sign_in(const std::string& room, const std::string& pin);
  /// Looks for texts of that language from now on.
  void speak(i18n::Language language);
  [[nodiscard]] std::string say(i18n::Key key) const { return words_.text(key); }
  /// Until what was drawn last has been told and forgotten.
  static void rest();
  [[nodiscard]] Kiosk& kiosk() { return *kiosk_; }

 private:
  struct Place {
    float x = 0, y = 0;
  };
  [[nodiscard]] std::optional<Place> find(const std::string& name, bool target, bool whole) const;
  bool tap(const std::string& name, bool whole, int ms = 40, int wait = 350);

  KioskOptions options_;
  i18n::Catalogue words_;
  std::unique_ptr<Kiosk> kiosk_;
};

}  // namespace huisbord
