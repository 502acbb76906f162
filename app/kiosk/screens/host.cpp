// SPDX-License-Identifier: GPL-3.0-or-later
// Leads from screen to screen, and keeps the session's time.
#include "app/kiosk/screens/host.h"

#include <algorithm>
#include <utility>

#include "app/kiosk/screens/faces.h"
#include "core/i18n/dates.h"

namespace huisbord {
namespace {

constexpr std::int64_t session_ms = 120000;  // visual language 7: two minutes
constexpr std::int64_t soon_ms = 20000;      // and a warning in the last 20 seconds
constexpr std::int64_t said_ms = 8000;       // undo for 8 seconds
constexpr std::int64_t toast_ms = 150;       // visual language 6
constexpr float toast_fall = 16;
constexpr std::int64_t visit_ms = 60000;  // a sign-in that nobody finishes

/// What the semantic tree calls a screen; a change of it is what makes touches wait 300 ms.
const char* name_of(Place place) {
  switch (place) {
    case Place::board:
      return "board";
    case Place::sign_in:
      return "sign-in";
    case Place::first_pin:
      return "first code";
    case Place::home:
      return "home";
    case Place::appointments:
      return "appointments";
    case Place::tasks:
      return "tasks";
    case Place::leefgeld:
      return "leefgeld";
    case Place::activities:
      return "activities";
    case Place::notices:
      return "notices";
    case Place::plan:
      return "plan";
    case Place::change_pin:
      return "change pin";
  }
  return "";
}

bool needs_session(Place place) { return place != Place::board && place != Place::sign_in && place != Place::first_pin; }

}  // namespace

Host::Host(KioskActions& actions, Words& words, i18n::Language language)
    : actions_(actions), words_(words), house_language_(language), language_(language) {
  set_catalogue(language);
  now_ = actions_.now();
  open(Place::board);
}

Host::~Host() = default;

void Host::set_catalogue(i18n::Language language) {
  language_ = language;
  catalogue_ = &words_.of(language);
}

ui::Look Host::look() const {
  return {.language = i18n::code(language_),
          .text_size = static_cast<ui::TextSize>(static_cast<int>(text_size_) - 1),
          .contrast = contrast_ == Contrast::high ? ui::Contrast::high : ui::Contrast::normal,
          .less_motion = less_motion};
}

void Host::open(Place place) {
  place_ = place;
  sheet_ = Sheet::none;
  question_.reset();
  switch (place) {
    case Place::board:
      screen_ = make_board_screen();
      break;
    case Place::sign_in:
      screen_ = make_sign_in_screen();
      break;
    case Place::first_pin:
      screen_ = make_first_pin_screen();
      break;
    case Place::home:
      screen_ = make_home_screen();
      break;
    case Place::appointments:
      screen_ = make_appointments_screen();
      break;
    case Place::tasks:
      screen_ = make_tasks_screen();
      break;
    case Place::leefgeld:
      screen_ = make_leefgeld_screen();
      break;
    case Place::activities:
      screen_ = make_activities_screen();
      break;
    case Place::notices:
      screen_ = make_notices_screen();
      break;
    case Place::plan:
      screen_ = make_plan_screen();
      break;
    case Place::change_pin:
      screen_ = make_change_pin_screen();
      break;
  }
}

void Host::go(Place place) { next_ = place; }

void Host::touched(Millis running) {
  touched_at_ = running;
  touched_ = true;
}

void Host::leave_session() {
  do_later();
  said_.reset();
  acts_.clear();
  resident_ = nullptr;
  actions_.end_staff_unlock();
  actions_.sign_out();
  newcomer_.reset();
  was_signed_in_ = false;
  text_size_ = TextSize::normal;
  contrast_ = Contrast::normal;
  set_catalogue(house_language_);
  next_.reset();
  left_ = true;
  cut_ = true;
  open(Place::board);
  if (on_session_end) on_session_end();
}

void Host::hide() { leave_session(); }

void Host::choose_language(i18n::Language language) {
  set_catalogue(language);
  remember();
}

void Host::choose_text_size(TextSize size) {
  text_size_ = size;
  remember();
}

void Host::choose_contrast(Contrast contrast) {
  contrast_ = contrast;
  remember();
}

void Host::remember() {
  if (!actions_.signed_in()) return;
  const Preferences chosen{i18n::code(language_), text_size_, contrast_};
  if (chosen == actions_.resident().preferences) return;
  if (const auto stored = actions_.set_preferences(chosen); !stored) tell(say(words_for(stored.error())), nullptr);
}

void Host::tell(std::string text, Command undo) {
  said_ = Said{std::move(text), std::move(undo), running_, Millis{running_.value + said_ms}};
}

void Host::act(Command command, i18n::Key said, Command undo) { acts_.push_back({std::move(command), said, std::move(undo)}); }

void Host::act_later(const RecordId& about, Command command, i18n::Key said) {
  do_later();
  later_ = std::move(command);
  later_about_ = about;
  tell(say(said), [this]() -> std::expected<void, Refusal> {
    later_ = nullptr;
    later_about_.reset();
    return {};
  });
}

void Host::do_later() {
  if (!later_) return;
  const Command command = std::exchange(later_, nullptr);
  later_about_.reset();
  if (!actions_.signed_in()) return;
  said_.reset();
  if (const auto done = command(); !done) tell(say(words_for(done.error())), nullptr);
}

void Host::do_acts(ui::Ui& ui) {
  for (Act& act : std::exchange(acts_, {})) {
    if (!actions_.signed_in()) return;
    if (act.said != i18n::Key("toast.undone")) do_later();
    if (const auto done = act.command(); !done)
      tell(say(words_for(done.error())), nullptr);
    else
      tell(say(act.said), std::move(act.undo));
    ui.wake_at(running_);
  }
}

void Host::ask(Question question) { question_ = std::move(question); }

void Host::draw(ui::Ui& ui) {
  running_ = ui.now();
  now_ = actions_.now();
  if (touched_at_.value == 0) touched_at_ = running_;
  if (std::exchange(cut_, false)) ui.cut();

  const bool signed_in = actions_.signed_in();
  if (signed_in && !was_signed_in_) {
    touched_at_ = running_;
    const Preferences& kept = actions_.resident().preferences;
    if (const auto language = i18n::language_of(kept.language))
      set_catalogue(*language);
    else
      remember();
    text_size_ = kept.text_size;
    contrast_ = kept.contrast;
    was_signed_in_ = true;
  }
  const std::int64_t idle = running_.value - touched_at_.value;
  if (signed_in && idle >= session_ms) leave_session();
  if (!signed_in && place_ != Place::board && idle >= visit_ms) leave_session();
  if (needs_session(place_) && !actions_.signed_in()) leave_session();
  resident_ = actions_.signed_in() ? &actions_.resident() : nullptr;
  const bool soon = resident_ != nullptr && session_ms - (running_.value - touched_at_.value) <= soon_ms;
  if (soon && !soon_told_ && on_soon) on_soon();
  soon_told_ = soon;
  if (next_) {
    const Place place = *next_;
    next_.reset();
    open(place);
  }

  {
    const std::string face(screen_->face());
    const auto page = ui.screen(face.empty() ? name_of(place_) : name_of(place_) + (", " + face), name_of(place_));
    ui::page_ground(ui);
    screen_->draw(ui, *this);
    if (screen_->face() != face) ui.wake_at(running_);  // the next frame is of another face: now, not at the next touch
    if (place_ != Place::board && !screen_->has_keyboard()) draw_bar(ui);
    draw_toast(ui);
    if (sheet_ == Sheet::language) draw_language_sheet(ui);
    if (sheet_ == Sheet::letters) draw_letters_sheet(ui);
    if (sheet_ == Sheet::state) draw_state_sheet(ui);
    draw_question(ui);
  }

  do_acts(ui);
  // Another language, size or contrast than this frame was drawn in: the next one now.
  if (next_ || std::exchange(left_, false) || look() != ui.look()) ui.wake_at(running_);
  if (place_ == Place::board) {
    // One frame a minute: the clock.
    ui.wake_at({running_.value + actions_.ms_to_next_minute()});
  } else {
    const std::int64_t left = (actions_.signed_in() ? session_ms : visit_ms) - (running_.value - touched_at_.value);
    ui.wake_at({running_.value + std::max<std::int64_t>(1, actions_.signed_in() ? (left - 1) % 1000 + 1 : left + 1)});
  }
}

void Host::draw_bar(ui::Ui& ui) {
  const bool signed_in = actions_.signed_in();
  const std::int64_t left = std::clamp<std::int64_t>(session_ms - (running_.value - touched_at_.value), 0, session_ms);
  const std::string home = say(i18n::Key("bar.start"));
  const std::string letters = say(i18n::Key("bar.letters"));
  const std::string stop = say(i18n::Key("bar.stop"));
  const std::string time =
      catalogue_->text(i18n::Key("bar.time_left"), {{"time", i18n::countdown(static_cast<std::int32_t>((left + 999) / 1000))}});
  const std::string stay = say(i18n::Key("bar.stay"));
  const std::string help_title = say(i18n::Key("signin.forgotten"));
  const std::string help_text = say(i18n::Key("common.ask_staff"));
  ui::BottomBar bar;
  bar.home = home;
  bar.language = i18n::own_name(language_);
  bar.letters = letters;
  bar.letters_shown = look().text_size;
  if (signed_in) {
    bar.stop = stop;
    bar.stop_time = time;
    bar.stop_left = static_cast<float>(left) / static_cast<float>(session_ms);
    bar.stop_soon = left <= soon_ms;
    bar.stay = stay;
  } else {
    bar.help_icon = ui::icon::help;
    bar.help_title = help_title;
    bar.help_text = help_text;
  }
  switch (ui::bottom_bar(ui, bar)) {
    case ui::BarTap::home:
      go(signed_in ? Place::home : Place::board);
      break;
    case ui::BarTap::language:
      sheet_ = Sheet::language;
      break;
    case ui::BarTap::letters:
      sheet_ = Sheet::letters;
      break;
    case ui::BarTap::stop:
      leave_session();
      break;
    case ui::BarTap::stay:
      touched_at_ = running_;
      break;
    case ui::BarTap::read_aloud:
    case ui::BarTap::none:
      break;
  }
}

void Host::draw_toast(ui::Ui& ui) {
  if (!said_) return;
  if (running_.value >= said_->until.value) {
    said_.reset();
    do_later();
    ui.wake_at(running_);  // what it changed shows
    return;
  }
  const float left = static_cast<float>(said_->until.value - running_.value) / static_cast<float>(said_ms);
  const std::string undo = said_->undo ? say(i18n::Key("toast.undo")) : std::string();
  const ui::Toast toast{.text = said_->text, .undo = undo, .icon = said_->undo ? ui::icon::check_circle : ui::icon::help, .left = left};
  const auto falling = ui.moved(0, -toast_fall * ui.motion(said_->since, toast_ms));
  if (ui::toast(ui, toast)) {
    auto take_back = std::move(said_->undo);
    said_.reset();
    if (take_back) act(std::move(take_back), i18n::Key("toast.undone"));
  } else {
    ui.wake_at({running_.value + 1000});
  }
}

void Host::draw_question(ui::Ui& ui) {
  if (!question_) return;
  const ui::ConfirmSheet sheet{.section = question_->section,
                               .icon = question_->icon,
                               .question = question_->question,
                               .what = question_->what,
                               .until = question_->until,
                               .yes = question_->yes,
                               .no = question_->no,
                               .yes_icon = question_->hold ? question_->icon : ui::icon::check,
                               .hold = question_->hold};
  const ui::SheetAnswer answer = ui::confirm_sheet(ui, sheet);
  if (answer == ui::SheetAnswer::none) return;
  const auto then = std::move(question_->then);
  question_.reset();
  if (answer == ui::SheetAnswer::yes && then) then();
}

ui::Person Host::person(Symbol symbol, Pastel pastel) { return {icon_of(symbol), static_cast<ui::Pastel>(static_cast<int>(pastel) - 1)}; }

}  // namespace huisbord
