// SPDX-License-Identifier: GPL-3.0-or-later
// The house board: time, house and help for everybody in the hallway, and nothing personal.
#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/pager.h"
#include "core/i18n/dates.h"

namespace huisbord {
namespace {

using ui::Rect;
namespace type = ui::type;

class BoardScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    view_ = host.actions().board();
    const auto& page = ui.page();
    if (ui.viewport().form == ui::Form::landscape) {
      Rect body = page.inset(24);
      languages(ui, host, body.cut_bottom(80, 24));
      night(ui, host, body.cut_start(436, 24));
      Rect top = body.cut_top(72, 16);
      head(ui, host, top);
      Rect notice_place = body.cut_bottom(112, 24);
      if (view_.notices.empty()) notice_place = {};
      if (view_.notices.empty()) body.h += 136;
      const float duties = 364;
      Rect right = body.cut_end(duties, 24);
      today(ui, host, body);
      rota(ui, host, right);
      if (!view_.notices.empty()) notice(ui, host, notice_place);
    } else {
      const bool phone = ui.viewport().form == ui::Form::phone;
      Rect body = page.inset(phone ? 16 : 32);
      const float row = phone ? 56.0f : 80.0f;
      const int across = phone ? 3 : 4;
      const int all = static_cast<int>(host.catalogues().available().size());
      const int down = (all + across - 1) / across;
      languages(ui, host, body.cut_bottom(static_cast<float>(down) * (row + 8) - 8, phone ? 12 : 24));
      head(ui, host, body.cut_top(phone ? 48 : 72, 12));
      if (!view_.notices.empty()) notice(ui, host, body.cut_bottom(phone ? 84 : 112, phone ? 12 : 24));
      night(ui, host, body.cut_top(phone ? 300 : 648, phone ? 12 : 24));
      if (phone) {
        today(ui, host, body);
      } else {
        const auto halves = ui::columns(body, 2, 24);
        today(ui, host, halves[0]);
        rota(ui, host, halves[1]);
      }
    }
  }

 private:
  void night(ui::Ui& ui, Host& host, Rect r) {
    const auto& theme = ui.theme();
    const bool small = r.h < 500;
    const ui::Tapped tapped = ui.target(r, ui::Role::button, host.say(i18n::Key("board.touch")));
    ui.fill(r, theme.contrast == Contrast_high ? ui::Colour::hex(0x000000) : theme.ink, 32);
    if (theme.bordered) ui.outline(r, ui::Colour::hex(0xFFFFFF), 4, 32);
    const ui::Colour light = theme.bordered ? theme.ink : theme.paper;
    const auto now = host.now();
    {
      const Rect clock{r.x + (small ? 24.0f : 31.0f), r.y + (small ? 8.0f : 11.0f), r.w - 48, small ? 90.0f : 150.0f};
      const auto fixed = ui.unmirrored(clock);
      ui.text({clock.x, clock.y, clock.w, clock.h}, i18n::time_of_day(now.minute),
              (small ? type::clock.sized(80) : type::clock).in(light).left_to_right());
    }
    ui.text({r.x + 37, r.y + (small ? 98.0f : 157.0f), r.w - 60, 48}, i18n::full_date(host.words(), now.today),
            type::body.sized(small ? 22.0f : 32.0f).lined(1.25f).in(light).fixed_size());
    const float go = small ? 100.0f : 151.0f;
    if (!small) {
      const auto fixed = ui.unmirrored({r.x, r.y, r.w, r.h});
      ui::street(ui, {r.x + 27, r.bottom() - go - 286 + 3, 386, 286});
    }
    Rect strip{r.x + 3, r.bottom() - go, r.w - 6, go - 3};
    const ui::Colour ground = tapped.pressed ? theme.sand : theme.paper;
    const ui::Colour on_strip = theme.bordered ? ui::Colour::hex(0xFFFFFF) : theme.ink;
    ui.fill_bottom(strip, theme.bordered ? ui::Colour::hex(0x000000) : ground, 29);
    strip = strip.inset(small ? 16.0f : 28.0f, 0);
    const float hand = small ? 60.0f : 88.0f;
    const Rect hand_place = strip.cut_start(hand, 20);
    ui.icon_fixed(ui::icon::touch_app, hand_place.centre(), hand, on_strip);
    std::string second, third;
    touch_lines(host, second, third);
    float y = strip.y + (small ? 10.0f : 20.0f);
    y += ui.draw_text({strip.x, y, strip.w, 60}, host.say(i18n::Key("board.touch")),
                      type::body.sized(small ? 26.0f : 40.0f).bold().lined(1.15f).in(on_strip).fixed_size()) +
         4;
    const ui::Colour quiet = theme.bordered ? on_strip : theme.ink2;
    const auto line = type::label.sized(small ? 16.0f : 22.0f).lined(1.35f).in(quiet).fixed_size();
    y += ui.draw_text({strip.x, y, strip.w, 34}, second, line.of_language(second_language_));
    ui.draw_text({strip.x, y, strip.w, 34}, third, line.of_language(third_language_));
    if (tapped) host.go(Place::sign_in);
  }

