// SPDX-License-Identifier: GPL-3.0-or-later
// My money: what is still mine, the next payment, and every line with its reason and room for a question.
#include <algorithm>
#include <array>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/lines.h"
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
    const ResidentView& me = host.resident();
    host.header(ui, section, host.say(Key("leefgeld.title")));
    Rect body = ui::page_parts(ui).content;
    const auto months = months_of(me.entries);
    if (!months.empty() && (!month_ || std::ranges::find(months, *month_) == months.end())) month_ = months.front();
    if (ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.2f) {
      Rect start = body.cut_start(384, 24);
      balance(ui, host, me, start.cut_top(212, 24));
      if (me.next_payment) next(ui, host, *me.next_payment, start);
      ledger(ui, host, me, months, body);
      return;
    }
    // Upright or with larger letters: all of it below each other, page by page.
    std::vector<PagePart> parts;
    parts.push_back({balance_height(ui, host, me, body.w), [&](Rect r) { balance(ui, host, me, r); }});
    parts.push_back({std::max(72.0f, ui.line_height(type::body) + 24), [&](Rect r) { month_button(ui, host, months, r); }});
    add_lines(ui, host, me, parts, body.w, Ground::card);
    if (me.next_payment)
      parts.insert(parts.begin() + 1, {next_height(ui, *me.next_payment), [&](Rect r) { next(ui, host, *me.next_payment, r); }});
    paged(ui, host, body, pager_, parts, 12, host.say(Key("leefgeld.title")));
  }

 private:
  enum class Ground : std::uint8_t { divider, card };

  static ui::Type balance_type(const ui::Ui& ui) { return type::hero.sized(ui.is_phone() ? 40.0f : 72.0f); }
  static float balance_height(const ui::Ui& ui, Host& host, const ResidentView& me, float width) {
    const bool phone = ui.is_phone();
    const float line = width - (phone ? 36.0f : 56.0f);
    return (phone ? 28.0f : 44.0f) + ui.measure(host.say(Key("leefgeld.balance")), type::body, line).h + 4 +
           ui.measure(i18n::amount(me.balance), balance_type(ui), line).h + 10 +
           std::max(30.0f, ui.measure(host.say(Key("leefgeld.fetch")), type::label, line - ui.icon_side(30) - 8).h);
  }

  static void balance(ui::Ui& ui, Host& host, const ResidentView& me, Rect r) {
    ui::main_card(ui, r, section);
    const ui::Colour on = ui.colours(section).on;
    const bool phone = ui.is_phone();
    Rect inner = r.inset(phone ? 18.0f : 28.0f, phone ? 14.0f : 22.0f);
    inner.cut_top(ui.text(inner, host.say(Key("leefgeld.balance")), type::body.in(on)) + 4);
    inner.cut_top(ui.text(inner, i18n::amount(me.balance), balance_type(ui).in(on), ui::Role::heading) + 10);
    const float side = ui.icon_side(30);
    ui.icon(ui::icon::place, {inner.x + side / 2, inner.y + ui.line_height(type::label) / 2}, 30, on);
    inner.cut_start(side, 8);
    ui.text(inner, host.say(Key("leefgeld.fetch")), type::label.in(on));
  }

  static float payment_row(const ui::Ui& ui) { return std::max(42.0f, ui.line_height(type::label)); }
  static float payment_head(const ui::Ui& ui) { return std::max(56.0f, ui.line_height(type::small) + ui.line_height(type::body)); }
  static float payment_sum(const ui::Ui& ui) { return std::max(60.0f, ui.line_height(type::body.sized(32))); }
  static float next_height(const ui::Ui& ui, const NextPayment& payment) {
    return 48 + payment_head(ui) + 12 + payment_row(ui) * static_cast<float>(payment.parts.size()) + 8 + payment_sum(ui);
  }

  void next(ui::Ui& ui, Host& host, const NextPayment& payment, Rect r) {
    ui::card(ui, r);
    Rect inner = r.inset(30, 24);
    Rect head = inner.cut_top(payment_head(ui), 12);
    ui::tile(ui, head.cut_start(56, 16).middle({56, 56}), section, ui::icon::event, ui::TileTone::main, 36);
    const float used = ui.text(head, host.say(Key("leefgeld.next_payment")), type::small.lined(1.25f));
    ui.text({head.x, head.y + used, head.w, head.h - used}, i18n::full_date(host.words(), payment.day), type::body.bold().lined(1.25f),
            ui::Role::heading);
    Rect sum = inner.cut_bottom(payment_sum(ui));
    const auto label = type::label, amount = type::label.bold();
    const auto big = type::body.sized(ui.is_phone() ? 24.0f : 32.0f).bold();
    const float row = payment_row(ui);
    for (const RatePart& part : payment.parts) {
      ui::sum_line(ui, inner.cut_top(row), host.say(words_for(part.what)), i18n::amount(part.amount), label, amount);
    }
    inner.cut_top(8);
    ui::divider(ui, inner.x, inner.y, inner.w);
    ui::sum_line(ui, sum, host.say(Key("leefgeld.you_get")), i18n::amount(payment.total), type::body.bold(), big);
  }

  // --- the lines
  void ledger(ui::Ui& ui, Host& host, const ResidentView& me, const std::vector<std::int32_t>& months, Rect r) {
    ui::card(ui, r);
    Rect inner = r.inset(14, 2);
    month_button(ui, host, months, inner.cut_top(86).inset(14, 7));
    std::vector<PagePart> parts;
    add_lines(ui, host, me, parts, inner.w, Ground::divider);
    paged(ui, host, inner, pager_, parts, 0, host.say(Key("leefgeld.title")));
  }

  void add_lines(ui::Ui& ui, Host& host, const ResidentView& me, std::vector<PagePart>& parts, float width, Ground ground) {
    for (const EntryView& view : me.entries) {
      if (!month_ || month_of(view.entry.day) != *month_) continue;
      const bool open = open_ == view.entry.id;
      const LineShape shape = shape_of(ui, host, view.entry, width);
      const float below = open ? question_height(ui, host, view, width - 2 * edge(ui)) + 16 : 0;
      parts.push_back({shape.height + below, [&, open, shape, ground](Rect place) { line(ui, host, view, place, shape, open, ground); }});
    }
  }

  static float edge(const ui::Ui& ui) { return ui.is_phone() ? 12.0f : 16.0f; }
  static float ask_side(const ui::Ui& ui) { return ui.is_phone() ? 56.0f : 72.0f; }

  /// What of a line stands beside what; with larger letters the amount stands below the reason.
  struct LineShape {
    bool dated = true, sign = true, stacked = false;
    std::string what, reason, amount;
    ui::Type first, second, money;
    float height = 0;
  };
  static LineShape shape_of(const ui::Ui& ui, Host& host, const Entry& entry, float width) {
    const bool phone = ui.is_phone();
    LineShape shape;
    shape.sign = !phone;
    shape.dated = !phone && ui.text_factor() < 1.2f;
    shape.what = host.say(words_for(entry.kind));
    shape.amount = i18n::signed_amount(entry.amount);
    shape.reason = i18n::isolate(entry.reason, host.words().direction());
    if (!shape.dated) shape.reason = i18n::short_date(host.words(), entry.day) + (shape.reason.empty() ? "" : " \u00b7 ") + shape.reason;
    shape.first = (phone ? type::body.sized(17) : type::body).bold().lined(1.2f);
    shape.second = type::small.lined(1.3f).in(ui.theme().ink2);
    shape.money = (phone ? type::body.sized(20) : type::lead).bold();
    const float amount = ui.measure(shape.amount, shape.money).w + 14;
    float room = width - 2 * edge(ui) - ask_side(ui) - (phone ? 8.0f : 18.0f) - (shape.dated ? 86.0f + 18 : 0.0f) -
                 (shape.sign ? ui.icon_side(40) + 18 : 0.0f);
    shape.stacked = room - amount < 120 * ui.text_factor();
    if (!shape.stacked) room -= amount;
    const float words = ui.measure(shape.what, shape.first, room).h +
                        (shape.reason.empty() ? 0 : ui.measure(shape.reason, shape.second, room).h) +
                        (shape.stacked ? ui.line_height(shape.money) : 0);
    shape.height = std::max(phone ? 76.0f : 88.0f, words + 20);
    return shape;
  }

  void month_button(ui::Ui& ui, Host& host, const std::vector<std::int32_t>& months, Rect r) {
    if (months.empty()) {
      ui.text_middle(r, host.say(Key("leefgeld.no_lines")), type::body.middle());
      return;
    }
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

  void line(ui::Ui& ui, Host& host, const EntryView& view, Rect r, const LineShape& shape, bool open, Ground ground) {
    const Entry& entry = view.entry;
    const bool phone = ui.is_phone();
    if (open && !ui.theme().bordered)
      ui.fill(r, ui.colours(section).tint, 20);
    else if (open)
      ui.outline(r, ui.colours(section).main, 3, 20);
    else if (ground == Ground::card)
      ui::card(ui, r, 20);
    else
      ui::divider(ui, r.x, r.y, r.w);
    Rect inner = r.inset(edge(ui), 0);
    Rect top = inner.cut_top(shape.height);
    const std::string ask = host.say(open ? Key("common.close") : Key("question.open")) + ": " + shape.what;
    const auto key = ui.key(std::hash<EntryId>{}(entry.id));
    const float side = ask_side(ui);
    const ui::Icon mark = open                                     ? ui::icon::close
                          : entry.question == QuestionState::asked ? ui::icon::hourglass_empty
                                                                   : ui::icon::help_outline;
    if (ui::square_button(ui, top.cut_end(side, phone ? 8.0f : 18.0f).middle({side, side}),
                          {.label = ask,
                           .icon = mark,
                           .kind = open ? ui::ButtonKind::inverse : ui::ButtonKind::quiet,
                           .section = section,
                           .icon_size = 38}))
      open_ = open ? std::nullopt : std::optional(entry.id);
    if (!shape.stacked) ui.text_middle(top.cut_end(ui.measure(shape.amount, shape.money).w + 2, 12), shape.amount, shape.money.at_end());
    if (shape.dated)
      ui.text_middle(top.cut_start(86, 18), i18n::short_date(host.words(), entry.day), type::small.lined(1.25f).in(ui.theme().ink2));
    if (shape.sign) {
      const auto colour = entry.kind == EntryKind::deduction ? ui.colours(ui::Section::house).deep
                          : entry.amount.value >= 0          ? ui.colours(ui::Section::tasks).deep
                                                             : ui.colours(section).deep;
      ui.icon(icon_of(entry.kind), top.cut_start(ui.icon_side(40), 18).centre(), 40, colour);
    }
    const TwoLines words{shape.what, shape.reason, shape.first, shape.second};
    const float height = two_lines_height(ui, top.w, words), below = shape.stacked ? ui.line_height(shape.money) : 0;
    Rect lines = top.middle({top.w, height + below});
    two_lines(ui, lines.cut_top(height), words);
    if (shape.stacked) ui.text_middle(lines, shape.amount, shape.money);
    if (open) question(ui, host, view, inner);
  }

  // --- the question about a line
  static std::string question_state(Host& host, const EntryView& view) {
    const Entry& entry = view.entry;
    const std::string state =
        entry.answer_by ? host.words().text(Key("question.answer_by"), {{"date", i18n::full_date(host.words(), *entry.answer_by)}})
                        : host.say(Key("question.state.asked"));
    return state + "\n" + host.say(view.question_arrival == Arrival::arrived ? Key("sync.item_arrived") : Key("sync.item_saved"));
  }
  static ui::Button withdraw_button(const std::string& label) {
    return {.label = label, .icon = ui::icon::undo, .kind = ui::ButtonKind::secondary, .section = section, .padding = 12};
  }
  /// The state stands over the button where both have no room beside each other.
  static float state_height(const ui::Ui& ui, Host& host, const EntryView& view, float width) {
    const std::string back = host.say(Key("question.withdraw"));
    const float beside = width - ui::button_width(ui, withdraw_button(back)) - 12;
    const auto set = type::small.lined(1.3f);
    if (beside > 120 * ui.text_factor() && ui.measure(question_state(host, view), set, beside).h <= 84) return 0;
    return ui.measure(question_state(host, view), set, width).h + 8;
  }
  static float question_height(const ui::Ui& ui, Host& host, const EntryView& view, float width) {
    return view.entry.question == QuestionState::asked ? state_height(ui, host, view, width) + 80 : 80;
  }

  void question(ui::Ui& ui, Host& host, const EntryView& view, Rect r) {
    const Entry& entry = view.entry;
    const auto set = type::small.lined(1.3f);
    if (entry.question == QuestionState::asked) {
      const float above = state_height(ui, host, view, r.w);
      if (above > 0) ui.text(r.cut_top(above), question_state(host, view), set, ui::Role::status);
      Rect row{r.x, r.y, r.w, 80};
      const std::string back = host.say(Key("question.withdraw"));
      const ui::Button button = withdraw_button(back);
      if (ui::button(ui, above > 0 ? row : row.cut_end(ui::button_width(ui, button), 12), button)) withdraw(host, entry);
      if (above == 0) ui.text_middle(row, question_state(host, view), set, ui::Role::status);
      return;
    }
    const std::string ask = host.say(Key("question.ask"));
    const bool phone = ui.is_phone();
    if (ui::button(ui, {r.x, r.y, r.w, 80},
                   {.label = ask,
                    .icon = ui::icon::help_outline,
                    .section = section,
                    .icon_size = 36,
                    .type_size = phone ? 18.0f : 24.0f,
                    .padding = 12})) {
      auto& actions = host.actions();
      host.act([&actions, id = entry.id] { return actions.question(id); }, Key("toast.question_asked"),
               [&actions, id = entry.id] { return actions.withdraw_question(id); });
    }
  }

  static void withdraw(Host& host, const Entry& entry) {
    auto& actions = host.actions();
    host.act([&actions, id = entry.id] { return actions.withdraw_question(id); }, Key("toast.withdrawn"),
             [&actions, id = entry.id] { return actions.question(id); });
  }

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
