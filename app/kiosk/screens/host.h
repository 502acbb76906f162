// SPDX-License-Identifier: GPL-3.0-or-later
// What stands between the screens and the glass: which screen shows, the bottom bar, the toast, the sheet, the session's time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/kiosk_actions.h"
#include "app/kiosk/screens/words.h"
#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/ui.h"
#include "core/i18n/catalogue.h"
#include "core/i18n/language.h"

namespace huisbord {

enum class Place : std::uint8_t { board, sign_in, first_pin, home, appointments, tasks, leefgeld, activities, notices, plan, change_pin };

class Host;

/// One screen: holds what is on the glass (a chosen row, a page), never data of its own. Dies when left.
class Screen {
 public:
  virtual ~Screen() = default;
  /// Everything between the page's top and the bottom bar. Once a frame.
  virtual void draw(ui::Ui& ui, Host& host) = 0;
  /// Which face of itself it shows (a list, one thing of it): when that changes all else on the glass does, so touches wait as for another
  /// screen.
  [[nodiscard]] virtual std::string_view face() const { return {}; }
  /// The keyboard stands where the bottom bar is otherwise (mockup 13).
  [[nodiscard]] virtual bool has_keyboard() const { return false; }
};

/// Owns the present screen. One thread: the kiosk's own. A frame is draw(); between frames nothing happens here.
class Host {
 public:
  /// \p language is what the board speaks until somebody chooses.
  Host(KioskActions& actions, Words& words, i18n::Language language);
  /// Called when a session has ended and its keys are gone: what was drawn of it is to be forgotten too.
  std::function<void()> on_session_end;
  /// Called once when a session is about to end by itself: the soft sound.
  std::function<void()> on_soon;
  /// Called when somebody locked the board; without it there is no such button.
  std::function<void()> on_lock;
  /// Called when staff want the office to take this board in again, which is a copy; without it there is no such button.
  std::function<void()> on_renew;
  bool less_motion = false;
  ~Host();

  /// Before each frame: language, text size and contrast of whoever stands here.
  [[nodiscard]] ui::Look look() const;
  void draw(ui::Ui& ui);
  /// Any finger on the glass: the session's time begins anew.
  void touched(Millis running);
  /// The gesture that hides everything at once: signs out, shows the board.
  void hide();

  // --- for screens
  [[nodiscard]] KioskActions& actions() { return actions_; }
  [[nodiscard]] const i18n::Catalogue& words() const { return *catalogue_; }
  [[nodiscard]] Words& catalogues() { return words_; }
  [[nodiscard]] Now now() const { return now_; }  ///< of this frame
  /// Since a finger was on the glass; long when there was none since the start.
  [[nodiscard]] std::int64_t since_touch() const { return touched_ ? running_.value - touched_at_.value : INT64_MAX; }
  [[nodiscard]] std::string say(i18n::Key key) const { return catalogue_->text(key); }
  void go(Place place);
  [[nodiscard]] Place place() const { return place_; }
  /// Who gets a first code on the next screen.
  void choose_newcomer(PersonId person) { newcomer_ = person; }
  [[nodiscard]] std::optional<PersonId> newcomer() const { return newcomer_; }
  void choose_language(i18n::Language language);
  [[nodiscard]] i18n::Language language() const { return language_; }
  /// Of the signed-in person stored at once; before sign-in for this visit only.
  void choose_text_size(TextSize size);
  void choose_contrast(Contrast contrast);

