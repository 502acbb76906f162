// SPDX-License-Identifier: GPL-3.0-or-later
// A resident's home: the next appointment, the money, and a tile for each section; fewer tiles a page as the letters grow.
#include <algorithm>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/pager.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"
#include "core/i18n/money.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

struct Tile {
  ui::Section section = ui::Section::tasks;
  std::string name, lines, count, count_name;
  int steps_done = -1;
  Place place = Place::home;
};

class HomeScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    if (host.actions().revision() != revision_ || host.now().today != day_) {
      revision_ = host.actions().revision();
      day_ = host.now().today;
      rota_ = host.actions().rota(week_of(day_));
    }
    const ResidentView& me = host.actions().resident();
    const auto parts = ui::page_parts(ui);
    head(ui, host, me, parts.header);
    const auto tiles = tiles_of(host, me);
    if (ui.viewport().form == ui::Form::landscape)
      landscape(ui, host, me, parts, tiles);
    else
      upright(ui, host, me, parts, tiles);
  }

 private:
  void head(ui::Ui& ui, Host& host, const ResidentView& me, Rect header) {
    const Rect rest = host.sync_badge(ui, header);
    const std::string hello = host.words().text(Key("home.hello"), {{"name", me.identity.called}});
    const std::string date = ui.text_factor() < 1.5f ? i18n::full_date(host.words(), host.now().today) : std::string();
    ui::header(ui, rest,
               {.title = hello, .second = date, .section = {}, .person = Host::person(me.placing.symbol, me.placing.pastel), .back = {}});
  }

  void landscape(ui::Ui& ui, Host& host, const ResidentView& me, const ui::PageParts& parts, const std::vector<Tile>& tiles) {
    const float factor = ui.text_factor();
    Rect body{parts.content.x, parts.content.y + 8, parts.content.w, parts.content.h - 8};
    const float gap = 24;
    if (factor < 1.2f) {
      Rect top = body.cut_top(256, gap);
      money(ui, host, me, top.cut_end(384, gap));
      next_appointment(ui, host, me, top, false);
      const auto cells = ui::columns(body, static_cast<int>(tiles.size()), gap);
      for (std::size_t i = 0; i < tiles.size(); ++i) tile(ui, host, cells[i], tiles[i]);
      return;
    }
    // From 130 % on: three, two or one across, one page at a time; the appointment and the money lead.
    const int across = factor < 1.5f ? 3 : factor < 1.9f ? 2 : 1;
    const Rect arrows = body.cut_end(128, 20);
    struct Cell {
      int kind = 0;  // 0 appointment, 1 money, 2 tile
      std::size_t index = 0;
    };
    std::vector<Cell> cells{{1, 0}};
    for (std::size_t i = 0; i < tiles.size(); ++i) cells.push_back({2, i});
    const std::string where = host.say(Key("common.more"));
    const bool lead = across > 1;
    if (lead) next_appointment(ui, host, me, body.cut_top(256, 20), true);
    if (!lead) cells.insert(cells.begin(), {0, 0});
    const std::size_t per_page = static_cast<std::size_t>(across);
    const int pages = static_cast<int>((cells.size() + per_page - 1) / per_page);
    ui::pager(ui, body, pager_, pages, where, [&](int page, Rect area) {
      const auto places = ui::columns(area, across, 20);
      for (std::size_t i = 0; i < per_page; ++i) {
        const std::size_t at = static_cast<std::size_t>(page) * per_page + i;
        if (at >= cells.size()) break;
        if (cells[at].kind == 0) next_appointment(ui, host, me, places[i], true);
        if (cells[at].kind == 1) money(ui, host, me, places[i]);
        if (cells[at].kind == 2) tile(ui, host, places[i], tiles[cells[at].index]);
      }
    });
    arrows_upright(ui, host, arrows, pages);
  }

  void upright(ui::Ui& ui, Host& host, const ResidentView& me, const ui::PageParts& parts, const std::vector<Tile>& tiles) {
    const bool phone = ui.viewport().form == ui::Form::phone;
    const float factor = ui.text_factor();
    Rect body = parts.content;
    const float gap = phone ? 12.0f : 24.0f;
    const float hero = (phone ? 236.0f : 300.0f) * (0.55f + 0.45f * factor);
    const float money_height = (phone ? 84.0f : 132.0f) * std::min(factor, 1.6f);
    const float cell = (phone ? 96.0f : 140.0f) * (0.4f + 0.6f * factor);
    const int across = factor < 1.5f ? 2 : 1;
    if (factor < 1.2f) {
      next_appointment(ui, host, me, body.cut_top(hero, gap), false);
      money(ui, host, me, body.cut_top(money_height, gap));
      for (std::size_t i = 0; i + 1 < tiles.size(); i += 2) {
        const auto pair = ui::columns(body.cut_top(cell, gap), 2, gap);
        tile(ui, host, pair[0], tiles[i]);
        tile(ui, host, pair[1], tiles[i + 1]);
      }
      tile(ui, host, body.cut_top(std::min(body.h, phone ? 84.0f : cell)), tiles.back());
      return;
    }
    // Larger letters: pages of rows.
    std::vector<std::function<void(Rect)>> rows;
    std::vector<float> heights;
    const auto add = [&](float height, std::function<void(Rect)> row) {
      heights.push_back(height);
      rows.push_back(std::move(row));
    };
    add(hero, [&](Rect r) { next_appointment(ui, host, me, r, true); });
    add(money_height, [&](Rect r) { money(ui, host, me, r); });
    for (std::size_t i = 0; i < tiles.size(); i += static_cast<std::size_t>(across))
      add(cell, [&, i](Rect r) {
        const auto places = ui::columns(r, across, gap);
        for (std::size_t k = 0; k < places.size() && i + k < tiles.size(); ++k) tile(ui, host, places[k], tiles[i + k]);
      });
    const Rect strip = body.cut_bottom(72, gap);
    std::vector<std::size_t> begins{0};
    float used = 0;
    for (std::size_t i = 0; i < heights.size(); ++i) {
      if (used > 0 && used + heights[i] > body.h) {
        begins.push_back(i);
        used = 0;
      }
      used += heights[i] + gap;
    }
    begins.push_back(rows.size());
    const int pages = static_cast<int>(begins.size()) - 1;
    ui::pager(ui, body, pager_, pages, host.say(Key("common.more")), [&](int page, Rect area) {
      for (std::size_t i = begins[static_cast<std::size_t>(page)]; i < begins[static_cast<std::size_t>(page) + 1]; ++i)
        rows[i](area.cut_top(std::min(heights[i], area.h), gap));
    });
    arrows_level(ui, host, strip, pages);
  }

  struct ArrowWords {
    std::string previous, next, where;
  };
  ArrowWords arrow_words(Host& host, int pages) const {
    return {host.say(Key("common.page_previous")), host.say(Key("common.page_next")),
            host.words().text(Key("common.page"), {{"page", std::to_string(pager_.page + 1)}, {"pages", std::to_string(pages)}})};
  }
  void arrows_upright(ui::Ui& ui, Host& host, Rect r, int pages) {
    const auto words = arrow_words(host, pages);
    ui::pager_arrows_upright(ui, r, pager_, pages, {words.previous, words.next, words.where});
  }
  void arrows_level(ui::Ui& ui, Host& host, Rect r, int pages) {
    const auto words = arrow_words(host, pages);
    ui::pager_arrows(ui, r, pager_, pages, {words.previous, words.next, words.where});
  }

  void next_appointment(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, bool brief) {
    const auto at = std::find_if(me.appointments.begin(), me.appointments.end(),
                                 [](const AppointmentView& a) { return a.appointment.standing == Standing::planned; });
    const bool phone = ui.viewport().form == ui::Form::phone;
    const auto& colours = ui.colours(ui::Section::appointments);
    ui::full_card(ui, r, ui::Section::appointments, phone ? 20.0f : 24.0f);
    const ui::Colour light = ui.theme().bordered ? ui.theme().ink : colours.on_deep;
    if (at == me.appointments.end()) {
      Rect inner = r.inset(phone ? 18.0f : 32.0f);
      const float side = phone ? 64.0f : 120.0f;
      ui::tile(ui, inner.cut_start(side, 26).middle({side, side}), ui::Section::appointments, ui::icon::event, ui::TileTone::white);
      ui.text_middle(inner, host.say(Key("home.no_appointment")), type::title.in(light));
      return;
    }
    const Appointment& next = at->appointment;
    const std::string when = next.span == Appointment::Span::all_day
                                 ? i18n::near_day(host.words(), next.day, host.now().today)
                                 : i18n::near_moment(host.words(), next.day, next.start, host.now().today);
    const std::string what = title_of(host.words(), next);
    std::string where = i18n::isolate(next.place, host.words().direction());
    if (next.travel_minutes > 0) {
      const std::string walk = host.words().plural(Key("appointment.walk_short"), static_cast<int>(next.travel_minutes));
      where = where.empty() ? walk : where + " \u00b7 " + walk;
    }
    if (phone || r.w < 600) {
      narrow_appointment(ui, host, r, *at, when, what, brief ? std::string() : where);
      return;
    }
    Rect inner{r.x + 34, r.y, r.w - 64, r.h};
    const float side = brief ? 136.0f : 120.0f;
    const Rect kind = inner.cut_start(side, 26);
    ui::tile(ui, kind.middle({side, side}), ui::Section::appointments, icon_of(next.kind), ui::TileTone::white, brief ? 92.0f : 84.0f);
    buttons(ui, host, brief, inner, *at);
    const auto lead = type::body.in(light);
    const auto display = type::display.sized(52).in(light);
    const auto bold = type::lead.bold().lined(1.25f).in(light);
    const auto quiet = type::label.in(light);
    const float lead_height = brief ? 0 : ui.line_height(lead);
    const float when_height = ui.measure(when, display, inner.w).h;
    const float what_height = ui.measure(what, bold, inner.w).h;
    const float where_height = brief || where.empty() ? 0 : ui.measure(where, quiet, inner.w - 38).h + 8;
    float y = r.y + (r.h - lead_height - when_height - what_height - where_height) / 2;
    if (!brief) y += ui.text({inner.x, y, inner.w, lead_height}, host.say(Key("home.next_appointment")), lead);
    y += ui.text({inner.x, y, inner.w, when_height}, when, display, ui::Role::heading);
    y += ui.text({inner.x, y, inner.w, what_height}, what, bold);
    if (where_height > 0) {
      ui.icon_fixed(next.travel_minutes > 0 ? ui::icon::directions_walk : ui::icon::place, {inner.x + 15, y + 8 + (where_height - 8) / 2},
                    30, light);
      ui.text({inner.x + 38, y + 8, inner.w - 38, where_height - 8}, where, quiet);
    }
  }

  void buttons(ui::Ui& ui, Host& host, bool brief, Rect& inner, const AppointmentView& view) {
    const Appointment& next = view.appointment;
    const std::string coming = host.say(Key("answer.come"));
    const std::string look = host.say(Key("common.look"));
    const bool answered = next.answer != Answer::none;
    const ui::Button yes{
        .label = coming, .icon = ui::icon::check, .kind = ui::ButtonKind::inverse, .section = ui::Section::appointments, .padding = 16};
    const ui::Button more{.label = look,
                          .icon = ui::icon::chevron_right,
                          .kind = ui::ButtonKind::ghost,
                          .section = ui::Section::appointments,
                          .icon_after = true,
                          .padding = 16};
    const float wide = std::max({brief ? 240.0f : 196.0f, ui::button_width(ui, yes), ui::button_width(ui, more)});
    Rect column = inner.cut_end(wide, 16);
    const float height = brief ? 104.0f : 80.0f;
    if (brief) {
      // At larger letters one button stays; the rest is in the detail.
      if (answered ? ui::button(ui, column.middle({wide, height}), more) : ui::button(ui, column.middle({wide, height}), yes))
        answered ? host.go(Place::appointments) : come(host, next);
      return;
    }
    Rect pair = column.middle({wide, 2 * height + 16});
    const Rect first = pair.cut_top(height, 16);
    if (answered) {
      given(ui, host, first, view);
    } else if (ui::button(ui, first, yes)) {
      come(host, next);
    }
    if (ui::button(ui, pair, more)) host.go(Place::appointments);
  }

  static void given(ui::Ui& ui, Host& host, Rect r, const AppointmentView& view) {
    const auto& colours = ui.colours(ui::Section::appointments);
    const ui::Colour light = ui.theme().bordered ? ui.theme().ink : colours.on_deep;
    const std::string text = host.say(words_for(view.appointment.answer));
    Rect inner = r;
    const Rect glyph = inner.cut_start(44, 10);
    ui.icon(view.appointment.answer == Answer::coming   ? ui::icon::check_circle
            : view.appointment.answer == Answer::cannot ? ui::icon::event_busy
                                                        : ui::icon::update,
            glyph.centre(), 40, light);
    ui.text_middle(inner, text, type::body.bold().in(light), ui::Role::status);
  }

  static void come(Host& host, const Appointment& next) {
    if (const auto stored = host.actions().answer(next.id, Answer::coming); !stored) {
      host.tell_refusal(stored.error());
      return;
    }
    const AppointmentId id = next.id;
    const Answer before = next.answer;
    host.tell(host.say(Key("toast.come")), [&actions = host.actions(), id, before] { return actions.answer(id, before); });
  }

  void narrow_appointment(ui::Ui& ui, Host& host, Rect r, const AppointmentView& view, const std::string& when, const std::string& what,
                          const std::string& where) {
    const bool phone = ui.viewport().form == ui::Form::phone;
    const auto& colours = ui.colours(ui::Section::appointments);
    const ui::Colour light = ui.theme().bordered ? ui.theme().ink : colours.on_deep;
    Rect inner = r.inset(phone ? 18.0f : 28.0f);
    const Rect acts = inner.cut_bottom(phone ? 56.0f : 80.0f, 8);
    const float side = phone ? 64.0f : 96.0f;
    const auto lead = (phone ? type::body.sized(16).lined(1.3f) : type::body).in(light);
    const auto display = type::display.sized(phone ? 32.0f : 48.0f).lined(1.15f).in(light);
    Rect top = inner.cut_top(std::max(side, ui.line_height(lead) + ui.measure(when, display, inner.w - side - 14).h), 8);
    ui::tile(ui, top.cut_start(side, 14).middle({side, side}), ui::Section::appointments, icon_of(view.appointment.kind),
             ui::TileTone::white);
    const float used = ui.text(top, host.say(Key("home.next_appointment")), lead);
    ui.text({top.x, top.y + used, top.w, top.h - used}, when, display, ui::Role::heading);
    const auto bold = (phone ? type::body.sized(18) : type::lead).bold().lined(1.25f).in(light);
    const float height = ui.text(inner, what, bold);
    inner.cut_top(height);
    if (!where.empty() && inner.h >= 20) {
      const Rect glyph = inner.cut_start(22, 4);
      const auto quiet = (phone ? type::body.sized(16) : type::label).lined(1.3f).in(light);
      ui.icon_fixed(ui::icon::directions_walk, {glyph.centre().x, glyph.y + ui.line_height(quiet) / 2}, phone ? 22.0f : 28.0f, light);
      ui.text(inner, where, quiet);
    }
    const auto pair = ui::columns(acts, 2, 10);
    const std::string coming = host.say(Key("answer.come"));
    const std::string look = host.say(Key("common.look"));
    const float size = phone ? 18.0f : 24.0f;
    if (view.appointment.answer != Answer::none) {
      given(ui, host, pair[0], view);
    } else if (ui::button(ui, pair[0],
                          {.label = coming,
                           .icon = ui::icon::check,
                           .kind = ui::ButtonKind::inverse,
                           .section = ui::Section::appointments,
                           .icon_size = phone ? 28.0f : 36.0f,
                           .type_size = size,
                           .radius = 16,
                           .padding = 8})) {
      come(host, view.appointment);
    }
    if (ui::button(ui, pair[1],
                   {.label = look,
                    .icon = ui::icon::chevron_right,
                    .kind = ui::ButtonKind::ghost,
                    .section = ui::Section::appointments,
                    .icon_after = true,
                    .icon_size = phone ? 28.0f : 36.0f,
                    .type_size = size,
                    .radius = 16,
                    .padding = 8}))
      host.go(Place::appointments);
  }

  void money(ui::Ui& ui, Host& host, const ResidentView& me, Rect r) {
    const bool flat = r.h < 200;
    const std::string name = host.say(Key("leefgeld.title"));
    const std::string amount = i18n::amount(me.balance);
    const ui::Tapped tapped = ui.target(r, ui::Role::tile, name, {}, amount);
    const auto& colours = ui.colours(ui::Section::leefgeld);
    const bool phone = ui.viewport().form == ui::Form::phone;
    ui::tint_card(ui, r, ui::Section::leefgeld, phone ? 20.0f : 24.0f);
    if (tapped.pressed) ui.outline(r, colours.deep, 5, phone ? 20.0f : 24.0f);
    const auto quiet = ui.silent();
    std::string day, plus;
    if (me.next_payment) {
      day = i18n::near_day(host.words(), me.next_payment->day, host.now().today);
      plus = i18n::signed_amount(me.next_payment->total);
    }
    if (flat) {
      Rect inner = r.inset(14, 12);
      const float side = phone ? 56.0f : 80.0f;
      ui::tile(ui, inner.cut_start(side, 14).middle({side, side}), ui::Section::leefgeld);
      const auto big = type::hero.sized(phone ? 30.0f : 48.0f);
      ui.draw_text_middle(inner.cut_end(std::min(inner.w * 0.6f, ui.measure(amount, big).w + 4), 8), amount, big.at_end());
      const auto bold = (phone ? type::body.sized(17) : type::lead).bold().lined(1.2f);
      const auto small = (phone ? type::small.sized(15) : type::label).lined(1.3f);
      const bool second = !day.empty() && ui.text_factor() < 1.5f;
      const float first_height = ui.measure(name, bold, inner.w).h;
      Rect lines = inner.middle({inner.w, first_height + (second ? ui.line_height(small) : 0)});
      ui.draw_text(lines, name, bold);
      if (second) ui.draw_text({lines.x, lines.y + first_height, lines.w, lines.h - first_height}, day + " " + plus, small);
      if (tapped) host.go(Place::leefgeld);
      return;
    }
    Rect inner = r.inset(30, 28);
    Rect row = inner.cut_top(64, 14);
    ui::tile(ui, row.cut_start(64, 16), ui::Section::leefgeld, ui::icon::payments, ui::TileTone::main, 40);
    ui.draw_text_middle(row, name, type::lead.bold());
    const bool brief = ui.text_factor() > 1.5f || !me.next_payment;
    const float amount_height = ui.line_height(type::hero);
    ui.draw_text(inner.cut_top(amount_height, 14), amount, type::hero);
    if (!brief) {
      ui.line(inner.x, inner.y, inner.w, ui.theme().bordered ? colours.main : ui::Colour::hex(0xEBD596));
      Rect next = inner;
      next.cut_top(10);
      const Rect glyph = next.cut_start(28, 10);
      const auto bold = type::label.bold();
      ui.draw_text_middle(next.cut_end(ui.measure(plus, bold).w + 2, 8), plus, bold.at_end());
      ui.icon(ui::icon::event, glyph.centre(), 28, ui.theme().ink);
      ui.draw_text_middle(next, day, type::label);
    }
    if (tapped) host.go(Place::leefgeld);
  }

  std::vector<Tile> tiles_of(Host& host, const ResidentView& me) const {
    std::vector<Tile> tiles(5);
    const Now now = host.now();
    const auto& words = host.words();
    const auto open = static_cast<int>(std::count_if(rota_.mine_next.begin(), rota_.mine_next.end(),
                                                     [&](const DutyView& d) { return !d.duty.done && d.duty.day == now.today; }));
    const auto count = [](int n) { return n > 0 ? std::to_string(n) : std::string(); };
    const auto duty = std::find_if(rota_.mine_next.begin(), rota_.mine_next.end(), [](const DutyView& d) { return !d.duty.done; });
    tiles[0] = {ui::Section::tasks, words.text(Key("task.title")),           words.text(Key("home.no_task")),
                count(open),        words.plural(Key("home.waiting"), open), -1,
                Place::tasks};
    if (duty != rota_.mine_next.end()) {
      const std::string place = words.text(words_for(duty->duty.place));
      const std::string time = i18n::time_of_day(duty->duty.before);
      tiles[0].lines = duty->duty.day == now.today
                           ? words.text(Key("home.task_today"), {{"task", place}, {"time", time}})
                           : words.text(Key("home.task_before"),
                                        {{"task", place}, {"day", i18n::near_day(words, duty->duty.day, now.today)}, {"time", time}});
    }
    tiles[1] = {ui::Section::activities, words.text(Key("home.activities")), words.text(Key("home.no_activity")), {}, {}, -1,
                Place::activities};
    if (!me.activities.empty()) {
      const Activity& next = me.activities.front();
      tiles[1].lines = words.text(Key("home.activity"), {{"activity", title_of(words, next)},
                                                         {"moment", i18n::near_moment(words, next.day, next.start, now.today)}});
    }
    const auto asked = static_cast<int>(std::count_if(me.entries.begin(), me.entries.end(),
                                                      [](const EntryView& e) { return e.entry.question == QuestionState::answered; }));
    tiles[2] = {ui::Section::messages,
                words.text(Key("home.messages")),
                words.plural(Key("home.messages_new"), asked),
                count(asked),
                words.plural(Key("home.messages_new"), asked),
                -1,
                Place::notices};
    tiles[3] = {ui::Section::plan, words.text(Key("home.plan")), words.text(Key("home.no_plan")), {}, {}, -1, Place::plan};
    if (me.plan) {
      tiles[3].steps_done = std::max(0, me.plan->step - 1);
      tiles[3].lines = words.text(Key("home.plan_step"), {{"step", std::to_string(me.plan->step)}, {"steps", std::to_string(me.plan->of)}});
    }
    const int news = static_cast<int>(me.notices.size());
    tiles[4] = {ui::Section::house,
                words.text(Key("notice.title")),
                news > 0 ? text_in(me.notices.front(), i18n::code(words.language())).title : words.text(Key("home.no_news")),
                count(news),
                words.plural(Key("home.news"), news),
                -1,
                Place::notices};
    return tiles;
  }

  static void tile(ui::Ui& ui, Host& host, Rect r, const Tile& t) {
    if (ui::home_tile(ui, r, {t.section, t.name, t.lines, t.count, t.count_name, t.steps_done})) host.go(t.place);
  }

  ui::PagerState pager_;
  std::uint64_t revision_ = ~std::uint64_t{0};
  Day day_;
  RotaView rota_;
};

}  // namespace

std::unique_ptr<Screen> make_home_screen() { return std::make_unique<HomeScreen>(); }

}  // namespace huisbord
