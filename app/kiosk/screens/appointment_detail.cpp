// SPDX-License-Identifier: GPL-3.0-or-later
// Lays the parts of an appointment out, and gives its answers.
#include "app/kiosk/screens/appointment_detail.h"

#include <algorithm>
#include <array>

#include "app/kiosk/screens/calendar_code.h"
#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/lines.h"
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

float edge(const ui::Ui& ui) { return ui.is_phone() ? 16.0f : 28.0f; }

// --- the band: the moment and what it is

struct Band {
  TwoLines lines;
  float tile = 88, gap = 22, height = 128;
};

Band band_of(const ui::Ui& ui, Host& host, const Appointment& a, float width) {
  const bool phone = ui.is_phone();
  Band band;
  std::string what = title_of(host.words(), a);
  if (a.span == Appointment::Span::timed && a.end_day == a.day && a.end > a.start)
    what = host.words().text(Key("appointment.until"), {{"title", what}, {"time", i18n::time_of_day(a.end)}});
  const ui::Colour words = phone ? ui::text_on_full(ui, section) : ui.theme().ink;
  band.lines = {moment_of(host, a), what, type::title.sized(phone ? 26.0f : 40.0f).lined(1.15f).in(words),
                (phone ? type::body.sized(16) : type::label).in(words), ui::Role::heading};
  if (phone) band.tile = 60, band.gap = 14;
  const float text = width - band.tile - band.gap - 2 * edge(ui);
  band.height = std::max(phone ? 92.0f : 128.0f, two_lines_height(ui, text, band.lines) + 28);
  return band;
}

void draw_band(ui::Ui& ui, Host& host, const AppointmentView& view, const Band& band, Rect r) {
  const Appointment& a = view.appointment;
  const bool phone = ui.is_phone();
  if (ui.theme().bordered)
    ui.line(r.x, r.bottom() - 3, r.w, ui.colours(section).main, 3);
  else
    ui.fill_top(r, phone ? ui.colours(section).deep : ui.colours(section).tint, 22);
  Rect in = r.inset(edge(ui), 0);
  ui::tile(ui, in.cut_start(band.tile, band.gap).middle({band.tile, band.tile}), section, icon_of(a.kind),
           phone ? ui::TileTone::white : ui::TileTone::main, band.tile * 0.66f);
  if (a.answer != Answer::none) {
    // The two marks of an answer; the list has the badge of the whole house.
    const bool arrived = view.answer_arrival == Arrival::arrived;
    const std::string mark = host.say(arrived ? Key("sync.item_arrived") : Key("sync.item_saved"));
    const float wide = ui::chip_width(ui, mark), words = two_lines_height(ui, in.w - wide - 8, band.lines);
    if (words <= two_lines_height(ui, in.w, band.lines) && !phone)
      ui::chip(ui, {in.cut_end(wide, 8).x, r.centre().y - 20}, section, arrived ? ui::icon::cloud_done : ui::icon::save, mark);
  }
  two_lines(ui, in, band.lines);
}

// --- what stands below it

float fact_height(const ui::Ui& ui, const ui::Fact& fact, float width) {
  const float side = ui.is_phone() ? 45.0f : 60.0f;
  const float room = width - side - 18, second_room = room - (fact.second_icon ? ui.icon_side(26) + 4 : 0);
  const float words = ui.measure(fact.first, type::body.bold().lined(1.2f), room).h +
                      (fact.second.empty() ? 0 : ui.measure(fact.second, type::small.lined(1.35f), second_room).h);
  return std::max(ui.is_phone() ? 60.0f : 80.0f, words + 14);
}