  /// The same invitation in two more languages of the house.
  void touch_lines(Host& host, std::string& second, std::string& third) {
    std::vector<i18n::Language> others;
    for (const auto language : {i18n::Language::en, i18n::Language::ar, i18n::Language::nl, i18n::Language::ti})
      if (language != host.language()) others.push_back(language);
    second = host.catalogues().of(others[0]).text(i18n::Key("board.touch_to_begin"));
    third = host.catalogues().of(others[1]).text(i18n::Key("board.touch_to_begin"));
    second_language_ = i18n::code(others[0]);
    third_language_ = i18n::code(others[1]);
  }

  void head(ui::Ui& ui, Host& host, Rect r) {
    Rect rest = host.sync_badge(ui, r);
    const float mark = ui.viewport().form == ui::Form::phone ? 44.0f : 60.0f;
    const Rect house = rest.cut_start(mark, 16);
    ui::house_mark(ui, house.middle({mark, mark}));
    ui.text_middle(rest, view_.house_name, ui.viewport().form == ui::Form::phone ? type::title.sized(24) : type::title, ui::Role::heading);
  }

  void card_head(ui::Ui& ui, Rect& r, ui::Section section, const std::string& title, const std::string& below) {
    Rect row = r.cut_top(56, 10);
    const Rect square = row.cut_start(56, 16);
    ui::tile(ui, square, section, ui::icon_of(section), ui::TileTone::main, 36);
    if (below.empty()) {
      ui.text_middle(row, title, type::lead.bold().lined(1.15f), ui::Role::heading);
    } else {
      const float height = ui.text(row, title, type::lead.bold().lined(1.15f), ui::Role::heading);
      ui.text({row.x, row.y + height, row.w, 40}, below, type::small.lined(1.25f));
    }
  }

  void today(ui::Ui& ui, Host& host, Rect r) {
    ui::tint_card(ui, r, ui::Section::activities);
    Rect inner = r.inset(24, 26);
    card_head(ui, inner, ui::Section::activities, host.say(i18n::Key("board.today")), {});
    const auto& colours = ui.colours(ui::Section::activities);
    const float height = 80;
    const auto fit = static_cast<std::size_t>(std::max(1.0f, inner.h / height));
    if (view_.today.empty()) ui.text_middle(inner, host.say(i18n::Key("board.nothing_today")), type::label.in(ui.theme().ink2));
    for (std::size_t i = 0; i < std::min(fit, view_.today.size()); ++i) {
      const Activity& activity = view_.today[i];
      Rect row = inner.cut_top(height);
      ui.text_middle(row.cut_start(88, 16), i18n::time_of_day(activity.start),
                     type::body.sized(32).bold().in(colours.deep).left_to_right());
      const Rect glyph = row.cut_start(40, 16);
      ui.icon(icon_of(activity.kind), glyph.centre(), 40, colours.deep);
      two_lines(ui, row, title_of(host.words(), activity), activity.place);
    }
  }

  static void two_lines(ui::Ui& ui, Rect r, const std::string& first, const std::string& second) {
    const auto title = type::body.bold().lined(1.2f);
    const auto below = type::small.lined(1.3f).in(ui.theme().ink2);
    const float height = ui.measure(first, title, r.w).h + (second.empty() ? 0 : ui.measure(second, below, r.w).h);
    Rect text = r.middle({r.w, height});
    const float used = ui.text(text, first, title);
    if (!second.empty()) ui.text({text.x, text.y + used, text.w, text.h - used}, second, below);
  }

