// SPDX-License-Identifier: GPL-3.0-or-later
// The next appointment on a resident's home, with "I come" and the way to its detail.
#include <algorithm>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/home_cards.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;
constexpr ui::Section section = ui::Section::appointments;

ui::Colour light(const ui::Ui& ui) { return ui::text_on_full(ui, section); }

struct Shown {
  const Appointment& appointment;
  std::string when, what;
};

void come(Host& host, const Appointment& next) {
  const AppointmentId id = next.id;
  const Answer before = next.answer;
  auto& actions = host.actions();
  host.act([&actions, id] { return actions.answer(id, Answer::coming); }, Key("toast.come"),
           [&actions, id, before] { return actions.answer(id, before); });
}

/// The street, and how long the walk is: how to find it in full is in the detail.
std::string way(const ui::Ui& ui, Host& host, const Appointment& next, const ui::Type& set, float width) {
  const auto with_walk = [&](const std::string& place) {
    const std::string where = i18n::isolate(place, host.words().direction());
    if (next.travel_minutes == 0) return where;
    const std::string walk = host.words().plural(Key("appointment.walk_short"), static_cast<int>(next.travel_minutes));
    return where.empty() ? walk : where + " \u00b7 " + walk;
  };
  std::string whole = with_walk(next.place);
  if (on_one_line(ui, whole, set, width)) return whole;
  return with_walk(next.place.substr(0, next.place.find(',')));
}

void draw_way(ui::Ui& ui, Rect r, const Appointment& next, const std::string& where, const ui::Type& set, float glyph) {
  if (where.empty()) return;
  ui.icon_fixed(next.travel_minutes > 0 ? ui::icon::directions_walk : ui::icon::place, {r.x + glyph / 2, r.y + ui.line_height(set) / 2},
                glyph, light(ui));
  ui.text({r.x + glyph + 8, r.y, r.w - glyph - 8, r.h}, where, set);
}

/// What was answered, in place of the button that asked.
void given(ui::Ui& ui, Host& host, Rect r, Answer answer) {
  const float side = ui.icon_side(40);
  const ui::Icon mark = answer == Answer::coming   ? ui::icon::check_circle
                        : answer == Answer::cannot ? ui::icon::event_busy
                                                   : ui::icon::update;
  ui.icon(mark, r.cut_start(side, 10).centre(), 40, light(ui));
  ui.text_middle(r, host.say(words_for(answer)), type::body.bold().lined(1.2f).in(light(ui)), ui::Role::status);
}

ui::Button come_button(const std::string& label) {
  return {.label = label, .icon = ui::icon::check, .kind = ui::ButtonKind::inverse, .section = section, .padding = 16};
}
ui::Button look_button(const std::string& label) {
  return {.label = label,
          .icon = ui::icon::chevron_right,
          .kind = ui::ButtonKind::ghost,
          .section = section,
          .icon_after = true,
          .padding = 16};
}

/// Mockups 03 and 17: tile, words and buttons beside each other.
void wide(ui::Ui& ui, Host& host, Rect r, const Shown& shown, Telling telling) {
  const Appointment& next = shown.appointment;
  const bool brief = telling == Telling::brief;
  Rect inner{r.x + (brief ? 32.0f : 34.0f), r.y, r.w - 64, r.h};
  const float side = brief ? 136.0f : 120.0f;
  ui::tile(ui, inner.cut_start(side, 26).middle({side, side}), section, icon_of(next.kind), ui::TileTone::white, brief ? 92.0f : 84.0f);
  const std::string coming = host.say(Key("answer.come")), look = host.say(Key("common.look"));
  const ui::Button yes = come_button(coming), more = look_button(look);
  const bool answered = next.answer != Answer::none;
  const float across = std::max({brief ? 240.0f : 196.0f, ui::button_width(ui, yes), ui::button_width(ui, more)});
  Rect column = inner.cut_end(across, 16);
  if (brief) {
    // At larger letters one button stays; the rest is in the detail.
    const Rect place = column.middle({across, std::min(r.h - 48, 80 * ui.text_factor())});
    if (answered) {
      if (ui::button(ui, place, more)) host.go(Place::appointments);
    } else if (ui::button(ui, place, yes)) {
      come(host, next);
    }
  } else {
    Rect pair = column.middle({across, 176});
    const Rect first = pair.cut_top(80, 16);
    if (answered)
      given(ui, host, first, next.answer);
    else if (ui::button(ui, first, yes))
      come(host, next);
    if (ui::button(ui, pair, more)) host.go(Place::appointments);
  }
  const auto lead = type::body.in(light(ui));
  const auto display = type::display.sized(brief ? 47.5f : 52.0f).lined(brief ? 1.1f : 1.15f).in(light(ui));
  const auto bold = (brief ? type::body.sized(25) : type::lead.bold()).lined(1.25f).in(light(ui));
  const auto quiet = type::label.in(light(ui));
  const std::string where = brief ? std::string() : way(ui, host, next, quiet, inner.w - 38);
  const float lead_height = brief ? 0 : ui.line_height(lead);
  const float when_height = ui.measure(shown.when, display, inner.w).h;
  const float what_height = ui.measure(shown.what, bold, inner.w).h;
  const float where_height = where.empty() ? 0 : ui.measure(where, quiet, inner.w - 38).h + 8;
  float y = r.y + (r.h - lead_height - when_height - what_height - where_height) / 2;
  if (!brief) y += ui.text({inner.x, y, inner.w, lead_height}, host.say(Key("home.next_appointment")), lead);
  y += ui.text({inner.x, y, inner.w, when_height}, shown.when, display, ui::Role::heading);
  y += ui.text({inner.x, y, inner.w, what_height}, shown.what, bold);
  draw_way(ui, {inner.x, y + 8, inner.w, where_height - 8}, next, where, quiet, 30);
}

