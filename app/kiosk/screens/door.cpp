// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the locked screen and takes the words.
#include "app/kiosk/screens/door.h"

#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/cards.h"

namespace huisbord {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

Door::~Door() { std::fill(typed_.begin(), typed_.end(), '\0'); }

ui::Look Door::look() const { return {.language = i18n::code(language_)}; }

void Door::draw(ui::Ui& ui) {
  const auto screen = ui.group(ui::Role::screen, ui.page(), obstacle_ ? "obstacle" : "door");
  ui::page_ground(ui);
  if (obstacle_) return draw_obstacle(ui);
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
  const Rect keys = ui::keyboard_rect(ui);
  page.h = keys.y - page.y - 16;
  const std::string title = words.text(Key("unlock.title"));
  ui::header(ui, page.cut_top(80, 12), {.title = title, .second = {}, .section = ui::Section::team, .person = {}, .back = {}});
  const std::string line = words.text(wrong_ ? Key("error.wrong_phrase") : Key("unlock.phrase"));
  page.cut_top(ui.text(page, line, type::body, wrong_ ? ui::Role::alert : ui::Role::text) + 12);
  ui::secret_field(ui, page.cut_top(std::min(84.0f, page.h)), ui::Section::team, static_cast<int>(typed_.size()),
                   words.text(Key("unlock.phrase")));
  const std::string shift = words.text(Key("keyboard.capitals")), erase = words.text(Key("keyboard.delete")),
                    enter = words.text(Key("unlock.open")), digits = words.text(Key("keyboard.digits")),
                    letters = words.text(Key("keyboard.letters")), space = words.text(Key("keyboard.space"));
  const ui::KeyPress press = ui::keyboard(ui, keyboard_,
                                          {.shift = shift,
                                           .erase = erase,
                                           .enter = enter,
                                           .digits = digits,
                                           .letters = letters,
                                           .space = space,
                                           .other_language = {},
                                           .space_label = i18n::own_name(i18n::Language::nl),
                                           .other_label = {},
                                           .other_layout = {}});
  if (opening_) return;
  if (press.kind == ui::KeyPress::Kind::erase && !typed_.empty()) typed_.pop_back();
  if (press.kind == ui::KeyPress::Kind::character && press.character < 128 && typed_.size() < 128) {
    wrong_ = false;
    typed_.push_back(static_cast<char>(press.character));
  }
  if (press.kind == ui::KeyPress::Kind::enter && !typed_.empty()) {
    begin_open(typed_);
    std::fill(typed_.begin(), typed_.end(), '\0');
    typed_.clear();
    opening_ = true;
    ui.wake_at(ui.now());
  }
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
    }
    return Key("error.cannot_start");
  }();
  Rect page = ui.page().inset(48);
  Rect picture = page.cut_top(page.h * 0.45f);
  ui::house_mark(ui, picture.middle({160, 160}));
  page.cut_top(ui.text(page, words.text(key), type::title.middle(), ui::Role::alert) + 24);
  ui.text(page, words.text(Key("common.ask_office")), type::body.middle());
}

}  // namespace huisbord
