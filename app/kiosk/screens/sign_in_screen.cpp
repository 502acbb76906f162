// SPDX-License-Identifier: GPL-3.0-or-later
// Who are you: room and symbol, then the code. Never a name.
#include <algorithm>
#include <charconv>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/pager.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/direction.h"

namespace huisbord {
namespace {

using ui::Rect;
namespace type = ui::type;

class SignInScreen final : public Screen {
 public:
  ~SignInScreen() override { forget(); }

  void draw(ui::Ui& ui, Host& host) override {
    sleepers_ = host.actions().sleepers();
    const auto parts = ui::page_parts(ui);
    answer(host);
    upright_ = ui.viewport().form != ui::Form::landscape;
    if (ui.viewport().form == ui::Form::landscape) {
      Rect body{parts.header.x, parts.header.y, parts.header.w, parts.content.bottom() - parts.header.y};
      code_panel(ui, host, body.cut_end(408, 24));
      who(ui, host, body);
    } else if (chosen_) {
      Rect body{parts.header.x, parts.header.y, parts.header.w, parts.content.bottom() - parts.header.y};
      code_panel(ui, host, body);
    } else {
      who(ui, host, {parts.header.x, parts.header.y, parts.header.w, parts.content.bottom() - parts.header.y});
    }
  }

  [[nodiscard]] std::string_view face() const override { return upright_ && chosen_ ? "code" : ""; }

 private:
  void forget() {
    std::fill(pin_.begin(), pin_.end(), '\0');
    pin_.clear();
  }

  void answer(Host& host) {
    if (!trying_) return;
    const auto result = host.actions().poll_sign_in();
    if (!result) return;
    trying_ = false;
    forget();
    outcome_ = result->outcome;
    if (result->outcome == SignIn::welcome || result->outcome == SignIn::duress_empty) host.go(Place::home);
  }

  void who(ui::Ui& ui, Host& host, Rect body) {
    const bool low = ui.is_small();
    const float gap = low ? 10.0f : 14.0f;
    Rect head = body.cut_top(low ? 72.0f : 80.0f, gap);
    const std::string back = host.say(i18n::Key("common.back"));
    const std::string title = host.say(i18n::Key("signin.who"));
    const std::string second = host.say(i18n::Key("signin.choose"));
    if (ui::header(ui, head, {.title = title, .second = second, .section = {}, .person = {}, .back = back})) host.go(Place::board);

    const bool small = ui.is_phone();
    const int across = small ? 3 : low ? 5 : 4;
    const float tabs_height = 72, high = body.h - tabs_height - gap;
    const float least = small ? 112.0f : low ? 116.0f : 132.0f, most = small ? 116.0f : 148.0f;
    const int down = std::max(1, static_cast<int>((high + 12) / (least + 12)));
    const float cell_height = std::min(most, (high + 12) / static_cast<float>(down) - 12);
    const std::size_t page_size = static_cast<std::size_t>(across) * static_cast<std::size_t>(down);
    const auto pages = pages_of(page_size);
    if (pages.empty()) {
      ui.text_middle(body, host.say(i18n::Key("signin.no_symbols")), type::body.middle());
      return;
    }
    pager_.page = std::clamp(pager_.page, 0, static_cast<int>(pages.size()) - 1);
    tabs(ui, body.cut_top(tabs_height, gap), pages);
    ui::pager(ui, body, pager_, static_cast<int>(pages.size()), title, [&](int page, Rect area) {
      const auto cells = ui::grid({area.x, area.y, area.w, static_cast<float>(down) * (cell_height + 12) - 12}, across, down, 12);
      const auto [first, last] = pages[static_cast<std::size_t>(page)];
      for (std::size_t i = first; i < last; ++i) {
        const Sleeper& sleeper = sleepers_[i];
        const auto key = ui.key(i);
        const std::string room = host.words().text(i18n::Key("room.short"), {{"number", sleeper.room_label}});
        const std::string spoken =
            host.words().text(i18n::Key("room.symbol"), {{"symbol", host.say(words_for(sleeper.symbol))}, {"number", sleeper.room_label}});
        if (ui::person_choice(ui, cells[i - first], Host::person(sleeper.symbol, sleeper.pastel), room, spoken,
                              chosen_ == sleeper.person)) {
          chosen_ = sleeper.person;
          outcome_.reset();
          forget();
        }
      }
    });
  }

  /// Pages that never tear a room apart, so that a tab can say "5-8".
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> pages_of(std::size_t page_size) const {
    std::vector<std::pair<std::size_t, std::size_t>> pages;
    std::size_t first = 0;
    while (first < sleepers_.size()) {
      std::size_t last = std::min(first + page_size, sleepers_.size());
      if (last < sleepers_.size())
        while (last > first + 1 && sleepers_[last].room == sleepers_[last - 1].room) --last;
      pages.emplace_back(first, last);
      first = last;
    }
    return pages;
  }

  /// "5-8": the rooms of a page.
  [[nodiscard]] std::string label_of(const std::pair<std::size_t, std::size_t>& page) const {
    const std::string& low = sleepers_[page.first].room_label;
    const std::string& high = sleepers_[page.second - 1].room_label;
    return low == high ? low : i18n::isolate_left_to_right(low + "\u2013" + high);
  }