/// Mockup 15: the buttons below.
void narrow(ui::Ui& ui, Host& host, Rect r, const Shown& shown, Telling telling) {
  const Appointment& next = shown.appointment;
  const bool phone = ui.is_phone();
  Rect inner = r.inset(phone ? 18.0f : 28.0f);
  const std::string coming = host.say(Key("answer.come")), look = host.say(Key("common.look"));
  ui::Button yes = come_button(coming), more = look_button(look);
  yes.padding = more.padding = 8;
  yes.radius = more.radius = 16;
  if (phone) yes.icon_size = more.icon_size = 36;
  const float height = phone ? 56.0f : 80.0f, gap = phone ? 10.0f : 16.0f;
  const bool pair = 2 * std::max(ui::button_width(ui, yes), ui::button_width(ui, more)) + gap <= inner.w;
  Rect acts = inner.cut_bottom(height, 8);
  const bool answered = next.answer != Answer::none;
  if (pair) {
    const auto halves = ui::columns(acts, 2, gap);
    if (answered)
      given(ui, host, halves[0], next.answer);
    else if (ui::button(ui, halves[0], yes))
      come(host, next);
    if (ui::button(ui, halves[1], more)) host.go(Place::appointments);
  } else if (answered) {
    if (ui::button(ui, acts, more)) host.go(Place::appointments);
  } else {
    more.icon_size = 0;
    if (ui::square_button(ui, acts.cut_end(height, gap), more)) host.go(Place::appointments);
    if (ui::button(ui, acts, yes)) come(host, next);
  }
  const float side = phone ? 64.0f : 96.0f;
  const auto lead = (phone ? type::body.sized(16).lined(1.3f) : type::body).in(light(ui));
  const auto display = type::display.sized(phone ? 32.0f : 48.0f).lined(1.15f).in(light(ui));
  const float beside = inner.w - side - 14;
  const bool brief = telling == Telling::brief;
  const float lead_height = brief ? 0 : ui.line_height(lead);
  Rect top = inner.cut_top(std::min(inner.h, std::max(side, lead_height + ui.measure(shown.when, display, beside).h)), 8);
  ui::tile(ui, top.cut_start(side, 14).middle({side, side}), section, icon_of(next.kind), ui::TileTone::white);
  if (!brief) top.cut_top(ui.text({top.x, top.y, top.w, lead_height}, host.say(Key("home.next_appointment")), lead));
  ui.text_middle(top, shown.when, display, ui::Role::heading);
  const auto bold = (phone ? type::body.sized(18) : type::lead).bold().lined(1.25f).in(light(ui));
  if (brief && ui.measure(shown.what, bold, inner.w).h > inner.h + 8) return;  // the time always stays
  inner.cut_top(ui.text({inner.x, inner.y, inner.w, inner.h}, shown.what, bold));
  const auto quiet = (phone ? type::body.sized(16) : type::label).lined(1.3f).in(light(ui));
  if (brief || inner.h < ui.line_height(quiet) - 2) return;
  const float glyph = phone ? 22.0f : 28.0f;
  draw_way(ui, inner, next, way(ui, host, next, quiet, inner.w - glyph - 8), quiet, glyph);
}

}  // namespace

void next_appointment_card(ui::Ui& ui, Host& host, const ResidentView& me, Rect r, Telling telling) {
  const auto at =
      std::ranges::find_if(me.appointments, [](const AppointmentView& a) { return a.appointment.standing == Standing::planned; });
  const bool phone = ui.is_phone();
  ui::full_card(ui, r, section, phone ? 20.0f : 24.0f);
  if (at == me.appointments.end()) {
    Rect inner = r.inset(phone ? 18.0f : 32.0f);
    const float side = phone ? 64.0f : 120.0f;
    ui::tile(ui, inner.cut_start(side, 26).middle({side, side}), section, ui::icon::event, ui::TileTone::white);
    ui.text_middle(inner, host.say(Key("home.no_appointment")), type::title.in(light(ui)));
    return;
  }
  const Appointment& next = at->appointment;
  const Day today = host.now().today;
  const Shown shown{next,
                    next.span == Appointment::Span::all_day ? i18n::near_day(host.words(), next.day, today)
                                                            : i18n::near_moment(host.words(), next.day, next.start, today),
                    title_of(host.words(), next)};
  if (ui.viewport().form != ui::Form::landscape || r.w < 600)
    narrow(ui, host, r, shown, telling);
  else
    wide(ui, host, r, shown, telling);
}

}  // namespace huisbord