  void rota(ui::Ui& ui, Host& host, Rect r) {
    ui::tint_card(ui, r, ui::Section::tasks);
    // One page a woongroep: a swipe turns it.
    std::vector<std::string> groups;
    for (const BoardDuty& duty : view_.duties)
      if (groups.empty() || groups.back() != duty.woongroep) groups.push_back(duty.woongroep);
    const std::string title = host.say(i18n::Key("board.duty"));
    ui::pager(ui, r, pager_, std::max(1, static_cast<int>(groups.size())), title, [&](int page, Rect area) {
      Rect inner = area.inset(26, 26);
      const std::string group = groups.empty() ? std::string() : groups[static_cast<std::size_t>(page)];
      card_head(ui, inner, ui::Section::tasks, title, group.empty() ? host.say(i18n::Key("board.duty_by_room")) : group);
      inner.cut_top(9);
      doors(ui, host, inner, group);
    });
  }

  void doors(ui::Ui& ui, Host& host, Rect inner, const std::string& group) {
    const auto& colours = ui.colours(ui::Section::tasks);
    const auto cells = ui::grid({inner.x, inner.y, inner.w, 3 * 92 + 24}, 2, 3, 12);
    std::size_t at = 0;
    for (const BoardDuty& duty : view_.duties) {
      if (duty.woongroep != group || at == cells.size()) continue;
      const Rect cell = cells[at++];
      ui.fill(cell, ui.theme().surface, 16);
      if (ui.theme().bordered) ui.outline(cell, colours.main, 3, 16);
      ui.node(ui::Role::text, cell, host.say(words_for(duty.place)), duty.room_label);
      ui.icon(icon_of(duty.place), {cell.x + 38, cell.centre().y}, 48, colours.deep);
      const auto quiet = ui.silent();
      ui::door(ui, {cell.end() - 16 - 58, cell.centre().y - 34, 58, 68}, ui::Section::tasks, duty.room_label);
    }
  }

  void notice(ui::Ui& ui, Host& host, Rect r) {
    ui::tint_card(ui, r, ui::Section::house);
    const bool phone = r.h < 100;
    Rect inner = r.inset(phone ? 12.0f : 26.0f, phone ? 8.0f : 16.0f);
    const float side = phone ? 56.0f : 72.0f;
    const Rect square = inner.cut_start(side, 20);
    ui::tile(ui, square.middle({side, side}), ui::Section::house);
    const Notice& first = view_.notices.front();
    const Rect glyph = inner.cut_end(60, 12);
    ui.icon(icon_of(first.icon), glyph.centre(), 52, ui.colours(ui::Section::house).deep);
    const NoticeText& text = text_in(first, i18n::code(host.language()));
    const auto title = (phone ? type::label : type::lead).bold().lined(1.2f);
    const auto body = phone ? type::small.sized(16) : type::label;
    const float height = ui.measure(text.title, title, inner.w).h + ui.measure(text.body, body, inner.w).h;
    Rect lines = inner.middle({inner.w, std::min(height, inner.h)});
    const float used = ui.text(lines, text.title, title, ui::Role::heading);
    ui.text({lines.x, lines.y + used, lines.w, lines.h - used}, text.body, body);
  }

  void languages(ui::Ui& ui, Host& host, Rect r) {
    const auto& all = host.catalogues().available();
    const bool landscape = ui.viewport().form == ui::Form::landscape;
    const int across = landscape ? static_cast<int>(all.size()) : ui.viewport().form == ui::Form::phone ? 3 : 4;
    const int down = (static_cast<int>(all.size()) + across - 1) / across;
    const auto cells = ui::grid(r, across, down, 8);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (ui::choice(ui, cells[i], i18n::own_name(all[i]), false, i18n::code(all[i]))) {
        host.choose_language(all[i]);
        host.go(Place::sign_in);
      }
    }
  }

  static constexpr ui::Contrast Contrast_high = ui::Contrast::high;
  BoardView view_;
  ui::PagerState pager_;
  std::string second_language_, third_language_;
};

}  // namespace

std::unique_ptr<Screen> make_board_screen() { return std::make_unique<BoardScreen>(); }

}  // namespace huisbord