  /// Of this frame: read once, so that no change from this screen or from afar moves what is being drawn.
  [[nodiscard]] const ResidentView& resident() const { return *resident_; }
  using Command = std::function<std::expected<void, Refusal>()>;
  /// Done when this frame is drawn. Then says what happened for 8 seconds, with a way back when there is one; or why it may not be.
  void act(Command command, i18n::Key said, Command undo = nullptr);
  /// For what cannot be taken back once it is done: done when 8 seconds have passed, or sooner when something else is done or the session
  /// ends. Until then nothing has happened, also not after a power cut, and `undo` is to forget it.
  void act_later(const RecordId& about, Command command, i18n::Key said);
  /// What act_later() is going to do something about.
  [[nodiscard]] const std::optional<RecordId>& later_about() const { return later_about_; }
  struct Question {
    ui::Section section = ui::Section::team;
    ui::Icon icon = ui::icon::help;
    std::string question, what, until, yes, no;
    bool hold = false;  ///< yes is said by holding it for three seconds
    std::function<void()> then;
  };
  /// Only for acts that others rely on.
  void ask(Question question);
  /// Header with the sync badge at its end and an arrow that leads back home, or one step.
  void header(ui::Ui& ui, ui::Section section, const std::string& title, const std::function<void()>& one_back = nullptr);
  enum class SyncWords : std::uint8_t { shown, glyph_alone };
  /// The badge alone; returns what is left of the header. With something the matter it says so, and opens the sheet that tells what.
  ui::Rect sync_badge(ui::Ui& ui, ui::Rect header, SyncWords words = SyncWords::shown);
  /// Person's disc as the widgets want it.
  [[nodiscard]] static ui::Person person(Symbol symbol, Pastel pastel);

 private:
  enum class Sheet : std::uint8_t { none, language, letters, state };
  struct Said {
    std::string text;
    Command undo;
    Millis since, until;
  };
  struct Act {
    Command command;
    i18n::Key said;
    Command undo;
  };
  void open(Place place);
  void tell(std::string text, Command undo);
  void do_acts(ui::Ui& ui);
  void do_later();
  void leave_session();
  void draw_bar(ui::Ui& ui);
  void draw_toast(ui::Ui& ui);
  void draw_question(ui::Ui& ui);
  void draw_language_sheet(ui::Ui& ui);
  void draw_letters_sheet(ui::Ui& ui);
  void draw_state_sheet(ui::Ui& ui);
  [[nodiscard]] std::string sentence_of(const Concern& concern) const;
  void set_catalogue(i18n::Language language);
  void remember();

  KioskActions& actions_;
  Words& words_;
  i18n::Language house_language_;
  i18n::Language language_;
  const i18n::Catalogue* catalogue_ = nullptr;
  TextSize text_size_ = TextSize::normal;
  Contrast contrast_ = Contrast::normal;
  Place place_ = Place::board;
  std::optional<Place> next_;
  std::optional<PersonId> newcomer_;
  std::unique_ptr<Screen> screen_;
  const ResidentView* resident_ = nullptr;
  std::vector<Act> acts_;
  Command later_;
  std::optional<RecordId> later_about_;  ///< as long as later_
  std::optional<Said> said_;
  std::optional<Question> question_;
  Sheet sheet_ = Sheet::none;
  Millis running_{0};
  Millis touched_at_{0};
  Now now_;
  bool was_signed_in_ = false;
  bool touched_ = false;
  bool soon_told_ = false;
  bool cut_ = false;   ///< a session ended: the next frame shows nothing of it, not even fading
  bool left_ = false;  ///< in the middle of a frame: what it drew is over
};

// The screens by their files.
[[nodiscard]] std::unique_ptr<Screen> make_board_screen();
[[nodiscard]] std::unique_ptr<Screen> make_sign_in_screen();
[[nodiscard]] std::unique_ptr<Screen> make_first_pin_screen();
[[nodiscard]] std::unique_ptr<Screen> make_home_screen();
[[nodiscard]] std::unique_ptr<Screen> make_appointments_screen();
[[nodiscard]] std::unique_ptr<Screen> make_tasks_screen();
[[nodiscard]] std::unique_ptr<Screen> make_leefgeld_screen();
[[nodiscard]] std::unique_ptr<Screen> make_activities_screen();
[[nodiscard]] std::unique_ptr<Screen> make_notices_screen();
[[nodiscard]] std::unique_ptr<Screen> make_plan_screen();
[[nodiscard]] std::unique_ptr<Screen> make_change_pin_screen();

}  // namespace huisbord