void add_fact(ui::Ui& ui, std::vector<PagePart>& parts, float width, std::string first, std::string second, ui::Icon tile,
              ui::Icon second_icon) {
  const auto fact = [tile, second_icon](const std::string& above, const std::string& below) {
    return ui::Fact{.first = above,
                    .second = below,
                    .tile = tile,
                    .person = tile ? std::optional<ui::Person>() : ui::Person{},
                    .section = section,
                    .second_icon = below.empty() ? ui::icon::none : second_icon};
  };
  const float height = fact_height(ui, fact(first, second), width);
  parts.push_back(
      {height, [&ui, fact, first = std::move(first), second = std::move(second)](Rect r) { ui::fact(ui, r, fact(first, second)); }});
}

void add_bring(ui::Ui& ui, Host& host, std::vector<PagePart>& parts, float width, const std::vector<Bring>& things) {
  if (things.empty()) return;
  struct Chip {
    Bring thing;
    float x = 0, y = 0;
  };
  const auto head_type = type::label.bold().lined(1.3f);
  const bool phone = ui.is_phone();  // there the pictograms say it
  const float head = phone ? 0 : 10 + ui.line_height(head_type) + 10;
  const float high = std::max(56.0f, ui.line_height(type::small.bold()) + 16);
  std::vector<Chip> chips;
  float x = 0, y = head;
  for (const Bring thing : things) {
    const float wide = 10 + ui.icon_side(34) + 8 + ui.measure(host.say(words_for(thing)), type::small.bold()).w + 14;
    if (x > 0 && x + wide > width) x = 0, y += high + 8;
    chips.push_back({thing, x, y});
    x += wide + 8;
  }
  parts.push_back({y + high, [&ui, &host, chips, head_type, phone](Rect r) {
                     if (!phone)
                       ui.text({r.x, r.y + 10, r.w, ui.line_height(head_type)}, host.say(Key("appointment.bring")), head_type,
                               ui::Role::heading);
                     for (const Chip& chip : chips)
                       ui::bring_chip(ui, {r.x + chip.x, r.y + chip.y}, section, icon_of(chip.thing), host.say(words_for(chip.thing)));
                   }});
}

std::vector<PagePart> parts_of(ui::Ui& ui, Host& host, const Appointment& a, float width) {
  const auto direction = host.words().direction();
  std::vector<PagePart> parts;
  if (!a.with_whom.empty())
    add_fact(ui, parts, width, i18n::isolate(a.with_whom, direction), i18n::isolate(a.with_role, direction), ui::icon::none,
             ui::icon::none);
  if (!a.place.empty())
    add_fact(ui, parts, width, i18n::isolate(a.place, direction),
             a.travel_minutes > 0 ? host.words().plural(Key("appointment.walk"), static_cast<int>(a.travel_minutes)) : std::string(),
             ui::icon::place, ui::icon::directions_walk);
  add_bring(ui, host, parts, width, a.bring);
  return parts;
}

constexpr float qr_side = 208, qr_gap = 24, qr_top = 22;
bool has_qr_beside(const ui::Ui& ui, float width) { return !ui.is_phone() && width > 600; }

float qr_height(const ui::Ui& ui, Host& host) {
  return qr_side + 8 + ui.measure(host.say(Key("appointment.to_phone")), type::small.lined(1.3f), qr_side).h;
}

void draw_qr(ui::Ui& ui, Host& host, const Appointment& a, Rect r) {
  const Rect frame = r.cut_top(qr_side, 8).middle({qr_side, qr_side});
  const std::string words = host.say(Key("appointment.to_phone"));
  const auto set = type::small.middle().lined(1.3f);
  ui.fill(frame, ui::Colour::hex(0xFFFFFF), 24);
  ui.outline(frame, ui.theme().line, 2, 24);
  ui::qr(ui, frame.inset(12), calendar_code(a, title_of(host.words(), a)), words);
  ui.text(r, on_two_lines(ui, words, set, r.w), set);
}

// --- the answers

void record(Host& host, AppointmentId id, Answer before, Answer answer) {
  const Key said = answer == Answer::coming ? Key("toast.come") : answer == Answer::cannot ? Key("toast.cannot") : Key("toast.move");
  auto& actions = host.actions();
  host.act([&actions, id, answer] { return actions.answer(id, answer); }, said,
           [&actions, id, before] { return actions.answer(id, before); });
}

