// SPDX-License-Identifier: GPL-3.0-or-later
// My tasks and the week's rota: done, give away, take over, swap; rooms, never names.
#include <algorithm>

#include "app/kiosk/screens/duty_acts.h"
#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/progress.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;
constexpr ui::Section section = ui::Section::tasks;

class TasksScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    if (host.actions().revision() != revision_ || host.now().today != day_) {
      revision_ = host.actions().revision();
      day_ = host.now().today;
      rota_ = host.actions().rota(week_of(day_));
    }
    const auto parts = ui::page_parts(ui);
    host.header(ui, section, host.say(Key("task.title")));
    Rect body = parts.content;
    if (ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.2f) {
      mine(ui, host, body.cut_start(384, 24));
      week(ui, host, body);
      return;
    }
    // Larger letters or upright: my own tasks, or the rota, by two tabs.
    const auto tabs = ui::columns(body.cut_top(72, ui.is_small() ? 10.0f : 16.0f), 2, 12);
    const std::string own = host.say(Key("task.mine")), house = host.say(Key("task.week"));
    if (ui::tab(ui, tabs[0], own, ui::icon::none, !shows_week_)) shows_week_ = false;
    if (ui::tab(ui, tabs[1], house, ui::icon::none, shows_week_)) shows_week_ = true;
    if (!shows_week_)
      mine(ui, host, body);
    else if (ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.5f)
      week(ui, host, body);
    else
      day_list(ui, host, body);
  }

 private:
  // --- mine
  void mine(ui::Ui& ui, Host& host, Rect r) {
    const float fair = std::max(176.0f, ui.measure(fairness_title(host), type::body.bold().lined(1.3f), r.w - 44).h + 2 * 52 + 36);
    const bool show_fairness = r.h > fair + 16 + now_height(ui) + (ui.text_factor() > 1.2f ? 84.0f : 0.0f);
    if (show_fairness) fairness(ui, host, r.cut_bottom(fair, 16));
    std::vector<PagePart> parts;
    for (const Swap& swap : rota_.swaps_asked_of_me)
      if (host.later_about() != swap.id) parts.push_back({swap_height(ui), [&, swap](Rect place) { asked(ui, host, place, swap); }});
    bool first = true;
    for (const DutyView& view : rota_.mine_next) {
      if (view.duty.done && view.duty.day != day_) continue;
      if (first && view.duty.day == day_)
        parts.push_back({now_height(ui), [&, view](Rect place) { today(ui, host, place, view); }});
      else
        parts.push_back({later_height(ui), [&, view](Rect place) { later(ui, host, place, view); }});
      first = false;
    }
    if (parts.empty()) {
      ui::tint_card(ui, r, section);
      ui.text_middle(r.inset(24), host.say(Key("task.none")), type::lead.middle());
      return;
    }
    paged(ui, host, r, mine_pager_, parts, 16, host.say(Key("task.mine")));
  }

  static float act_size(const ui::Ui& ui) { return ui.is_phone() ? 17.0f : 22.0f; }
  static float now_height(const ui::Ui& ui) {
    return std::max(218.0f, ui.line_height(type::lead) + ui.line_height(type::label) + 18 + 80 + 40);
  }
  static float later_height(const ui::Ui& ui) {
    return std::max(ui.is_small() ? 112.0f : 124.0f, ui.line_height(type::body) + ui.line_height(type::small) + 44);
  }
  static float swap_height(const ui::Ui& ui) { return 3 * ui.line_height(type::label) + 80 + 60; }

  void today(ui::Ui& ui, Host& host, Rect r, const DutyView& view) {
    const Duty& duty = view.duty;
    ui::tint_card(ui, r, section);
    Rect inner = r.inset(22, 20);
    Rect acts = inner.cut_bottom(80, 12);
    Rect head = inner;
    ui::tile(ui, head.cut_start(76, 16).middle({76, 76}), section, icon_of(duty.place), ui::TileTone::main, 50);
    two_lines(ui, head, {host.say(words_for(duty.place)), when(host, duty), type::lead.bold().lined(1.25f), type::label.lined(1.3f)});
    const auto key = ui.key(std::hash<DutyId>{}(duty.id));
    if (duty.done) {
      Rect row = acts;
      const Rect glyph = row.cut_start(44, 12);
      ui.icon(ui::icon::check_circle, glyph.centre(), 40, ui.colours(section).deep);
      two_lines(
          ui, row,
          {host.say(Key("task.state.done")), host.say(view.arrival == Arrival::arrived ? Key("sync.item_arrived") : Key("sync.item_saved")),
           type::body.bold().lined(1.2f), type::small.lined(1.2f), ui::Role::status});
      return;
    }
    const auto pair = ui::columns(acts, 2, 12);
    const std::string done = host.say(Key("task.done"));
    const std::string swap = host.say(duty.open_offer ? Key("task.withdraw") : Key("task.swap"));
    if (ui::button(ui, pair[0], {.label = done, .icon = ui::icon::check, .section = section, .type_size = act_size(ui), .padding = 8}))
      finish_duty(host, duty);
    if (ui::button(ui, pair[1],
                   {.label = swap,
                    .icon = ui::icon::swap_horiz,
                    .kind = ui::ButtonKind::secondary,
                    .section = section,
                    .icon_size = 38,
                    .type_size = act_size(ui),
                    .padding = 8}))
      give_duty_away(host, duty);
  }

  void later(ui::Ui& ui, Host& host, Rect r, const DutyView& view) {
    const Duty& duty = view.duty;
    ui::card(ui, r);
    Rect inner = r.inset(22, 20);
    const auto key = ui.key(std::hash<DutyId>{}(duty.id));
    const std::string name = host.say(words_for(duty.place));
    const std::string swap = host.say(duty.open_offer ? Key("task.withdraw") : Key("task.swap")) + ": " + name;
    if (!duty.done && ui::square_button(ui, inner.cut_end(80, 12).middle({80, 80}),
                                        {.label = swap,
                                         .icon = duty.open_offer ? ui::icon::undo : ui::icon::swap_horiz,
                                         .kind = ui::ButtonKind::secondary,
                                         .section = section,
                                         .icon_size = 38}))
      give_duty_away(host, duty);
    ui::tile(ui, inner.cut_start(60, 16).middle({60, 60}), section, icon_of(duty.place), ui::TileTone::tint, 40);
    const std::string state = duty.done         ? host.say(Key("task.state.done"))
                              : duty.open_offer ? host.say(Key("task.state.offered"))
                                                : when(host, duty);
    two_lines(ui, inner, {name, state, type::body.bold().lined(1.3f), type::small.lined(1.3f)});
  }

  void asked(ui::Ui& ui, Host& host, Rect r, const Swap& swap) {
    ui::card(ui, r);
    Rect inner = r.inset(22, 20);
    const auto pair = ui::columns(inner.cut_bottom(80, 12), 2, 12);
    const DutyView* theirs = find(swap.mine);
    const DutyView* mine_now = find(swap.theirs);
    std::string line = host.say(Key("task.state.swap"));
    if (theirs && mine_now) {
      const auto piece = [&](Key key, const Duty& duty) {
        return host.words().text(
            key, {{"task", host.say(words_for(duty.place))}, {"moment", i18n::near_moment(host.words(), duty.day, duty.before, day_)}});
      };
      line = host.words().text(Key("task.swap.wanted"), {{"room", theirs->room_label}}) + "\n" +
             piece(Key("task.swap.their_day"), theirs->duty) + "\n" + piece(Key("task.swap.your_day"), mine_now->duty);
    }
    ui.text_middle(inner, line, type::label.lined(1.3f));
    const std::string yes = host.say(Key("task.swap.accept")), no = host.say(Key("task.swap.refuse"));
    const auto key = ui.key(std::hash<RecordId>{}(swap.id));
    if (ui::button(ui, pair[0], {.label = yes, .icon = ui::icon::check, .section = section, .type_size = act_size(ui), .padding = 8}))
      settle_swap(host, swap, true);
    if (ui::button(ui, pair[1],
                   {.label = no,
                    .icon = ui::icon::close,
                    .kind = ui::ButtonKind::secondary,
                    .section = section,
                    .type_size = act_size(ui),
                    .padding = 8}))
      settle_swap(host, swap, false);
  }

  [[nodiscard]] std::string fairness_title(Host& host) const {
    const Fairness& f = rota_.fairness;
    return host.say(f.mine == f.average ? Key("task.equal") : f.mine > f.average ? Key("task.more") : Key("task.less"));
  }

  void fairness(ui::Ui& ui, Host& host, Rect r) {
    ui::card(ui, r);
    const auto& me = host.resident().placing;
    const Fairness& f = rota_.fairness;
    Rect inner = r.inset(22, 18);
    inner.cut_top(ui.text(inner, fairness_title(host), type::body.bold().lined(1.3f), ui::Role::heading));
    const int all = static_cast<int>(std::clamp<std::uint32_t>(std::max({f.planned, f.mine, f.average}), 1, 8));
    const float height = std::min(52.0f, inner.h / 2);
    for (const bool mine_row : {true, false}) {
      Rect row = inner.cut_top(height);
      const auto count = static_cast<int>(mine_row ? f.mine : f.average);
      const Rect face = row.cut_start(44, 14).middle({44, 44});
      if (mine_row)
        ui::person_disc(ui, face, Host::person(me.symbol, me.pastel));
      else
        ui::tile(ui, face, ui::Section::team, ui::icon::groups, ui::TileTone::tint, 32);
      const auto number = type::lead.bold().at_end();
      ui.text_middle(row.cut_end(60, 8), std::to_string(count), number);
      ui::blocks(ui, {row.x, row.centre().y - 10}, std::min(count, all), all,
                 mine_row ? ui.colours(section).main : ui::Colour::hex(0xB8A995),
                 host.say(mine_row ? Key("task.me") : Key("task.house_average")));
    }
  }

  // --- the week
  void week(ui::Ui& ui, Host& host, Rect r) {
    ui::card(ui, r);
    Rect inner = r.inset(16, 0);
    inner.cut_top(10);
    Rect foot = inner.cut_bottom(88 + 4, 2);
    foot.h = 88;
    const auto rows_fit = static_cast<std::size_t>(std::max(1.0f, (inner.h - head_height) / (row_height + row_gap) + 0.01f));
    const std::size_t pages = std::max<std::size_t>(1, (rota_.tasks.size() + rows_fit - 1) / rows_fit);
    ui::pager(ui, inner, week_pager_, static_cast<int>(pages), host.say(Key("task.week")),
              [&](int page, Rect area) { grid(ui, host, area, static_cast<std::size_t>(page) * rows_fit, rows_fit); });
    act(ui, host, foot, static_cast<int>(pages));
  }
  static constexpr float head_height = 58, row_height = 72, row_gap = 6;

  void grid(ui::Ui& ui, Host& host, Rect r, std::size_t first, std::size_t count) {
    const float gap = row_gap, head = head_height;
    const float cell = (r.w - 88 - 7 * gap) / 7;
    const Day monday = rota_.week.monday();
    ui.icon(ui::icon::door_front, {r.x + 44, r.y + head / 2}, 34, ui.theme().ink);
    for (int day = 0; day < 7; ++day) {
      const Rect place{r.x + 88 + gap + static_cast<float>(day) * (cell + gap), r.y, cell, head};
      ui::rota_day(ui, place, i18n::weekday_short(host.words(), monday + day), i18n::day_of_month(monday + day), monday + day == day_);
    }
    for (std::size_t row = 0; row < count && first + row < rota_.tasks.size(); ++row) {
      const Task& task = rota_.tasks[first + row];
      const float y = r.y + head + gap + static_cast<float>(row) * (row_height + gap);
      ui::rota_place(ui, {r.x, y, 88, row_height}, section, icon_of(task.place), host.say(words_for(task.place)));
      for (int day = 0; day < 7; ++day)
        if (const DutyView* view = find(task.id, monday + day))
          one_cell(ui, host, {r.x + 88 + gap + static_cast<float>(day) * (cell + gap), y, cell, row_height}, *view);
    }
  }

  void one_cell(ui::Ui& ui, Host& host, Rect r, const DutyView& view) {
    const Duty& duty = view.duty;
    const auto& me = host.resident().placing;
    ui::RotaCell cell;
    cell.room = view.room_label;
    cell.selected = chosen_ == duty.id;
    if (duty.done)
      cell.kind = ui::RotaKind::done;
    else if (duty.open_offer)
      cell.kind = ui::RotaKind::open;
    else if (duty.swap_asked)
      cell.kind = ui::RotaKind::swap;
    else if (view.mine)
      cell.kind = ui::RotaKind::mine;
    if (view.mine) cell.me = Host::person(me.symbol, me.pastel);
    const std::string name = cell_name(host, view, cell.kind);
    cell.name = name;
    const auto key = ui.key(std::hash<DutyId>{}(duty.id));
    const bool choosable = !duty.done && duty.day >= day_;
    if (cell.kind == ui::RotaKind::room && choosable) {
      if (ui.target(r, ui::Role::cell, name, {.selected = cell.selected}, view.room_label)) chosen_ = duty.id;
      const auto quiet = ui.silent();
      ui::rota_cell(ui, r, section, cell);
      return;
    }
    if (ui::rota_cell(ui, r, section, cell) && choosable) chosen_ = duty.id;
  }

  static std::string cell_name(Host& host, const DutyView& view, ui::RotaKind kind) {
    const std::string task = host.say(words_for(view.duty.place)), day = i18n::weekday(host.words(), view.duty.day);
    const auto with = [&](Key state) {
      return host.words().text(Key("task.cell_state"), {{"task", task}, {"day", day}, {"state", host.say(state)}});
    };
    switch (kind) {
      case ui::RotaKind::done:
        return with(Key("task.state.done"));
      case ui::RotaKind::mine:
        return with(Key("task.state.mine"));
      case ui::RotaKind::open:
        return with(view.mine ? Key("task.state.offered") : Key("task.state.open"));
      case ui::RotaKind::swap:
        return with(Key("task.state.swap"));
      case ui::RotaKind::room:
        break;
    }
    return host.words().text(Key("task.cell"), {{"task", task}, {"day", day}, {"room", view.room_label}});
  }

  /// What can be done with the chosen cell.
  void act(ui::Ui& ui, Host& host, Rect r, int pages) {
    if (pages > 1) {
      const Rect turn = r.cut_end(72, 12);
      const std::string next = host.say(Key("common.page_next"));
      if (ui::square_button(ui, turn.middle({72, 72}), {.label = next, .icon = ui::icon::chevron_right, .kind = ui::ButtonKind::quiet}))
        week_pager_.page = (week_pager_.page + 1) % pages;
    }
    const DutyView* view = chosen_ ? find(*chosen_) : nullptr;
    if (!view) {
      ui.text_middle(r.inset(12, 0), host.say(Key("task.touch_a_cell")), type::label.in(ui.theme().ink2));
      return;
    }
    acts_for(ui, host, r, *view);
  }

  void acts_for(ui::Ui& ui, Host& host, Rect r, const DutyView& view) {
    const Duty& duty = view.duty;
    Rect row = r.inset(12, 0);
    ui::Button button{.section = section, .icon_size = 36};
    std::string label;
    enum class Act : std::uint8_t { none, claim, keep, give, swap } what = Act::none;
    if (duty.open_offer && !view.mine) {
      label = host.say(Key("task.take"));
      button.icon = ui::icon::front_hand;
      what = Act::claim;
    } else if (view.mine && duty.open_offer) {
      label = host.say(Key("task.withdraw"));
      button.icon = ui::icon::undo;
      what = Act::keep;
    } else if (view.mine && !duty.done) {
      label = host.say(Key("task.cannot"));
      button.icon = ui::icon::front_hand;
      what = Act::give;
    } else if (!duty.done && !duty.swap_asked && my_next()) {
      label = host.say(Key("task.swap"));
      button.icon = ui::icon::swap_horiz;
      button.kind = ui::ButtonKind::secondary;
      what = Act::swap;
    }
    button.label = label;
    if (what != Act::none) {
      const float wide = std::min(row.w * 0.62f, ui::button_width(ui, button));
      if (ui::button(ui, row.cut_end(wide, 12).middle({wide, 72}), button)) {
        if (what == Act::claim) take_duty_over(host, duty);
        if (what == Act::keep || what == Act::give) give_duty_away(host, duty);
        if (what == Act::swap) ask_for_swap(host, my_next()->duty, duty);
      }
    }
    ui::tile(ui, row.cut_start(64, 16).middle({64, 64}), section, icon_of(duty.place), ui::TileTone::main, 42);
    std::string second = i18n::day_moment(host.words(), duty.day, duty.before);
    if (duty.open_offer && !view.mine) second = host.words().text(Key("task.open_line"), {{"moment", second}});
    if (duty.swap_asked) second += "\n" + host.say(Key("task.state.swap"));
    two_lines(ui, row, {host.say(words_for(duty.place)), second, type::body.bold().lined(1.25f), type::small.lined(1.35f)});
  }

  /// Upright and at large letters: the week as rows, today first.
  void day_list(ui::Ui& ui, Host& host, Rect r) {
    std::vector<PagePart> parts;
    const float row = std::max(108.0f, ui.line_height(type::body) + ui.line_height(type::small) + 36);
    for (const DutyView& view : rota_.duties) {
      if (view.duty.day < day_) continue;
      parts.push_back({row, [&](Rect place) {
                         ui::card(ui, place);
                         acts_for(ui, host, place.inset(8, 4), view);
                       }});
    }
    paged(ui, host, r, week_pager_, parts, 12, host.say(Key("task.week")));
  }

  // --- looking things up
  [[nodiscard]] const DutyView* my_next() const {
    for (const DutyView& view : rota_.mine_next)
      if (!view.duty.done && view.duty.day >= day_ && !view.duty.open_offer && !view.duty.swap_asked) return &view;
    return nullptr;
  }
  [[nodiscard]] const DutyView* find(DutyId id) const {
    for (const DutyView& view : rota_.duties)
      if (view.duty.id == id) return &view;
    return nullptr;
  }
  [[nodiscard]] const DutyView* find(TaskId task, Day day) const {
    for (const DutyView& view : rota_.duties)
      if (view.duty.task == task && view.duty.day == day) return &view;
    return nullptr;
  }
  [[nodiscard]] std::string when(Host& host, const Duty& duty) const {
    const std::string time = i18n::time_of_day(duty.before);
    if (duty.day == day_)
      return host.words().text(Key("task.before"), {{"day", i18n::near_day(host.words(), duty.day, day_)}, {"time", time}});
    return i18n::near_moment(host.words(), duty.day, duty.before, day_);
  }
  RotaView rota_;
  std::uint64_t revision_ = ~std::uint64_t{0};
  Day day_;
  std::optional<DutyId> chosen_;
  bool shows_week_ = false;
  ui::PagerState mine_pager_, week_pager_;
};

}  // namespace

std::unique_ptr<Screen> make_tasks_screen() { return std::make_unique<TasksScreen>(); }

}  // namespace huisbord
