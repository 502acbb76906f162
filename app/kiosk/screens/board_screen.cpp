// SPDX-License-Identifier: GPL-3.0-or-later
// The house board: time, house and help for everybody in the hallway, and nothing personal.
#include <algorithm>
#include <numeric>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/pager.h"
#include "core/i18n/dates.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

class BoardScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    view_ = host.actions().board();
    const bool phone = ui.is_phone(), large = phone || ui.text_factor() > 1.2f;
    if (ui.viewport().form == ui::Form::landscape) {
      Rect body = ui.page().inset(24);
      languages(ui, host, body.cut_bottom(languages_height(ui, host, body.w), 24));
      night(ui, host, body.cut_start(436, 24));
      head(ui, host, body.cut_top(72, 16));
      if (large) return by_pages(ui, host, body);
      if (!view_.notices.empty()) notice(ui, host, body.cut_bottom(112, 24), view_.notices.front());
      const Rect doors_card = body.cut_end(364, 24);
      today(ui, host, body);
      rota(ui, host, doors_card);
      return;
    }
    if (ui.is_small()) {
      Rect body = ui.page().inset(20, 16);
      languages(ui, host, body.cut_bottom(languages_height(ui, host, body.w), 14));
      night(ui, host, body.cut_start(body.w * (large ? 0.34f : 0.46f), 20));
      if (ui.text_factor() < 1.5f) head(ui, host, body.cut_top(56, 10));
      return by_pages(ui, host, body);
    }
    Rect body = ui.page().inset(phone ? 16 : 32);
    const float gap = phone ? 12 : 24;
    languages(ui, host, body.cut_bottom(languages_height(ui, host, body.w), gap));
    head(ui, host, body.cut_top(phone ? 48 : 72, 12));
    night(ui, host, body.cut_top(phone ? 260 : 440, gap));
    if (large) return by_pages(ui, host, body);
    if (!view_.notices.empty()) notice(ui, host, body.cut_bottom(112, gap), view_.notices.front());
    const auto halves = ui::columns(body, 2, gap);
    today(ui, host, halves[0]);
    rota(ui, host, halves[1]);
  }

 private:
  void night(ui::Ui& ui, Host& host, Rect r) {
    const auto& theme = ui.theme();
    const bool small = r.h < 430;
    const ui::Tapped tapped = ui.target(r, ui::Role::button, host.say(Key("board.touch")));
    ui.fill(r, theme.bordered ? ui::Colour::hex(0x000000) : theme.ink, 32);
    if (theme.bordered) ui.outline(r, ui::Colour::hex(0xFFFFFF), 4, 32);
    const ui::Colour light = theme.bordered ? theme.ink : theme.paper;
    const auto now = host.now();
    {
      const Rect clock{r.x + (small ? 24.0f : 31.0f), r.y + (small ? 4.0f : 11.0f), r.w - 48, small ? 90.0f : 150.0f};
      const auto fixed = ui.unmirrored(clock);
      ui.text(clock, i18n::time_of_day(now.minute), (small ? type::clock.sized(80) : type::clock).in(light).left_to_right());
    }
    const bool beside = r.w > 600;  // upright: the street stands beside the clock
    ui.text({r.x + (small ? 26.0f : 37.0f), r.y + (small ? 94.0f : 157.0f), (beside ? 410 : r.w) - 60, 48},
            i18n::full_date(host.words(), now.today), type::body.sized(small ? 22.0f : 32.0f).lined(1.25f).in(light).fixed_size());
    const float go = small ? 100.0f : 151.0f;
    if (beside) {
      ui::street(ui, {r.x + 410, r.bottom() - go - 286 + 3, r.w - 437, 286});
    } else if (ui.is_small()) {
      const auto fixed = ui.unmirrored(r);
      const float high = std::min(r.h - go - 150, 200.0f);
      if (high > 60) ui::street(ui, {r.x + (r.w - high * 1.35f) / 2, r.bottom() - go - high + 3, high * 1.35f, high});
    } else if (!small) {
      const auto fixed = ui.unmirrored(r);
      ui::street(ui, {r.x + 27, r.bottom() - go - 286 + 3, 386, 286});
    }
    invitation(ui, host, {r.x + 3, r.bottom() - go, r.w - 6, go - 3}, small, tapped.between(theme.paper, theme.sand));
    if (tapped) host.go(Place::sign_in);
  }

  /// "Touch here", in the house's language and two more.
  void invitation(ui::Ui& ui, Host& host, Rect strip, bool small, ui::Colour ground) {
    const auto& theme = ui.theme();
    const ui::Colour on_strip = theme.bordered ? ui::Colour::hex(0xFFFFFF) : theme.ink;
    ui.fill_bottom(strip, theme.bordered ? ui::Colour::hex(0x000000) : ground, 29);
    strip = strip.inset(small ? 16.0f : 28.0f, 0);
    const float hand = small ? 60.0f : 88.0f;
    ui.icon_fixed(ui::icon::touch_app, strip.cut_start(hand, 20).centre(), hand, on_strip);
    const std::vector<i18n::Language> others = two_others(ui, host);
    const auto first = type::body.sized(small ? 26.0f : 40.0f).bold().lined(1.15f).in(on_strip).fixed_size();
    const auto line = type::label.sized(small ? 16.0f : 22.0f).lined(1.35f).in(theme.bordered ? on_strip : theme.ink2).fixed_size();
    const float first_height = ui.line_height(first), line_height = ui.line_height(line);
    float y = strip.centre().y - (first_height + 4 + 2 * line_height) / 2;
    ui.draw_text({strip.x, y, strip.w, first_height}, host.say(Key("board.touch")), first);
    y += first_height + 4;
    for (const auto language : others) {
      ui.draw_text({strip.x, y, strip.w, line_height}, host.catalogues().of(language).text(Key("board.touch_to_begin")),
                   line.of_language(i18n::code(language)));
      y += line_height;
    }
  }

  /// The second and third language take turns without movement: every 4 s while somebody may stand there, then with the clock's frame.
  std::vector<i18n::Language> two_others(ui::Ui& ui, Host& host) {
    std::vector<i18n::Language> others;
    for (const auto language : {i18n::Language::en, i18n::Language::ar, i18n::Language::nl, i18n::Language::ti})
      if (language != host.language()) others.push_back(language);
    if (turned_at_.value == 0) turned_at_ = ui.now();
    if (ui.now().value - turned_at_.value >= turn_ms) {
      ++turn_;
      turned_at_ = ui.now();
    }
    if (host.since_touch() < somebody_ms) ui.wake_at({turned_at_.value + turn_ms});
    return {others[turn_ % others.size()], others[(turn_ + 1) % others.size()]};
  }

  void head(ui::Ui& ui, Host& host, Rect r) {
    Rect rest = host.sync_badge(ui, r);
    const float mark = ui.is_phone() ? 44.0f : 60.0f;
    if (!ui.is_phone() || ui.text_factor() < 1.5f) ui::house_mark(ui, rest.cut_start(mark, 16).middle({mark, mark}));
    ui.text_middle(rest, view_.house_name, ui.is_phone() ? type::title.sized(24) : type::title, ui::Role::heading);
  }

  static float head_height(const ui::Ui& ui) {
    return std::max(ui.is_phone() ? 40.0f : 56.0f, ui.line_height(type::lead.bold().lined(1.15f)));
  }

  static void card_head(ui::Ui& ui, Rect row, ui::Section section, const std::string& title, const std::string& below) {
    const float side = ui.is_phone() ? 40.0f : 56.0f;
    ui::tile(ui, row.cut_start(side, 16).middle({side, side}), section, ui::icon_of(section), ui::TileTone::main, side * 0.64f);
    two_lines(ui, row, {title, below, type::lead.bold().lined(1.15f), type::small.lined(1.25f), ui::Role::heading});
  }

  void today(ui::Ui& ui, Host& host, Rect r) {
    ui::tint_card(ui, r, ui::Section::activities);
    Rect inner{r.x + 26, r.y + 26, r.w - 52, r.h - 38};
    card_head(ui, inner.cut_top(56, 10), ui::Section::activities, host.say(Key("board.today")), {});
    if (view_.today.empty()) ui.text_middle(inner, host.say(Key("board.nothing_today")), type::label.in(ui.theme().ink2));
    const float height = 80;
    const auto fit = static_cast<std::size_t>(std::max(1.0f, inner.h / height + 0.01f));
    for (std::size_t i = 0; i < std::min(fit, view_.today.size()); ++i) {
      const Rect row = inner.cut_top(height);
      activity(ui, host, row, view_.today[i], words_below(ui, row.w));
    }
  }

  static ui::Type time_type(const ui::Ui& ui) { return type::body.sized(ui.is_phone() ? 24.0f : 32.0f).bold().left_to_right(); }

  /// Time, pictogram, and what it is; the words below the time where they do not fit beside it.
  static void activity(ui::Ui& ui, Host& host, Rect r, const Activity& activity, bool below) {
    const auto& colours = ui.colours(ui::Section::activities);
    Rect row = below ? r.cut_top(ui.line_height(time_type(ui))) : r;
    const std::string time = i18n::time_of_day(activity.start);
    ui.text_middle(row.cut_start(std::max(time_width(ui), ui.measure(time, time_type(ui)).w), 16), time, time_type(ui).in(colours.deep));
    const float glyph = ui.icon_side(40);
    ui.icon(icon_of(activity.kind), row.cut_start(glyph, 16).centre(), 40, colours.deep);
    two_lines(ui, below ? r : row,
              {title_of(host.words(), activity), ui.text_factor() > 1.5f ? std::string() : activity.place, type::body.bold().lined(1.2f),
               type::small.lined(1.3f).in(ui.theme().ink2)});
  }
  static float time_width(const ui::Ui& ui) { return ui.is_phone() ? 66.0f : 88.0f; }
  static bool words_below(const ui::Ui& ui, float width) { return width < 300 * ui.text_factor(); }

  void rota(ui::Ui& ui, Host& host, Rect r) {
    ui::tint_card(ui, r, ui::Section::tasks);
    // One page a woongroep: a swipe turns it.
    const auto groups = woongroepen();
    const std::string title = host.say(Key("board.duty"));
    ui::pager(ui, r, pager_, std::max(1, static_cast<int>(groups.size())), title, [&](int page, Rect area) {
      Rect inner = area.inset(26, 26);
      const std::string group = groups.empty() ? std::string() : groups[static_cast<std::size_t>(page)];
      card_head(ui, inner.cut_top(56, 19), ui::Section::tasks, title, group.empty() ? host.say(Key("board.duty_by_room")) : group);
      const auto duties = duties_of(group);
      const auto cells = ui::grid({inner.x, inner.y, inner.w, 3 * 92 + 24}, 2, 3, 12);
      for (std::size_t i = 0; i < std::min(duties.size(), cells.size()); ++i) door(ui, host, cells[i], *duties[i]);
    });
  }

  [[nodiscard]] std::vector<std::string> woongroepen() const {
    std::vector<std::string> groups;
    for (const BoardDuty& duty : view_.duties)
      if (groups.empty() || groups.back() != duty.woongroep) groups.push_back(duty.woongroep);
    return groups;
  }
  [[nodiscard]] std::vector<const BoardDuty*> duties_of(const std::string& group) const {
    std::vector<const BoardDuty*> duties;
    for (const BoardDuty& duty : view_.duties)
      if (duty.woongroep == group) duties.push_back(&duty);
    return duties;
  }

  static void door(ui::Ui& ui, Host& host, Rect cell, const BoardDuty& duty) {
    const auto& colours = ui.colours(ui::Section::tasks);
    ui.fill(cell, ui.theme().surface, 16);
    if (ui.theme().bordered) ui.outline(cell, colours.main, 3, 16);
    ui.node(ui::Role::text, cell, host.say(words_for(duty.place)), duty.room_label);
    const float high = std::min(68.0f, cell.h - 20), wide = high * 58 / 68;
    ui.icon_fixed(icon_of(duty.place), {cell.x + 14 + high * 0.35f, cell.centre().y}, high * 0.7f, colours.deep);
    const auto quiet = ui.silent();
    ui::door(ui, {cell.end() - 16 - wide, cell.centre().y - high / 2, wide, high}, ui::Section::tasks, duty.room_label);
  }

  static TwoLines notice_lines(const ui::Ui& ui, Host& host, const Notice& notice) {
    const NoticeText& text = text_in(notice, i18n::code(host.language()));
    return {text.title, text.body, type::lead.bold().lined(ui.is_phone() ? 1.15f : 1.2f), type::label, ui::Role::heading};
  }

  static void notice(ui::Ui& ui, Host& host, Rect r, const Notice& notice) {
    ui::tint_card(ui, r, ui::Section::house);
    const bool phone = ui.is_phone();
    Rect inner = r.inset(phone ? 12.0f : 26.0f, 8);
    const float side = phone ? 56.0f : 72.0f;
    ui::tile(ui, inner.cut_start(side, phone ? 12.0f : 20.0f).middle({side, side}), ui::Section::house);
    if (!phone) ui.icon(icon_of(notice.icon), inner.cut_end(60, 12).centre(), 52, ui.colours(ui::Section::house).deep);
    two_lines(ui, inner, notice_lines(ui, host, notice));
  }

  /// Larger letters, and a phone: activities, doors and notices one page at a time.
  void by_pages(ui::Ui& ui, Host& host, Rect r) {
    const bool phone = ui.is_phone();
    const float gap = phone ? 8.0f : 12.0f, head = head_height(ui) + gap, inset = phone ? 12.0f : 24.0f;
    std::vector<PagePart> parts;
    const auto add = [&](bool first, float height, ui::Section section, const std::string& title, std::function<void(Rect)> draw) {
      parts.push_back({height + (first ? head : 0), [&ui, first, head, gap, section, title, draw = std::move(draw)](Rect place) {
                         if (first) card_head(ui, place.cut_top(head - gap, gap), section, title, {});
                         draw(place);
                       }});
    };
    const std::string day = host.say(Key("board.today"));
    const float words = std::max(0.0f, ui.line_height(type::body.bold().lined(1.2f)));
    const float second = ui.text_factor() > 1.5f ? 0 : ui.line_height(type::small.lined(1.3f));
    const bool below = words_below(ui, r.w - 2 * inset - (ui.is_small() ? arrows_beside : 0));
    const float row = below ? ui.line_height(time_type(ui)) + words + second + 12
                            : std::max(phone ? 50.0f : 80.0f, std::max(words + second, ui.line_height(time_type(ui))) + 4);
    for (const Activity& one : view_.today)
      add(&one == &view_.today.front(), row, ui::Section::activities, day, [&, inset, below](Rect place) {
        ui::tint_card(ui, place, ui::Section::activities, 20);
        activity(ui, host, place.inset(inset, 2), one, below);
      });
    const std::size_t across = phone ? 3 : ui.is_small() ? 2 : 4;
    for (const std::string& group : woongroepen()) {
      const auto duties = duties_of(group);
      for (std::size_t from = 0; from < duties.size(); from += across)
        add(from == 0, phone ? 72.0f : 92.0f, ui::Section::tasks, group.empty() ? host.say(Key("board.duty")) : group,
            [&ui, &host, duties, from, across, gap](Rect place) {
              ui::tint_card(ui, place, ui::Section::tasks, 20);
              const auto cells = ui::columns(place.inset(4), static_cast<int>(across), gap);
              for (std::size_t i = 0; i < across && from + i < duties.size(); ++i) door(ui, host, cells[i], *duties[from + i]);
            });
    }
    for (const Notice& one : view_.notices) {
      const float width = r.w - (phone ? 92.0f : 216.0f);
      const TwoLines lines = notice_lines(ui, host, one);
      const float both = two_lines_height(ui, width, lines) + 24, most = r.h - 84;
      parts.push_back({both <= most ? both : std::min(most, ui.measure(lines.first, lines.first_type, width).h + 24),
                       [&](Rect place) { notice(ui, host, place, one); }});
    }
    paged(ui, host, r, pager_, parts, gap, day);
  }

  // --- languages: each in its own name, as wide as it is, what is over shared
  static float language_width(const ui::Ui& ui, i18n::Language language) {
    return ui.measure(i18n::own_name(language), type::label.bold().of_language(i18n::code(language))).w + 28;
  }
  static int language_rows(const ui::Ui& ui, Host& host, float width) {
    const auto& all = host.catalogues().available();
    const float wanted = std::accumulate(all.begin(), all.end(), 8 * static_cast<float>(all.size() - 1),
                                         [&](float sum, i18n::Language language) { return sum + language_width(ui, language); });
    return std::max(1, static_cast<int>(wanted / width + 0.999f));
  }
  static float language_height(const ui::Ui& ui) { return ui.is_phone() ? 56.0f : 80.0f; }
  static float languages_height(const ui::Ui& ui, Host& host, float width) {
    return static_cast<float>(language_rows(ui, host, width)) * (language_height(ui) + 8) - 8;
  }

  static void languages(ui::Ui& ui, Host& host, Rect r) {
    const auto& all = host.catalogues().available();
    const auto down = static_cast<std::size_t>(language_rows(ui, host, r.w));
    const std::size_t across = (all.size() + down - 1) / down;
    for (std::size_t from = 0; from < all.size(); from += across) {
      Rect row = r.cut_top(language_height(ui), 8);
      const std::size_t count = std::min(across, all.size() - from);
      float spare = row.w - 8 * static_cast<float>(count - 1);
      for (std::size_t i = from; i < from + count; ++i) spare -= language_width(ui, all[i]);
      for (std::size_t i = from; i < from + count; ++i) {
        const Rect cell = row.cut_start(language_width(ui, all[i]) + spare / static_cast<float>(count), 8);
        if (ui::choice(ui, cell, i18n::own_name(all[i]), false, i18n::code(all[i]))) {
          host.choose_language(all[i]);
          host.go(Place::sign_in);
        }
      }
    }
  }

  BoardView view_;
  ui::PagerState pager_;
  static constexpr std::int64_t turn_ms = 4000, somebody_ms = 60000;
  std::size_t turn_ = 0;
  Millis turned_at_;
};

}  // namespace

std::unique_ptr<Screen> make_board_screen() { return std::make_unique<BoardScreen>(); }

}  // namespace huisbord
