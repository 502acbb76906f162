// SPDX-License-Identifier: GPL-3.0-or-later
// My money: what is still mine, the next payment, and every line with its reason and room for a question.
#include <algorithm>
#include <array>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"
#include "core/i18n/money.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;
constexpr ui::Section section = ui::Section::leefgeld;

class LeefgeldScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const ResidentView& me = host.actions().resident();
    host.header(ui, section, host.say(Key("leefgeld.title")));
    Rect body = ui::page_parts(ui).content;
    if (ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.5f) {
      Rect start = body.cut_start(384 + (ui.text_factor() > 1.2f ? 60.0f : 0.0f), 24);
      balance(ui, host, me, start.cut_top(212 * std::min(1.2f, ui.text_factor()), 24));
      if (me.next_payment) next(ui, host, *me.next_payment, start);
      ledger(ui, host, me, body);
      return;
    }
    const bool phone = ui.viewport().form == ui::Form::phone;
    balance(ui, host, me, body.cut_top((phone ? 132.0f : 180.0f) * (0.5f + 0.5f * ui.text_factor()), 12));
    ledger(ui, host, me, body);
  }

 private:
  void balance(ui::Ui& ui, Host& host, const ResidentView& me, Rect r) {
    ui::main_card(ui, r, section);
    const ui::Colour on = ui.theme().bordered ? ui.theme().ink : ui.colours(section).on;
    const bool phone = ui.viewport().form == ui::Form::phone;
    Rect inner = r.inset(phone ? 18.0f : 28.0f, phone ? 14.0f : 22.0f);
    inner.cut_top(ui.text(inner, host.say(Key("leefgeld.balance")), (phone ? type::label : type::body).in(on)) + 4);
    inner.cut_top(ui.text({inner.x, inner.y, inner.w, inner.h}, i18n::amount(me.balance), type::hero.sized(phone ? 40.0f : 72.0f).in(on),
                          ui::Role::heading) +
                  10);
    if (inner.h < 26) return;
    const Rect glyph = inner.cut_start(30, 8);
    ui.icon(ui::icon::place, {glyph.centre().x, inner.y + ui.line_height(type::label) / 2}, 30, on);
    ui.text(inner, host.say(Key("leefgeld.fetch")), type::label.in(on));
  }

  void next(ui::Ui& ui, Host& host, const NextPayment& payment, Rect r) {
    ui::card(ui, r);
    Rect inner = r.inset(30, 24);
    Rect head = inner.cut_top(std::max(56.0f, ui.line_height(type::small) + ui.line_height(type::body)), 12);
    ui::tile(ui, head.cut_start(56, 16).middle({56, 56}), section, ui::icon::event, ui::TileTone::main, 36);
    const float used = ui.text(head, host.say(Key("leefgeld.next_payment")), type::small.lined(1.25f));
    ui.text({head.x, head.y + used, head.w, head.h - used}, i18n::full_date(host.words(), payment.day), type::body.bold().lined(1.25f),
            ui::Role::heading);
    Rect sum = inner.cut_bottom(60);
    const auto label = type::label, amount = type::label.bold();
    const float row = std::max(42.0f, ui.line_height(label));
    for (const RatePart& part : payment.parts) {
      if (inner.h < row + 10) break;
      ui::sum_line(ui, inner.cut_top(row), host.say(words_for(part.what)), i18n::amount(part.amount), label, amount);
    }
    inner.cut_top(8);
    ui::divider(ui, inner.x, inner.y, inner.w);
    ui::sum_line(ui, sum, host.say(Key("leefgeld.you_get")), i18n::amount(payment.total), type::body.bold(), type::body.sized(32).bold());
  }

  // --- the lines
  void ledger(ui::Ui& ui, Host& host, const ResidentView& me, Rect r) {
    ui::card(ui, r);
    const auto months = months_of(me.entries);
    if (months.empty()) {
      ui.text_middle(r.inset(28), host.say(Key("leefgeld.no_lines")), type::body.middle());
      return;
    }
    if (!month_ || std::find(months.begin(), months.end(), *month_) == months.end()) month_ = months.front();
    const bool phone = ui.viewport().form == ui::Form::phone;
    Rect inner = r.inset(phone ? 6.0f : 14.0f, 2);
    Rect head = inner.cut_top(phone ? 76.0f : 86.0f).inset(phone ? 8.0f : 14.0f, phone ? 4.0f : 7.0f);
    month_button(ui, host, months, head);
    std::vector<PagePart> parts;
    for (const EntryView& view : me.entries) {
      if (month_of(view.entry.day) != *month_) continue;
      const bool open = open_ == view.entry.id;
      const float row = row_height(ui);
      parts.push_back({open ? row + 80 + 16 : row, [&, open, row](Rect place) { line(ui, host, view, place, row, open); }});
    }
    paged(ui, host, inner, pager_, parts, 0, host.say(Key("leefgeld.title")));
  }

  static float row_height(const ui::Ui& ui) {
    return std::max(
        ui.viewport().form == ui::Form::phone ? 76.0f : 88.0f,
        ui.line_height(type::body.lined(1.2f)) + ui.line_height(type::small.lined(1.3f)) * (ui.text_factor() > 1.5f ? 2.0f : 1.0f) + 20);
  }

  void month_button(ui::Ui& ui, Host& host, const std::vector<std::int32_t>& months, Rect r) {
    const std::string name = i18n::month_title(host.words(), first_of(*month_));
    const std::string why = host.say(Key("leefgeld.why"));
    ui::Button button{.label = name,
                      .icon = ui::icon::expand_more,
                      .kind = ui::ButtonKind::quiet,
                      .section = section,
                      .icon_after = true,
                      .icon_size = 40,
                      .padding = 22};
    const float wide = std::min(r.w, ui::button_width(ui, button));
    if (ui::button(ui, r.cut_start(wide, 16), button)) {
      const auto at = std::find(months.begin(), months.end(), *month_);
      month_ = at + 1 == months.end() ? months.front() : *(at + 1);
      pager_ = {};
      open_.reset();
    }
    const auto quiet = type::small.in(ui.theme().ink2).at_end();
    if (r.w > 160 && ui.measure(why, quiet, r.w).h <= r.h) ui.text_middle(r, why, quiet);
  }

  void line(ui::Ui& ui, Host& host, const EntryView& view, Rect r, float row, bool open) {
    const Entry& entry = view.entry;
    const bool phone = ui.viewport().form == ui::Form::phone;
    if (open) {
      if (ui.theme().bordered)
        ui.outline(r, ui.colours(section).main, 3, 20);
      else
        ui.fill(r, ui.colours(section).tint, 20);
    } else {
      ui::divider(ui, r.x, r.y, r.w);
    }
    Rect inner = r.inset(phone ? 8.0f : 14.0f, 0);
    Rect top = inner.cut_top(row);
    const std::string what = title(host, entry);
    const std::string ask = host.say(open ? Key("common.close") : Key("question.open")) + ": " + what;
    const auto key = ui.key(std::hash<EntryId>{}(entry.id));
    const float side = phone ? 56.0f : 72.0f;
    const ui::Icon mark = open                                     ? ui::icon::close
                          : entry.question == QuestionState::asked ? ui::icon::hourglass_empty
                                                                   : ui::icon::help_outline;
    if (ui::square_button(ui, top.cut_end(side, phone ? 8.0f : 18.0f).middle({side, side}),
                          {.label = ask,
                           .icon = mark,
                           .kind = open ? ui::ButtonKind::inverse : ui::ButtonKind::quiet,
                           .section = section,
                           .icon_size = phone ? 30.0f : 38.0f}))
      open_ = open ? std::nullopt : std::optional(entry.id);
    const std::string amount = i18n::signed_amount(entry.amount);
    const auto amount_type = (phone ? type::body.sized(20) : type::lead).bold().at_end();
    ui.text_middle(top.cut_end(ui.measure(amount, amount_type).w + 2, 12), amount, amount_type);
    const bool dated = !phone && ui.text_factor() < 1.5f;
    if (dated)
      ui.text_middle(top.cut_start(84 * ui.text_factor(), 18), i18n::short_date(host.words(), entry.day),
                     type::small.lined(1.25f).in(ui.theme().ink2));
    if (!phone) {
      const auto colour = entry.kind == EntryKind::deduction ? ui.colours(ui::Section::house).deep
                          : entry.amount.value >= 0          ? ui.colours(ui::Section::tasks).deep
                                                             : ui.colours(section).deep;
      ui.icon(icon_of(entry.kind), top.cut_start(40, 18).centre(), 40, colour);
    }
    std::string reason = i18n::isolate(entry.reason, host.words().direction());
    if (!dated) reason = i18n::short_date(host.words(), entry.day) + (reason.empty() ? "" : " \u00b7 ") + reason;
    const auto first = (phone ? type::body.sized(17) : type::body).bold().lined(1.2f);
    const auto second = (phone ? type::small.sized(15) : type::small).lined(1.3f).in(ui.theme().ink2);
    const float first_height = ui.measure(what, first, top.w).h;
    Rect lines = top.middle({top.w, std::min(top.h, first_height + (reason.empty() ? 0 : ui.measure(reason, second, top.w).h))});
    ui.text({lines.x, lines.y, lines.w, first_height}, what, first);
    if (!reason.empty()) ui.text({lines.x, lines.y + first_height, lines.w, lines.h - first_height}, reason, second);
    if (open) question(ui, host, view, inner);
  }

  void question(ui::Ui& ui, Host& host, const EntryView& view, Rect r) {
    const Entry& entry = view.entry;
    const Rect place{r.x, r.y, r.w, 80};
    if (entry.question == QuestionState::asked) {
      Rect row = place;
      const std::string back = host.say(Key("question.withdraw"));
      ui::Button button{.label = back, .icon = ui::icon::undo, .kind = ui::ButtonKind::secondary, .section = section, .padding = 12};
      if (ui::button(ui, row.cut_end(std::min(row.w * 0.5f, ui::button_width(ui, button)), 12), button)) withdraw(host, entry);
      const std::string state =
          entry.answer_by ? host.words().text(Key("question.answer_by"), {{"date", i18n::full_date(host.words(), *entry.answer_by)}})
                          : host.say(Key("question.state.asked"));
      const std::string where = host.say(view.question_arrival == Arrival::arrived ? Key("sync.item_arrived") : Key("sync.item_saved"));
      ui.text_middle(row, state + " " + where, type::small.lined(1.3f), ui::Role::status);
      return;
    }
    const std::string ask = host.say(Key("question.ask"));
    const bool phone = ui.viewport().form == ui::Form::phone;
    if (ui::button(ui, place,
                   {.label = ask,
                    .icon = ui::icon::help_outline,
                    .section = section,
                    .icon_size = 36,
                    .type_size = phone ? 18.0f : 24.0f,
                    .padding = 12})) {
      const auto stored = host.actions().question(entry.id);
      if (!stored)
        host.tell_refusal(stored.error());
      else
        host.tell(host.say(Key("toast.question_asked")),
                  [&actions = host.actions(), id = entry.id] { return actions.withdraw_question(id); });
    }
  }

  static void withdraw(Host& host, const Entry& entry) {
    const auto stored = host.actions().withdraw_question(entry.id);
    if (!stored)
      host.tell_refusal(stored.error());
    else
      host.tell(host.say(Key("toast.withdrawn")), [&actions = host.actions(), id = entry.id] { return actions.question(id); });
  }

  static std::string title(Host& host, const Entry& entry) { return host.say(words_for(entry.kind)); }

  static std::int32_t month_of(Day day) {
    const auto date = day.ymd();
    return static_cast<int>(date.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
  }
  static Day first_of(std::int32_t month) {
    return Day::from(std::chrono::year_month_day{std::chrono::year{month / 12}, std::chrono::month{static_cast<unsigned>(month % 12 + 1)},
                                                 std::chrono::day{1}});
  }
  static std::vector<std::int32_t> months_of(const std::vector<EntryView>& entries) {
    std::vector<std::int32_t> months;
    for (const EntryView& view : entries)
      if (const auto month = month_of(view.entry.day); std::find(months.begin(), months.end(), month) == months.end())
        months.push_back(month);
    std::sort(months.rbegin(), months.rend());
    return months;
  }

  std::optional<std::int32_t> month_;
  std::optional<EntryId> open_;
  ui::PagerState pager_;
};

}  // namespace

std::unique_ptr<Screen> make_leefgeld_screen() { return std::make_unique<LeefgeldScreen>(); }

}  // namespace huisbord
