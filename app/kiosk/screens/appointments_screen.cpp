// SPDX-License-Identifier: GPL-3.0-or-later
// Appointments: the list by time, the detail of one with what to bring and a QR for the phone, and the three answers.
#include <algorithm>

#include "app/kiosk/screens/calendar_code.h"
#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/progress.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;
constexpr ui::Section section = ui::Section::appointments;

class AppointmentsScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const auto& all = host.actions().resident().appointments;
    const auto parts = ui::page_parts(ui);
    host.header(ui, section, host.say(Key("appointment.title")));
    if (all.empty()) {
      Rect r = parts.content;
      ui.icon(ui::icon::event, r.cut_top(220).centre(), 120, ui.colours(section).deep);
      ui.text(r, host.say(Key("appointment.none")), type::lead.middle());
      return;
    }
    const bool side_by_side = ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.5f;
    if (side_by_side && !chosen_) chosen_ = all.front().appointment.id;
    const auto at = std::find_if(all.begin(), all.end(), [&](const AppointmentView& a) { return chosen_ == a.appointment.id; });
    Rect body = parts.content;
    if (side_by_side) {
      list(ui, host, all, body.cut_start(424 + (ui.text_factor() > 1.2f ? 60.0f : 0.0f), 24));
      detail(ui, host, at == all.end() ? all.front() : *at, body);
    } else if (at != all.end()) {
      const std::string back = host.say(Key("appointment.title"));
      Rect strip = body.cut_top(72, 12);
      if (ui::button(ui, strip.cut_start(std::min(strip.w, 360.0f)),
                     {.label = back, .icon = ui::icon::arrow_back, .kind = ui::ButtonKind::quiet, .section = section})) {
        chosen_.reset();
        return;
      }
      detail(ui, host, *at, body);
    } else {
      list(ui, host, all, body);
    }
  }

 private:
  void list(ui::Ui& ui, Host& host, const std::vector<AppointmentView>& all, Rect r) {
    const Week week = week_of(host.now().today);
    const float group = ui.line_height(type::label) + 3;
    const float row = std::max(107.0f, ui.line_height(type::body) + ui.line_height(type::small) + 32);
    std::vector<PagePart> parts;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool now = week_of(all[i].appointment.day) == week;
      const bool before = i > 0 && week_of(all[i - 1].appointment.day) == week;
      const bool head = i == 0 || (before && !now);
      parts.push_back({row + (head ? group + 12 : 0), [&, i, head, now](Rect place) {
                         if (head)
                           ui.text(place.cut_top(group, 12).inset(4, 0),
                                   host.say(now ? Key("appointment.this_week") : Key("appointment.later")),
                                   type::label.bold().in(ui.theme().ink2), ui::Role::heading);
                         one_row(ui, host, all[i], place);
                       }});
    }
    paged(ui, host, r, pager_, parts, 12, host.say(Key("appointment.title")));
  }

  void one_row(ui::Ui& ui, Host& host, const AppointmentView& view, Rect r) {
    const Appointment& a = view.appointment;
    const bool selected = chosen_ == a.id;
    const std::string when = moment(host, a);
    const std::string what = a.title.empty() ? host.say(words_for(a.kind)) : i18n::isolate(a.title, host.words().direction());
    ui::ListRow row{.title = when,
                    .reason = what,
                    .section = section,
                    .tile = icon_of(a.kind),
                    .tone = selected ? ui::TileTone::white : ui::TileTone::tint};
    const std::string state = a.standing == Standing::cancelled ? host.say(Key("answer.state.cancelled")) : host.say(words_for(a.answer));
    row.state_name = state;
    row.selected = selected;
    row.state = a.standing == Standing::cancelled ? ui::icon::event_busy
                : a.answer == Answer::coming      ? ui::icon::check_circle
                : a.answer == Answer::cannot      ? ui::icon::event_busy
                : a.answer == Answer::please_move ? ui::icon::update
                                                  : ui::icon::help;
    if (!selected && a.answer == Answer::coming) row.state_colour = ui.colours(ui::Section::tasks).deep;
    if (!selected && (a.answer == Answer::cannot || a.standing == Standing::cancelled))
      row.state_colour = ui.colours(ui::Section::house).deep;
    const auto key = ui.key(std::hash<AppointmentId>{}(a.id));
    if (ui::list_row(ui, r, row)) chosen_ = a.id;
  }

  static std::string moment(Host& host, const Appointment& a) {
    return a.span == Appointment::Span::all_day ? i18n::near_day(host.words(), a.day, host.now().today)
                                                : i18n::near_moment(host.words(), a.day, a.start, host.now().today);
  }

  void detail(ui::Ui& ui, Host& host, const AppointmentView& view, Rect r) {
    const Appointment& a = view.appointment;
    ui::card(ui, r);
    const bool phone = ui.viewport().form == ui::Form::phone;
    const float stroke = ui.theme().card_stroke;
    const std::string when = moment(host, a);
    std::string what = title_of(host.words(), a);
    if (a.span == Appointment::Span::timed && a.end_day == a.day && a.end > a.start)
      what = host.words().text(Key("appointment.until"), {{"title", what}, {"time", i18n::time_of_day(a.end)}});
    const auto when_type = (phone ? type::title.sized(26) : type::title.sized(40)).lined(1.15f);
    const auto what_type = phone ? type::body.sized(16) : type::label;
    Rect rest = r.inset(stroke);
    const float tile_side = phone ? 60.0f : 88.0f;
    const float text_width = rest.w - tile_side - (phone ? 46.0f : 78.0f);
    const float head =
        std::max(phone ? 92.0f : 126.0f, ui.measure(when, when_type, text_width).h + ui.measure(what, what_type, text_width).h + 36);
    Rect band = rest.cut_top(head);
    if (ui.theme().bordered)
      ui.line(band.x, band.bottom(), band.w, ui.colours(section).main, 3);
    else
      ui.fill_top(band, ui.colours(section).tint, 22);
    band = band.inset(phone ? 16.0f : 26.0f, 0);
    ui::tile(ui, band.cut_start(tile_side, phone ? 14.0f : 22.0f).middle({tile_side, tile_side}), section, icon_of(a.kind),
             ui::TileTone::main, tile_side * 0.66f);
    const float first = ui.measure(when, when_type, band.w).h;
    Rect lines = band.middle({band.w, first + ui.measure(what, what_type, band.w).h});
    ui.text({lines.x, lines.y, lines.w, first}, when, when_type, ui::Role::heading);
    ui.text({lines.x, lines.y + first, lines.w, lines.h - first}, what, what_type);

    Rect inner = rest.inset(phone ? 16.0f : 26.0f, 0);
    inner.cut_bottom(phone ? 16.0f : 22.0f);
    answers(ui, host, view, inner);
    const bool room_for_qr = !phone && inner.w > 600 && ui.text_factor() < 1.2f;
    if (room_for_qr) {
      Rect column = inner.cut_end(208, 24);
      column.cut_top(20);
      const Rect frame = column.cut_top(208, 8);
      ui.fill(frame, ui::Colour::hex(0xFFFFFF), 24);
      ui.outline(frame, ui.theme().line, 2, 24);
      ui::qr(ui, frame.inset(12), calendar_code(a, title_of(host.words(), a)), host.say(Key("appointment.to_phone")));
      ui.text(column, host.say(Key("appointment.to_phone")), type::small.middle().lined(1.3f));
    }
    inner.cut_top(phone ? 8.0f : 14.0f);
    const float row = std::max(phone ? 60.0f : 80.0f, ui.line_height(type::body) + ui.line_height(type::small) + 12);
    const auto direction = host.words().direction();
    if (!a.with_whom.empty() && inner.h >= row)
      ui::fact(ui, inner.cut_top(row),
               {.first = i18n::isolate(a.with_whom, direction),
                .second = i18n::isolate(a.with_role, direction),
                .tile = {},
                .person = ui::Person{},
                .section = section,
                .second_icon = {}});
    if (!a.place.empty() && inner.h >= row) {
      const std::string walk =
          a.travel_minutes > 0 ? host.words().plural(Key("appointment.walk"), static_cast<int>(a.travel_minutes)) : std::string();
      ui::fact(ui, inner.cut_top(row),
               {.first = i18n::isolate(a.place, direction),
                .second = walk,
                .tile = ui::icon::place,
                .person = {},
                .section = section,
                .second_icon = walk.empty() ? ui::icon::none : ui::icon::directions_walk});
    }
    if (!a.bring.empty() && inner.h >= ui.line_height(type::label) + 56) {
      inner.cut_top(8);
      inner.cut_top(ui.text(inner, host.say(Key("appointment.bring")), type::label.bold().lined(1.3f), ui::Role::heading) + 10);
      float x = inner.x, y = inner.y;
      for (const Bring thing : a.bring) {
        const std::string label = host.say(words_for(thing));
        const float width = ui.measure(label, type::small.bold()).w + 76;
        if (x > inner.x && x + width > inner.end()) {
          x = inner.x;
          y += 64;
        }
        if (y + 56 > inner.bottom()) break;
        x += ui::bring_chip(ui, {x, y}, section, icon_of(thing), label) + 8;
      }
    }
  }

  void answers(ui::Ui& ui, Host& host, const AppointmentView& view, Rect& inner) {
    const Appointment& a = view.appointment;
    const bool phone = ui.viewport().form == ui::Form::phone;
    const float height = phone ? 56.0f : 80.0f, gap = phone ? 10.0f : 16.0f;
    if (a.standing == Standing::cancelled) {
      const Rect line = inner.cut_bottom(height, 12);
      ui.text_middle(line, host.say(Key("refusal.appointment_cancelled")), type::body.bold().in(ui.colours(ui::Section::house).deep),
                     ui::Role::status);
      return;
    }
    struct Choice {
      Answer answer;
      std::string label;
      ui::Icon icon;
    };
    const std::array<Choice, 3> choices{Choice{Answer::coming, host.say(Key("answer.come")), ui::icon::check},
                                        Choice{Answer::cannot, host.say(Key("answer.cannot")), ui::icon::event_busy},
                                        Choice{Answer::please_move, host.say(Key("answer.move")), ui::icon::update}};
    std::array<ui::Button, 3> buttons;
    float wanted = 2 * gap;
    for (std::size_t i = 0; i < 3; ++i) {
      const bool given = a.answer == choices[i].answer;
      const bool leads = a.answer == Answer::none ? i == 0 : given;
      buttons[i] = {.label = choices[i].label,
                    .icon = given ? ui::icon::check_circle : choices[i].icon,
                    .kind = leads ? ui::ButtonKind::primary : ui::ButtonKind::secondary,
                    .section = section,
                    .selected = given,
                    .icon_size = phone    ? 28.0f
                                 : i == 0 ? 40.0f
                                          : 36.0f,
                    .type_size = phone ? 17.0f : 24.0f,
                    .radius = phone ? 16.0f : 20.0f,
                    .padding = 12};
      wanted += ui::button_width(ui, buttons[i]);
    }
    std::vector<Rect> places;
    if (wanted <= inner.w) {
      Rect row = inner.cut_bottom(height, 12);
      const float spare = (inner.w - wanted) / 3;
      for (const auto& b : buttons) places.push_back(row.cut_start(std::min(row.w, ui::button_width(ui, b) + spare), gap));
    } else if (ui::button_width(ui, buttons[1]) * 2 + gap <= inner.w && ui::button_width(ui, buttons[2]) * 2 + gap <= inner.w) {
      const auto pair = ui::columns(inner.cut_bottom(height, gap), 2, gap);
      places = {inner.cut_bottom(height, 12), pair[0], pair[1]};
    } else {
      const Rect third = inner.cut_bottom(height, gap);
      const Rect second = inner.cut_bottom(height, gap);
      places = {inner.cut_bottom(height, 12), second, third};
    }
    for (std::size_t i = 0; i < 3; ++i)
      if (ui::button(ui, places[i], buttons[i])) give(host, a, choices[i].answer);
  }

  static void give(Host& host, const Appointment& a, Answer answer) {
    const AppointmentId id = a.id;
    const Answer before = a.answer;
    if (answer == Answer::cannot && before != Answer::cannot) {
      host.ask(
          {.section = section,
           .icon = ui::icon::event_busy,
           .question = host.words().text(Key("confirm.cannot.title"), {{"day", i18n::near_day(host.words(), a.day, host.now().today)}}),
           .what = host.say(tell_for(a.kind)),
           .until = host.words().text(Key("confirm.change_until"), {{"moment", moment(host, a)}}),
           .yes = host.say(Key("confirm.cannot.yes")),
           .no = host.say(Key("common.back")),
           .then = [&host, id, before] { record(host, id, before, Answer::cannot); }});
      return;
    }
    record(host, id, before, answer);
  }

  static void record(Host& host, AppointmentId id, Answer before, Answer answer) {
    if (const auto stored = host.actions().answer(id, answer); !stored) {
      host.tell_refusal(stored.error());
      return;
    }
    const Key said = answer == Answer::coming ? Key("toast.come") : answer == Answer::cannot ? Key("toast.cannot") : Key("toast.move");
    host.tell(host.say(said), [&actions = host.actions(), id, before] { return actions.answer(id, before); });
  }

  std::optional<AppointmentId> chosen_;
  ui::PagerState pager_;
};

}  // namespace

std::unique_ptr<Screen> make_appointments_screen() { return std::make_unique<AppointmentsScreen>(); }

}  // namespace huisbord