void give(Host& host, const Appointment& a, Answer answer) {
  const AppointmentId id = a.id;
  const Answer before = a.answer;
  if (answer != Answer::cannot || before == Answer::cannot) return record(host, id, before, answer);
  host.ask({.section = section,
            .icon = ui::icon::event_busy,
            .question = host.words().text(Key("confirm.cannot.title"), {{"day", i18n::near_day(host.words(), a.day, host.now().today)}}),
            .what = host.say(tell_for(a.kind)),
            .until = host.words().text(Key("confirm.change_until"), {{"moment", moment_of(host, a)}}),
            .yes = host.say(Key("confirm.cannot.yes")),
            .no = host.say(Key("common.back")),
            .then = [&host, id, before] { record(host, id, before, Answer::cannot); }});
}

struct Choice {
  Answer answer;
  std::string label;
  ui::Button button;
};
using Choices = std::array<Choice, 3>;

void fill_choices(const ui::Ui& ui, Host& host, const Appointment& a, Choices& choices) {
  const bool phone = ui.is_phone();
  choices = {Choice{Answer::coming, host.say(Key("answer.come")), {.icon = ui::icon::check, .icon_size = 40}},
             Choice{Answer::cannot, host.say(Key("answer.cannot")), {.icon = ui::icon::event_busy, .icon_size = 36}},
             Choice{Answer::please_move, host.say(Key("answer.move")), {.icon = ui::icon::update, .icon_size = 38}}};
  for (Choice& choice : choices) {
    const bool given = a.answer == choice.answer;
    const bool leads = a.answer == Answer::none ? choice.answer == Answer::coming : given;
    ui::Button& b = choice.button;
    b.label = choice.label;
    if (given) b.icon = ui::icon::check_circle;
    b.kind = leads ? ui::ButtonKind::primary : ui::ButtonKind::secondary;
    b.section = section;
    b.type_size = phone ? 17.0f : 24.0f;
    b.radius = phone ? 16.0f : 20.0f;
    b.padding = 12;
  }
}

/// Places for the three: one row, or the first over the other two, or one over the other.
std::array<Rect, 3> answer_places(const ui::Ui& ui, const Choices& choices, Rect r, float& height) {
  const float high = ui.is_phone() ? 56.0f : 80.0f, gap = ui.is_phone() ? 10.0f : 16.0f;
  std::array<float, 3> wide;
  for (std::size_t i = 0; i < 3; ++i) wide[i] = ui::button_width(ui, choices[i].button);
  const float spare = (r.w - wide[0] - wide[1] - wide[2] - 2 * gap) / 3;
  if (spare >= 0) {
    height = high;
    Rect row{r.x, r.y, r.w, high};
    const Rect first = row.cut_start(wide[0] + spare, gap), second = row.cut_start(wide[1] + spare, gap);
    return {first, second, row};
  }
  const auto pair = ui::columns({r.x, r.y + high + gap, r.w, high}, 2, gap);
  // On a phone a label may take two lines.
  const float share = ui.is_phone() && ui.text_factor() < 1.2f ? 0.72f : 1.0f;
  if (std::max(wide[1], wide[2]) * share - 8 <= pair[0].w) {
    height = 2 * high + gap;
    return {Rect{r.x, r.y, r.w, high}, pair[0], pair[1]};
  }
  height = 3 * high + 2 * gap;
  return {Rect{r.x, r.y, r.w, high}, Rect{r.x, r.y + high + gap, r.w, high}, Rect{r.x, r.y + 2 * (high + gap), r.w, high}};
}