  void tabs(ui::Ui& ui, Rect strip, const std::vector<std::pair<std::size_t, std::size_t>>& pages) {
    const int count = static_cast<int>(pages.size());
    float widest = 134;
    for (const auto& page : pages) widest = std::max(widest, ui.measure(label_of(page), type::body.bold()).w + ui.icon_side(32) + 28);
    const int fit = std::max(1, static_cast<int>((strip.w + 12) / (widest + 12)));
    const int shown = std::min(fit, count);
    const int from = std::clamp(pager_.page - shown / 2, 0, count - shown);
    const auto cells = ui::columns(strip, shown, 12);
    for (int i = 0; i < shown; ++i) {
      const std::string label = label_of(pages[static_cast<std::size_t>(from + i)]);
      const auto key = ui.key(static_cast<std::uint64_t>(from + i));
      if (ui::tab(ui, cells[static_cast<std::size_t>(i)], label, ui::icon::door_front, pager_.page == from + i)) pager_.page = from + i;
    }
  }

  void code_panel(ui::Ui& ui, Host& host, Rect r) {
    ui::card(ui, r, 32);
    const bool low = ui.is_small();
    Rect inner = low ? r.inset(20, 16) : r.inset(26, 22);
    const auto at = std::find_if(sleepers_.begin(), sleepers_.end(), [&](const Sleeper& s) { return chosen_ == s.person; });
    if (at == sleepers_.end()) {
      Rect picture = inner.cut_top(inner.h / 2);
      ui.icon(ui::icon::touch_app, {picture.centre().x, picture.bottom() - ui.icon_side(60)}, 120, ui.theme().ink2);
      ui.text(inner.inset(12, 12), host.say(i18n::Key("signin.choose")), type::body.middle());
      return;
    }
    const bool beside = low && at->has_pin;  // the keys keep their size
    if (beside) keys_of(ui, host, inner.cut_end(std::min(420.0f, inner.w / 2), 24), at->person);
    Rect me = inner.cut_top(80, 22);
    if (ui.viewport().form != ui::Form::landscape) {
      const std::string back = host.say(i18n::Key("common.back"));
      if (ui::back_button(ui, me.cut_start(80, 16), back)) {
        chosen_.reset();
        forget();
        return;
      }
    }
    ui::person_disc(ui, me.cut_start(80, 18), Host::person(at->symbol, at->pastel));
    const float used = ui.text(me, host.words().text(i18n::Key("room.title"), {{"number", at->room_label}}), type::lead.bold().lined(1.2f),
                               ui::Role::heading);
    ui.text({me.x, me.y + used, me.w, me.h - used}, host.say(i18n::Key("signin.type_code")), type::label.in(ui.theme().ink2));
    if (!at->has_pin) {
      no_code_yet(ui, host, inner);
      return;
    }
    if (beside) inner.cut_top(16);
    const Rect rings = inner.cut_top(30, 22);
    ui::pin_rings(ui, rings, trying_ ? 6 : static_cast<int>(pin_.size()), host.say(i18n::Key("signin.type_code")));
    Rect foot = inner.cut_bottom(std::max(34.0f, ui.line_height(type::small) * (outcome_ ? 2.0f : 1.0f)), 18);
    if (!beside) keys_of(ui, host, inner, at->person);
    lines_below(ui, host, foot);
  }

  void keys_of(ui::Ui& ui, Host& host, Rect r, PersonId person) {
    const std::string erase = host.say(i18n::Key("signin.delete"));
    // Keys of 20 mm at most: larger is no better (and further).
    const Rect keys = r.middle({std::min(r.w, 480.0f), std::min(r.h, 520.0f)});
    const ui::KeypadTap key = ui::keypad(ui, keys, {{}, erase});
    if (!trying_) typed(host, key, person);
    if (trying_) ui.wake_at({ui.now().value + 30});
  }

  void typed(Host& host, ui::KeypadTap key, PersonId person) {
    if (key == ui::KeypadTap::none) return;
    if (key == ui::KeypadTap::erase) {
      if (!pin_.empty()) pin_.pop_back();
      return;
    }
    if (key == ui::KeypadTap::read_aloud) return;
    outcome_.reset();
    pin_.push_back(static_cast<char>('0' + static_cast<int>(key)));
    if (pin_.size() == 6) {
      host.actions().begin_sign_in(person, pin_);
      forget();
      trying_ = true;
    }
  }

  void lines_below(ui::Ui& ui, Host& host, Rect r) {
    std::string line = host.say(i18n::Key("signin.private"));
    if (outcome_ == SignIn::wrong) line = host.say(i18n::Key("signin.wrong"));
    if (outcome_ == SignIn::wait) line = host.say(i18n::Key("signin.wait"));
    const auto style = type::small.lined(1.3f).in(ui.theme().ink2);
    const ui::Size size = ui.measure(line, style, r.w - 40);
    Rect row = r.middle({std::min(r.w, size.w + 40), r.h});
    const Rect glyph = row.cut_start(30, 8);
    ui.icon(outcome_ ? ui::icon::help : ui::icon::lock, glyph.centre(), 26, ui.theme().ink2);
    ui.text_middle(row, line, style, outcome_ ? ui::Role::alert : ui::Role::text);
  }

  void no_code_yet(ui::Ui& ui, Host& host, Rect r) {
    const std::string label = host.say(i18n::Key("signin.make_code"));
    Rect place = r.cut_bottom(96);
    if (ui::button(ui, place, {.label = label, .icon = ui::icon::key})) {
      host.choose_newcomer(*chosen_);
      host.go(Place::first_pin);
    }
    Rect picture = r.cut_top(140);
    ui.icon(ui::icon::support_agent, picture.centre(), 96, ui.theme().ink2);
    ui.text(r, host.say(i18n::Key("signin.no_code_yet")), type::body.middle());
  }

  std::vector<Sleeper> sleepers_;
  std::optional<PersonId> chosen_;
  std::string pin_;
  bool trying_ = false, upright_ = false;
  std::optional<SignIn> outcome_;
  ui::PagerState pager_;
};

}  // namespace

std::unique_ptr<Screen> make_sign_in_screen() { return std::make_unique<SignInScreen>(); }

}  // namespace huisbord
