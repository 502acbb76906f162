// SPDX-License-Identifier: GPL-3.0-or-later
// Draws grounds and marks in the colours of their section.
#include "app/kiosk/widgets/cards.h"

#include <algorithm>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
void page_ground(Ui& ui) { ui.fill(ui.page(), ui.theme().bg); }

void card(Ui& ui, Rect r, float radius) {
  const Theme& t = ui.theme();
  ui.fill(r.inset(1), t.surface, radius - 1);  // within the middle of the line, so that no white shows around the corners
  ui.outline(r, t.line, t.card_stroke, radius);
}

void tint_card(Ui& ui, Rect r, Section s, float radius) {
  const Theme& t = ui.theme();
  ui.fill(r, t.of(s).tint, radius);
  if (t.bordered) ui.outline(r, t.of(s).main, t.card_stroke, radius);
}

void full_card(Ui& ui, Rect r, Section s, float radius) {
  const Theme& t = ui.theme();
  ui.fill(r, t.bordered ? t.surface : t.of(s).deep, radius);
  if (t.bordered) ui.outline(r, t.of(s).main, t.card_stroke, radius);
}

Colour text_on_full(const Ui& ui, Section s) { return ui.theme().bordered ? ui.theme().ink : ui.colours(s).on_deep; }

void main_card(Ui& ui, Rect r, Section s, float radius) { ui.fill(r, ui.colours(s).main, radius); }

void selected_card(Ui& ui, Rect r, float radius) {
  ui.fill(r.inset(2), ui.theme().paper, radius - 2);
  ui.outline(r, ui.theme().ink, 5, radius);
}

void divider(Ui& ui, float x, float y, float length) { ui.line(x, y, length, ui.theme().line, 2); }

Icon icon_of(Section s) {
  switch (s) {
    case Section::appointments:
      return icon::event;
    case Section::tasks:
      return icon::cleaning_services;
    case Section::leefgeld:
      return icon::payments;
    case Section::activities:
      return icon::sports_soccer;
    case Section::house:
      return icon::campaign;
    case Section::messages:
      return icon::mail;
    case Section::plan:
      return icon::signpost;
    case Section::team:
      return icon::checklist;
  }
  return icon::none;
}

void tile(Ui& ui, Rect r, Section s, Icon i, TileTone tone, float glyph) {
  const SectionColours& c = ui.colours(s);
  const float side = std::min(r.w, r.h);
  const float size = glyph > 0 ? glyph : side * (side >= 96 ? 0.62f : 0.64f);
  const bool main = tone == TileTone::main || ui.theme().bordered;
  ui.fill(r, main ? c.main : tone == TileTone::tint ? c.tint : Colour::white(), side * 0.27f);
  ui.icon_fixed(i, r.centre(), size, main ? c.on : c.deep);
}

void tile(Ui& ui, Rect r, Section s) { tile(ui, r, s, icon_of(s)); }

void person_disc(Ui& ui, Rect r, Person p) {
  const float side = std::min(r.w, r.h);
  ui.circle(r.centre(), side / 2, ui.theme().of(p.ground));
  ui.icon_fixed(p.sign, r.centre(), side * 0.58f, ui.theme().on_pastel);
}

void door(Ui& ui, Rect r, Section s, std::string_view number) {
  const SectionColours& c = ui.colours(s);
  const float unit = r.h / 68;
  ui.fill_top({r.x, r.y, r.w, r.h - 4 * unit}, c.deep, 10 * unit);
  ui.fill_bottom({r.x, r.bottom() - 16 * unit, r.w, 16 * unit}, c.deep, 4 * unit);
  ui.draw_text_middle({r.x, r.y, r.w, r.h}, number, type::tile_name.sized(30 * unit).middle().left_to_right().in(c.on_deep).fixed_size());
  ui.circle({r.end() - 10.5f * unit, r.y + 53.5f * unit}, 3.5f * unit, c.on_deep);
}

namespace {

Type count_type(const Ui& ui, float height) {
  return Type{.size = height * 24 / 44 * ui.text_factor(), .line = 1, .weight = Weight::bold, .fixed = true}.middle().left_to_right();
}

}  // namespace

float count_width(const Ui& ui, std::string_view number, float height) {
  const float grown = height * ui.text_factor();
  return std::max(grown, ui.measure(number, count_type(ui, height)).w + grown * 0.5f);
}

void count_disc(Ui& ui, Point end_top, Section s, std::string_view number, float height) {
  const SectionColours& c = ui.colours(s);
  const float w = count_width(ui, number, height), grown = height * ui.text_factor();
  const Rect r{end_top.x - w, end_top.y, w, grown};
  ui.fill(r, c.deep, grown / 2);
  ui.draw_text_middle(r, number, count_type(ui, height).in(c.on_deep));
}

float chip_width(const Ui& ui, std::string_view text) { return 12 + ui.icon_side(26) + 8 + ui.measure(text, type::small.bold()).w + 16; }

float chip(Ui& ui, Point start_top, Section s, Icon i, std::string_view text) {
  const SectionColours& c = ui.colours(s);
  const Type set = type::small.bold().in(c.deep);
  const float side = ui.icon_side(26);
  const Rect r{start_top.x, start_top.y, chip_width(ui, text), std::max(40.0f, ui.line_height(set) + 13)};
  ui.fill(r, c.tint, r.h / 2);
  if (ui.theme().bordered) ui.outline(r, c.main, 2, r.h / 2);
  ui.icon(i, {r.x + 12 + side / 2, r.centre().y}, 26, c.deep);
  ui.text_middle({r.x + 12 + side + 8, r.y, r.w, r.h}, text, set);
  return r.w;
}

float bring_chip(Ui& ui, Point start_top, Section s, Icon i, std::string_view text) {
  const SectionColours& c = ui.colours(s);
  const Type set = type::small.bold();
  const float side = ui.icon_side(34);
  const Rect r{start_top.x, start_top.y, 10 + side + 8 + ui.measure(text, set).w + 14, std::max(56.0f, ui.line_height(set) + 16)};
  ui.fill(r, c.tint, 16);
  if (ui.theme().bordered) ui.outline(r, c.main, 2, 16);
  ui.icon(i, {r.x + 10 + side / 2, r.centre().y}, 34, c.deep);
  ui.text_middle({r.x + 10 + side + 8, r.y, r.w, r.h}, text, set);
  return r.w;
}

void step_dots(Ui& ui, Point end_top, Section s, int done, int all) {
  const Colour deep = ui.colours(s).deep;
  for (int i = 0; i < all; ++i) {
    const float x = end_top.x - 32 + 24 * static_cast<float>(i % 2), y = end_top.y + 8 + 24 * static_cast<float>(i / 2);
    if (i < done)
      ui.circle({x, y}, 8, deep);
    else
      ui.ring({x, y}, 8, 3, deep);
  }
}

}  // namespace huisbord::ui
