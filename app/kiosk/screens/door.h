// SPDX-License-Identifier: GPL-3.0-or-later
// What stands on the glass while no vault is open: the six words that open it, or one calm sentence on why it cannot be.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/kiosk/screens/passphrase_entry.h"
#include "app/kiosk/screens/words.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord {

enum class Obstacle : std::uint8_t { locked_elsewhere, no_house, damaged, disk_full, read_only, newer, cannot_start, closed };

class Door {
 public:
  Door(Words& words, i18n::Language language) : words_(words), language_(language) {}

  /// Begins opening with a phrase; poll answers when done: true opens, false: these words open nothing.
  std::function<void(std::string phrase)> begin_open;
  std::function<std::optional<bool>()> poll_open;

  void say(Obstacle obstacle) { obstacle_ = obstacle; }
  /// Whose words open it.
  enum class Opener : std::uint8_t { words, words_or_passphrase };
  void expect(Opener opener) { opener_ = opener; }
  /// It may open with nobody there: that is said until it does, fails, or somebody wants to type.
  void expect_alone() { alone_ = Alone::opening; }
  enum class Alone : std::uint8_t { opening, not_now, ask_office };
  void alone_failed(Alone why) { alone_ = why; }
  /// This machine takes no more passphrases for a while.
  void too_often() { too_often_ = true; }
  [[nodiscard]] ui::Look look() const;
  void draw(ui::Ui& ui);

 private:
  void draw_obstacle(ui::Ui& ui);
  void draw_alone(ui::Ui& ui);
  [[nodiscard]] i18n::Key line() const;

  Words& words_;
  i18n::Language language_;
  std::optional<Obstacle> obstacle_;
  PassphraseEntry phrase_;
  Opener opener_ = Opener::words;
  Alone alone_ = Alone::not_now;
  bool opening_ = false, wrong_ = false, too_often_ = false, types_ = false;
};

}  // namespace huisbord
