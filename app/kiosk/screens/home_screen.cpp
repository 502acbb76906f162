// SPDX-License-Identifier: GPL-3.0-or-later
// A resident's home: the next appointment, the money, and a tile for each section; fewer tiles a page as the letters grow.
#include <algorithm>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/home_cards.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/pager.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"

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
    const ResidentView& me = host.resident();
    const auto parts = ui::page_parts(ui);
    head(ui, host, me, parts.header);
    const auto tiles = tiles_of(host, me);
    const bool landscape = ui.viewport().form == ui::Form::landscape;
    if (ui.is_small())
      side_by_side(ui, host, me, parts.content, tiles);
    else if (ui.text_factor() < 1.2f)
      landscape ? whole(ui, host, me, parts.content, tiles) : whole_upright(ui, host, me, parts.content, tiles);
    else
      landscape ? by_pages(ui, host, me, parts.content, tiles) : by_pages_upright(ui, host, me, parts.content, tiles);
  }

 private:
  static void head(ui::Ui& ui, Host& host, const ResidentView& me, Rect header) {
    const Rect rest = host.sync_badge(ui, header);
    const std::string hello = me.identity.called.empty() ? host.say(Key("home.hello_nobody"))
                                                         : host.words().text(Key("home.hello"), {{"name", me.identity.called}});
    const std::string date = ui.text_factor() < 1.5f ? i18n::full_date(host.words(), host.now().today) : std::string();
    ui::header(ui, rest,
               {.title = hello, .second = date, .section = {}, .person = Host::person(me.placing.symbol, me.placing.pastel), .back = {}});
  }

  void whole(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, const std::vector<Tile>& tiles) const {
    const float gap = 24;
    r.cut_top(8);
    Rect top = r.cut_top(256, gap);
    money_card(ui, host, me, top.cut_end(384, gap));
    next_appointment_card(ui, host, me, top, Telling::whole);
    const auto cells = ui::columns(r, static_cast<int>(tiles.size()), gap);
    for (std::size_t i = 0; i < tiles.size(); ++i) tile(ui, host, cells[i], tiles[i]);
  }

  void whole_upright(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, const std::vector<Tile>& tiles) const {
    const bool phone = ui.is_phone();
    const float gap = phone ? 12.0f : 24.0f, cell = phone ? 96.0f : 140.0f;
    next_appointment_card(ui, host, me, r.cut_top(phone ? 236.0f : 330.0f, gap), Telling::whole);
    money_card(ui, host, me, r.cut_top(phone ? 84.0f : 132.0f, gap));
    for (std::size_t i = 0; i + 1 < tiles.size(); i += 2) {
      const auto pair = ui::columns(r.cut_top(cell, gap), 2, gap);
      tile(ui, host, pair[0], tiles[i]);
      tile(ui, host, pair[1], tiles[i + 1]);
    }
    tile(ui, host, r.cut_top(std::min(r.h, phone ? 84.0f : cell)), tiles.back());
  }

  /// A small panel: the appointment, and beside it everything else in pages.
  void side_by_side(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, const std::vector<Tile>& tiles) {
    const float gap = 12;
    std::vector<PagePart> parts;
    if (ui.text_factor() < 1.5f)
      next_appointment_card(ui, host, me, r.cut_start(r.w * 0.48f, 16), ui.text_factor() < 1.2f ? Telling::whole : Telling::brief);
    else
      parts.push_back({r.h, [&](Rect place) { next_appointment_card(ui, host, me, place, Telling::brief); }});
    const float cell = ui.text_factor() < 1.2f   ? (r.h - gap) / 2
                       : ui.text_factor() < 1.5f ? r.h
                       : ui.text_factor() < 1.9f ? (r.h - gap) / 2
                                                 : r.h;
    parts.push_back({cell, [&](Rect place) { money_card(ui, host, me, place); }});
    for (const Tile& one : tiles) parts.push_back({cell, [&](Rect place) { tile(ui, host, place, one); }});
    paged(ui, host, r, pager_, parts, gap, host.say(Key("common.more")));
  }

  /// From 130 % on: three, two or one across, one page at a time; the appointment leads as long as it leaves room (mockup 17).
  void by_pages(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, const std::vector<Tile>& tiles) {
    const float gap = 20;
    const int across = ui.text_factor() < 1.5f ? 3 : ui.text_factor() < 1.9f ? 2 : 1;
    std::vector<std::function<void(Rect)>> cells;
    if (across > 1)
      next_appointment_card(ui, host, me, r.cut_top(256, gap), Telling::brief);
    else
      cells.emplace_back([&](Rect place) { next_appointment_card(ui, host, me, place, Telling::brief); });
    cells.emplace_back([&](Rect place) { money_card(ui, host, me, place); });
    for (const Tile& one : tiles) cells.emplace_back([&](Rect place) { tile(ui, host, place, one); });
    const Rect arrows = r.cut_end(128, gap);
    const auto page_size = static_cast<std::size_t>(across);
    const int pages = static_cast<int>((cells.size() + page_size - 1) / page_size);
    ui::pager(ui, r, pager_, pages, host.say(Key("common.more")), [&](int page, Rect area) {
      const auto places = ui::columns(area, across, gap);
      const std::size_t first = static_cast<std::size_t>(page) * page_size;
      for (std::size_t i = 0; i < page_size && first + i < cells.size(); ++i) cells[first + i](places[i]);
    });
    const PageWords words = page_words(host, pager_, pages);
    ui::pager_arrows_upright(ui, arrows, pager_, pages, {words.previous, words.next, words.where});
  }

  void by_pages_upright(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, const std::vector<Tile>& tiles) {
    const bool phone = ui.is_phone();
    const float factor = ui.text_factor(), gap = phone ? 12.0f : 24.0f;
    const float cell = (phone ? 96.0f : 140.0f) * (0.4f + 0.6f * factor);
    std::vector<PagePart> parts;
    parts.push_back({(phone ? 236.0f : 330.0f) * (0.55f + 0.45f * factor),
                     [&](Rect place) { next_appointment_card(ui, host, me, place, Telling::brief); }});
    parts.push_back({(phone ? 84.0f : 132.0f) * std::min(factor, 1.6f), [&](Rect place) { money_card(ui, host, me, place); }});
    const std::size_t across = factor < 1.5f && !phone ? 2 : 1;
    for (std::size_t i = 0; i < tiles.size(); i += across)
      parts.push_back({cell, [&, i](Rect place) {
                         const auto places = ui::columns(place, static_cast<int>(across), gap);
                         for (std::size_t k = 0; k < across && i + k < tiles.size(); ++k) tile(ui, host, places[k], tiles[i + k]);
                       }});
    paged(ui, host, r, pager_, parts, gap, host.say(Key("common.more")));
  }

  [[nodiscard]] std::vector<Tile> tiles_of(Host& host, const ResidentView& me) const {
    const auto& words = host.words();
    const Day today = host.now().today;
    const auto count = [](int n) { return n > 0 ? std::to_string(n) : std::string(); };
    Tile tasks{ui::Section::tasks, words.text(Key("task.title")), words.text(Key("home.no_task")), {}, {}, -1, Place::tasks};
    const auto open =
        static_cast<int>(std::ranges::count_if(rota_.mine_next, [&](const DutyView& d) { return !d.duty.done && d.duty.day == today; }));
    tasks.count = count(open);
    if (open > 0) tasks.count_name = words.plural(Key("home.waiting"), open);
    if (const auto at = std::ranges::find_if(rota_.mine_next, [](const DutyView& d) { return !d.duty.done; });
        at != rota_.mine_next.end()) {
      const std::string place = words.text(words_for(at->duty.place)), time = i18n::time_of_day(at->duty.before);
      tasks.lines =
          at->duty.day == today
              ? words.text(Key("home.task_today"), {{"task", place}, {"time", time}})
              : words.text(Key("home.task_before"), {{"task", place}, {"day", i18n::near_day(words, at->duty.day, today)}, {"time", time}});
    }
    Tile activities{ui::Section::activities, words.text(Key("home.activities")), words.text(Key("home.no_activity")), {}, {}, -1,
                    Place::activities};
    if (!me.activities.empty()) {
      const Activity& next = me.activities.front();
      activities.lines = words.text(
          Key("home.activity"), {{"activity", title_of(words, next)}, {"moment", i18n::near_moment(words, next.day, next.start, today)}});
    }
    const auto answers =
        static_cast<int>(std::ranges::count_if(me.entries, [](const EntryView& e) { return e.entry.question == QuestionState::answered; }));
    Tile messages{ui::Section::messages, words.text(Key("home.messages")), words.text(Key("home.no_message")), count(answers), {}, -1,
                  Place::notices};
    if (answers > 0) messages.lines = messages.count_name = words.plural(Key("home.messages_new"), answers);
    Tile plan{ui::Section::plan, words.text(Key("home.plan")), words.text(Key("home.no_plan")), {}, {}, -1, Place::plan};
    if (me.plan) {
      plan.steps_done = std::max(0, me.plan->step - 1);
      plan.lines = words.text(Key("home.plan_step"), {{"step", std::to_string(me.plan->step)}, {"steps", std::to_string(me.plan->of)}});
    }
    const int news = static_cast<int>(me.notices.size());
    Tile house{ui::Section::house, words.text(Key("notice.title")), words.text(Key("home.no_news")), count(news), {}, -1, Place::notices};
    if (news > 0) {
      house.lines = text_in(me.notices.front(), i18n::code(words.language())).title;
      house.count_name = words.plural(Key("home.news"), news);
    }
    return {tasks, activities, messages, plan, house};
  }

  static void tile(ui::Ui& ui, Host& host, Rect r, const Tile& t) {
    const bool low = r.h < 180;
    const std::string lines = low ? t.lines : on_two_lines(ui, t.lines, type::label, r.w - 36);
    if (ui::home_tile(ui, r, {t.section, t.name, lines, t.count, t.count_name, t.steps_done})) host.go(t.place);
  }

  ui::PagerState pager_;
  std::uint64_t revision_ = ~std::uint64_t{0};
  Day day_;
  RotaView rota_;
};

}  // namespace

std::unique_ptr<Screen> make_home_screen() { return std::make_unique<HomeScreen>(); }

}  // namespace huisbord