float answers_height(const ui::Ui& ui, Host& host, const Appointment& a, float width) {
  if (a.standing == Standing::cancelled)
    return std::max(56.0f, ui.measure(host.say(Key("refusal.appointment_cancelled")), type::body.bold(), width).h);
  Choices choices;
  fill_choices(ui, host, a, choices);
  float height = 0;
  answer_places(ui, choices, {0, 0, width, 0}, height);
  return height;
}

void draw_answers(ui::Ui& ui, Host& host, const Appointment& a, Rect r) {
  if (a.standing == Standing::cancelled) {
    ui.text_middle(r, host.say(Key("refusal.appointment_cancelled")), type::body.bold().in(ui.colours(ui::Section::house).deep),
                   ui::Role::status);
    return;
  }
  Choices choices;
  fill_choices(ui, host, a, choices);
  float height = 0;
  const auto places = answer_places(ui, choices, r, height);
  for (std::size_t i = 0; i < 3; ++i)
    if (ui::button(ui, places[i], choices[i].button) && a.answer != choices[i].answer) give(host, a, choices[i].answer);
}

}  // namespace

std::string moment_of(Host& host, const Appointment& a) {
  return a.span == Appointment::Span::all_day ? i18n::near_day(host.words(), a.day, host.now().today)
                                              : i18n::near_moment(host.words(), a.day, a.start, host.now().today);
}

float appointment_card_height(ui::Ui& ui, Host& host, const AppointmentView& view, float width) {
  const Appointment& a = view.appointment;
  const float inside = width - 2 * ui.theme().card_stroke, line = inside - 2 * edge(ui);
  float height = band_of(ui, host, a, inside).height + 12 + answers_height(ui, host, a, line) + 2 * edge(ui);
  const bool qr = has_qr_beside(ui, line);
  float parts = 0;
  for (const PagePart& part : parts_of(ui, host, a, qr ? line - qr_side - qr_gap : line)) parts += part.height;
  return height + (qr ? std::max(parts, qr_height(ui, host) + qr_top - 14) : parts) + 2;
}

void appointment_card(ui::Ui& ui, Host& host, const AppointmentView& view, Rect r, ui::PagerState& state) {
  const Appointment& a = view.appointment;
  ui::card(ui, r);
  Rect inside = r.inset(ui.theme().card_stroke);
  const Band band = band_of(ui, host, a, inside.w);
  draw_band(ui, host, view, band, inside.cut_top(band.height));
  Rect inner = inside.inset(edge(ui), 0);
  inner.cut_bottom(ui.is_phone() ? 16.0f : 24.0f);
  draw_answers(ui, host, a, inner.cut_bottom(answers_height(ui, host, a, inner.w), 12));
  if (has_qr_beside(ui, inner.w)) {
    Rect column = inner.cut_end(qr_side, qr_gap);
    column.cut_top(qr_top);
    if (column.h >= qr_height(ui, host) - 8) draw_qr(ui, host, a, column);
  }
  inner.cut_top(ui.is_phone() ? 8.0f : 14.0f);
  paged(ui, host, inner, state, parts_of(ui, host, a, inner.w), 0, host.say(Key("appointment.title")));
}

void appointment_pages(ui::Ui& ui, Host& host, const AppointmentView& view, Rect r, ui::PagerState& state) {
  const Appointment& a = view.appointment;
  const Band band = band_of(ui, host, a, r.w);
  draw_band(ui, host, view, band, r.cut_top(band.height, 16));
  auto parts = parts_of(ui, host, a, r.w);
  parts.insert(parts.begin(),
               PagePart{answers_height(ui, host, a, r.w), [&ui, &host, &a](Rect place) { draw_answers(ui, host, a, place); }});
  if (!ui.is_phone() && qr_height(ui, host) <= r.h)
    parts.push_back({qr_height(ui, host), [&ui, &host, &a](Rect place) { draw_qr(ui, host, a, place.middle({400, place.h})); }});
  paged(ui, host, r, state, parts, 12, host.say(Key("appointment.title")));
}

}  // namespace huisbord
