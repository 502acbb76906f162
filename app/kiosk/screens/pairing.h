// SPDX-License-Identifier: GPL-3.0-or-later
// A board meets its office: the words that will open a new one, the code of the office, six words that must be the same on both sides.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/kiosk/screens/passphrase_entry.h"
#include "app/kiosk/screens/words.h"
#include "app/kiosk/widgets/ui.h"

namespace huisbord {

using SixWords = std::array<std::string_view, 6>;  ///< each of a list that lives as long as the program

struct PairingView {
  enum class Stage : std::uint8_t { at_rest, looking, waiting_for_office, comparing, waiting_for_yes, joining, ended };
  enum class End : std::uint8_t {
    wrong_code,
    old_code,
    used_code,
    ended_there,
    words_differ,
    out_of_time,
    not_the_office,
    newer,
    store_failed
  };
  Stage stage = Stage::at_rest;
  End end = End::wrong_code;  ///< with ended
  SixWords words{};           ///< with comparing
  bool relay_reached = true;  ///< false: there is no network now; it is tried again
  friend bool operator==(const PairingView&, const PairingView&) = default;
};

/// What the screen asks of the program. Nothing of it waits.
class PairingActions {
 public:
  virtual ~PairingActions() = default;
  /// Six words, made here: they will open this board. The same ones until forget_phrase(). Of a first start alone.
  [[nodiscard]] virtual SixWords house_phrase() { return {}; }
  virtual void forget_phrase() {}
  [[nodiscard]] virtual bool is_code(const std::string& typed) const = 0;
  virtual void begin(const std::string& code, const std::string& staff_passphrase) = 0;
  [[nodiscard]] virtual PairingView view() const = 0;
  virtual void answer(bool words_agree) = 0;
  /// Ends what was begun; what was made for it goes.
  virtual void start_over() = 0;
};

/// Once a frame; the program takes it down when the board belongs to a house. What opens the board is drawn, never published.
class PairingScreen {
 public:
  /// A board that has a house is taken in again: no words are made, staff show that they are, and one may go back at any time.
  struct Renewing {
    std::function<void(const std::string& passphrase)> begin_check;  ///< empty: there is nobody's passphrase to ask
    std::function<std::optional<bool>()> poll_check;
    std::function<void()> leave;
  };
  PairingScreen(PairingActions& actions, Words& words, i18n::Language language, std::optional<Renewing> renewing = {});
  ~PairingScreen();

  [[nodiscard]] ui::Look look() const;
  void draw(ui::Ui& ui);

 private:
  using Stage = PairingView::Stage;
  enum class Step : std::uint8_t { welcome, phrase, phrase_again, staff, staff_again, code, office };
  enum class Slip : std::uint8_t { none, differs, too_short };  ///< what was wrong with what was typed last
  void leave_alone(ui::Ui& ui);
  void welcome(ui::Ui& ui, ui::Rect r);
  void typed(ui::Ui& ui, ui::Rect r);
  void heard(PassphraseEntry::Heard what);
  void six_words(ui::Ui& ui, ui::Rect r, const SixWords& six, bool compares);
  void code(ui::Ui& ui, ui::Rect r);
  void office(ui::Ui& ui, ui::Rect r, const PairingView& view);
  void again_from(Step step);
  void ask_start_over(ui::Ui& ui);
  void bar(ui::Ui& ui);
  void poll_check(ui::Ui& ui);
  [[nodiscard]] bool is_at_work() const;
  void head(ui::Ui& ui, ui::Rect r);
  static void panel(ui::Ui& ui, ui::Rect r, const std::string& line, ui::Icon icon);
  [[nodiscard]] std::string say(i18n::Key key) { return words_.of(language_).text(key); }
  void go(Step step);

  PairingActions& actions_;
  Words& words_;
  i18n::Language language_;
  std::optional<Renewing> renewing_;
  ui::TextSize letters_ = ui::TextSize::normal;
  Step step_ = Step::welcome;
  Slip slip_ = Slip::none;
  bool asks_ = false;    ///< whether to start over
  bool checks_ = false;  ///< whose passphrase it is
  Millis touched_at_;
  PassphraseEntry entry_;
  std::string staff_, code_;
};

}  // namespace huisbord
