// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the locked screen and takes the words.
#include "app/kiosk/screens/door.h"

#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"

namespace huisbord {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

ui::Look Door::look() const { return {.language = i18n::code(language_)}; }

void Door::draw(ui::Ui& ui) {
  const bool waits = !obstacle_ && alone_ == Alone::opening && !types_;
  const auto screen = ui.group(ui::Role::screen, ui.page(), obstacle_ ? "obstacle" : waits ? "door, opening" : "door");
  ui::page_ground(ui);
  if (obstacle_) return draw_obstacle(ui);
  if (waits) return draw_alone(ui);
  if (opening_) {
    if (const auto opened = poll_open()) {
      opening_ = false;
      wrong_ = !*opened;
      if (obstacle_) return draw_obstacle(ui);
    } else {
      ui.wake_at({ui.now().value + 30});
    }
  }
  const auto& words = words_.of(language_);
  Rect page = ui.page().inset(32, 24);
  const std::string title = words.text(Key("unlock.title"));
  ui::header(ui, page.cut_top(80, 12), {.title = title, .second = {}, .section = ui::Section::team, .person = {}, .back = {}});
  const auto heard =
      phrase_.draw(ui, words, page, {.line = line(), .name = Key("unlock.phrase"), .enter = Key("unlock.open"), .alert = wrong_}, opening_);
  if (heard == PassphraseEntry::Heard::typed) {
    wrong_ = too_often_ = false;
    types_ = true;  // a try to open alone takes the keyboard from nobody
  }
  if (heard == PassphraseEntry::Heard::entered) {
    begin_open(phrase_.text());
    phrase_.wipe();
    opening_ = true;
    ui.wake_at(ui.now());
  }
}

Key Door::line() const {
  if (too_often_) return Key("unlock.too_often");
  if (wrong_) return Key("error.wrong_phrase");
  if (alone_ == Alone::ask_office) return Key("unlock.ask_desk");
  return opener_ == Opener::words ? Key("unlock.phrase") : Key("unlock.phrase_or");
}

void Door::draw_alone(ui::Ui& ui) {
  const auto& words = words_.of(language_);
  Rect page = ui.page().inset(48);
  const std::string self = words.text(Key("unlock.self"));
  const Rect place = page.cut_bottom(80, 24).middle({std::min(page.w, 480.0f), 80});
  if (ui::button(ui, place, {.label = self, .icon = ui::icon::keyboard, .kind = ui::ButtonKind::secondary})) types_ = true;
  Rect picture = page.cut_top(page.h * 0.6f);
  ui::house_mark(ui, picture.middle({160, 160}));
  ui.text(page, words.text(Key("unlock.alone")), type::title.middle(), ui::Role::status);
}

void Door::draw_obstacle(ui::Ui& ui) {
  const auto& words = words_.of(language_);
  const auto key = [&] {
    switch (*obstacle_) {
      case Obstacle::locked_elsewhere:
        return Key("error.store_locked");
      case Obstacle::no_house:
        return Key("error.no_house");
      case Obstacle::damaged:
        return Key("error.damaged");
      case Obstacle::disk_full:
        return Key("error.disk_full");
      case Obstacle::read_only:
        return Key("error.read_only");
      case Obstacle::newer:
        return Key("error.newer");
      case Obstacle::cannot_start:
        return Key("error.cannot_start");
      case Obstacle::closed:
        return Key("closed.title");
    }
    return Key("error.cannot_start");
  }();
  Rect page = ui.page().inset(48);
  Rect picture = page.cut_top(page.h * 0.45f);
  ui::house_mark(ui, picture.middle({160, 160}));
  page.cut_top(ui.text(page, words.text(key), type::title.middle(), ui::Role::alert) + 24);
  ui.text(page, words.text(*obstacle_ == Obstacle::closed ? Key("closed.what") : Key("common.ask_office")), type::body.middle());
}

}  // namespace huisbord
