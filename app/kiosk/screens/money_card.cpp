// SPDX-License-Identifier: GPL-3.0-or-later
// The money on a resident's home: the balance, and when more comes.
#include <algorithm>

#include "app/kiosk/screens/home_cards.h"
#include "app/kiosk/widgets/cards.h"
#include "core/i18n/dates.h"
#include "core/i18n/money.h"

namespace huisbord {
namespace {

using ui::Rect;
namespace type = ui::type;

struct Money {
  std::string name, amount, day, plus;
};

/// Name and next payment at the start, the balance at the end; under each other where the letters leave no room.
void low(ui::Ui& ui, Rect r, const Money& money) {
  const bool phone = ui.is_phone();
  Rect inner = r.inset(14, 12);
  const float side = phone ? 56.0f : 80.0f;
  ui::tile(ui, inner.cut_start(side, 14).middle({side, side}), ui::Section::leefgeld);
  const auto big = type::hero.sized(phone ? 30.0f : 48.0f);
  const auto bold = (phone ? type::body.sized(17) : type::lead).bold().lined(1.2f);
  const auto small = (phone ? type::small : type::label).lined(1.3f);
  const float amount = ui.measure(money.amount, big).w + 2, name = ui.measure(money.name, bold).w + 2;
  if (amount + 8 + name > inner.w) {
    const float first = ui.line_height(bold);
    Rect lines = inner.middle({inner.w, std::min(inner.h, first + ui.line_height(big))});
    ui.draw_text(lines.cut_top(first), money.name, bold);
    ui.draw_text(lines, money.amount, big);
    return;
  }
  ui.draw_text_middle(inner.cut_end(amount, 8), money.amount, big.at_end());
  const std::string second = money.day.empty() ? std::string() : money.day + " " + money.plus;
  const float below = second.empty() || ui.text_factor() > 1.5f ? 0 : ui.measure(second, small, inner.w).h;
  const float above = ui.measure(money.name, bold, inner.w).h;
  const bool both = below > 0 && above + below <= inner.h + 4;
  const Rect lines = inner.middle({inner.w, above + (both ? below : 0)});
  ui.draw_text({lines.x, lines.y, lines.w, above}, money.name, bold);
  if (both) ui.draw_text({lines.x, lines.y + above, lines.w, below}, second, small);
}

void high(ui::Ui& ui, Rect r, const Money& money) {
  const bool large = ui.text_factor() > 1.2f;
  Rect inner = large ? r.inset(28, 24) : r.inset(30, 28);
  const float side = large ? 88.0f : 64.0f;
  Rect row = inner.cut_top(side, large ? 0.0f : 14.0f);
  ui::tile(ui, row.cut_start(side, large ? 20.0f : 16.0f), ui::Section::leefgeld, ui::icon::payments, ui::TileTone::main,
           large ? 56.0f : 40.0f);
  ui.draw_text_middle(row, money.name, type::lead.bold());
  if (large) {
    const auto amount = type::hero.sized(41);
    ui.draw_text(inner.cut_bottom(std::min(inner.h, ui.line_height(amount))), money.amount, amount);
    return;
  }
  ui.draw_text(inner.cut_top(ui.line_height(type::hero), 14), money.amount, type::hero);
  if (money.day.empty()) return;
  ui.line(inner.x, inner.y, inner.w, ui.theme().bordered ? ui.colours(ui::Section::leefgeld).main : ui::Colour::hex(0xEBD596));
  inner.cut_top(10);
  inner.h += 13;
  const auto bold = type::label.bold();
  ui.draw_text_middle(inner.cut_end(ui.measure(money.plus, bold).w + 2, 8), money.plus, bold.at_end());
  ui.icon(ui::icon::event, inner.cut_start(28, 10).centre(), 28, ui.theme().ink);
  ui.draw_text_middle(inner, money.day, type::label);
}

}  // namespace

void money_card(ui::Ui& ui, Host& host, const ResidentView& me, Rect r) {
  Money money{host.say(i18n::Key("leefgeld.title")), i18n::amount(me.balance), {}, {}};
  if (me.next_payment) {
    money.day = i18n::near_day(host.words(), me.next_payment->day, host.now().today);
    money.plus = i18n::signed_amount(me.next_payment->total);
  }
  const float radius = ui.is_phone() ? 20.0f : 24.0f;
  const ui::Tapped tapped = ui.target(r, ui::Role::tile, money.name, {}, money.amount);
  ui::tint_card(ui, r, ui::Section::leefgeld, radius);
  if (tapped.pressed) ui.outline(r, ui.colours(ui::Section::leefgeld).deep, 5, radius);
  const auto quiet = ui.silent();
  if (r.h < 200)
    low(ui, r, money);
  else
    high(ui, r, money);
  if (tapped) host.go(Place::leefgeld);
}

}  // namespace huisbord
