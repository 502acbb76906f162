// SPDX-License-Identifier: GPL-3.0-or-later
// Draws rows and tiles, and says in the tree what each shows.
#include "app/kiosk/widgets/rows.h"

#include <algorithm>
#include <string>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

void draw_row(Ui& ui, Rect r, const ListRow& row, const Tapped& tapped) {
  const Theme& t = ui.theme();
  const SectionColours& s = t.of(row.section);
  if (row.selected) {
    ui.fill(r, tapped.between(s.deep, pressed_tone(s.deep)), 24);
  } else if (row.carded) {
    ui.fill(r.inset(1), tapped.between(t.surface, t.sand), 23);
    ui.outline(r, tapped.pressed && t.bordered ? s.main : t.line, t.card_stroke, 24);
  } else if (tapped.press > 0) {
    ui.fill(r, tapped.between(t.surface, t.sand), 16);
  }
  const Colour words = row.selected ? s.on_deep : t.ink;
  const Colour quiet = row.selected ? s.on_deep : row.carded && row.section != Section::team && row.tone == TileTone::tint ? t.ink : t.ink2;

  Rect in = r.inset(row.carded ? 18.0f : 16.0f, 4);
  if (row.tile || row.person) {
    const float side = std::min(68.0f * (ui.is_phone() ? phone_share : 1.0f), in.h - 8);
    const Rect mark = in.cut_start(side, 16).middle({side, side});
    if (row.person)
      person_disc(ui, mark, *row.person);
    else
      tile(ui, mark, row.section, row.tile, row.selected ? TileTone::white : row.tone);
  }
  if (row.arrow) {
    const float side = ui.icon_side(40);
    ui.icon(icon::chevron_right, in.cut_end(side, 8).centre(), 40, words);
  }
  if (row.state) {
    const float side = ui.icon_side(36);
    ui.icon(row.state, in.cut_end(side, 14).centre(), 36, row.selected ? s.on_deep : row.state_colour.value_or(t.ink));
  }
  if (!row.amount.empty()) {
    const Type set = type::lead.bold().left_to_right().at_end().in(words);
    ui.draw_text_middle(in.cut_end(ui.measure(row.amount, set).w, 14), row.amount, set);
  }
  const Type title = type::body.bold().lined(1.25f).in(words);
  const Type reason = type::small.lined(1.3f).in(quiet);
  if (row.reason.empty()) {
    ui.draw_text_middle(in, row.title, title);
    return;
  }
  float title_height = ui.measure(row.title, title, in.w).h, reason_height = ui.measure(row.reason, reason, in.w).h;
  if (title_height + reason_height > r.h - 4) {  // what does not fit is set smaller, each within its share
    title_height = (r.h - 4) * 0.52f;
    reason_height = (r.h - 4) * 0.48f;
  }
  const float top = r.y + (r.h - title_height - reason_height) / 2;
  ui.draw_text({in.x, top, in.w, title_height}, row.title, title);
  ui.draw_text({in.x, top + title_height, in.w, reason_height}, row.reason, reason);
}

std::string spoken(const ListRow& row) {
  std::string value(row.reason);
  for (const std::string_view more : {row.amount, row.state_name}) {
    if (more.empty()) continue;
    if (!value.empty()) value += ", ";
    value += more;
  }
  return value;
}

bool is_low(Rect r) { return r.h < r.w * 0.8f; }

}  // namespace

Tapped list_row(Ui& ui, Rect r, const ListRow& row) {
  const Tapped tapped = ui.target(r, Role::row, row.name.empty() ? row.title : row.name, {.selected = row.selected}, spoken(row));
  draw_row(ui, r, row, tapped);
  return tapped;
}

void plain_row(Ui& ui, Rect r, const ListRow& row) {
  ui.node(Role::row, r, row.title, spoken(row));
  draw_row(ui, r, row, {});
}

void fact(Ui& ui, Rect r, const Fact& f) {
  ui.node(Role::text, r, f.first, f.second);
  Rect in = r;
  if (f.person || f.tile) {
    const float side = 60.0f * (ui.is_phone() ? phone_share : 1.0f);
    const Rect mark = in.cut_start(side, 18).middle({side, side});
    if (f.person)
      person_disc(ui, mark, *f.person);
    else
      tile(ui, mark, f.section, f.tile, TileTone::tint);
  }
  const Type first = type::body.bold().lined(1.2f), second = type::small.lined(1.35f).in(ui.theme().ink2);
  const float icon_side = f.second_icon ? ui.icon_side(26) : 0, icon_room = f.second_icon ? icon_side + 4 : 0;
  const float first_height = ui.measure(f.first, first, in.w).h;
  const float second_height = f.second.empty() ? 0 : ui.measure(f.second, second, in.w - icon_room).h;
  const float top = r.y + (r.h - first_height - second_height) / 2;
  ui.draw_text({in.x, top, in.w, first_height}, f.first, first);
  if (f.second.empty()) return;
  const float line = ui.line_height(second);
  if (f.second_icon) ui.icon(f.second_icon, {in.x + icon_side / 2, top + first_height + line / 2}, 26, ui.theme().ink2);
  ui.draw_text({in.x + icon_room, top + first_height, in.w - icon_room, second_height}, f.second, second);
}

Tapped home_tile(Ui& ui, Rect r, const HomeTile& t) {
  const SectionColours& s = ui.colours(t.section);
  std::string value(t.lines);
  for (char& c : value)
    if (c == '\n') c = ' ';
  if (!t.count_name.empty()) value += (value.empty() ? "" : ", ") + std::string(t.count_name);
  const Tapped tapped = ui.target(r, Role::tile, t.name, {}, value);
  const float radius = ui.is_phone() ? 20.0f : 24.0f;
  tint_card(ui, r, t.section, radius);
  if (tapped.press > 0) ui.fill(r, tapped.between(s.tint, mix(s.tint, s.main, 0.35f)), radius);

  const Type name = type::tile_name, lines = type::label.lined(1.28f);
  if (ui.text_factor() > 1.5f && ui.viewport().form == Form::landscape && r.h >= 180) {  // mockup 17: the words run below
    Rect in = r.inset(28, 24), head = in.cut_top(88, 8);
    tile(ui, head.cut_start(88, 20), t.section);
    if (!t.count.empty()) {
      const float w = count_width(ui, t.count);
      count_disc(ui, {head.end(), head.y + (88 - 44 * ui.text_factor()) / 2}, t.section, t.count);
      head.cut_end(w, 16);
    }
    ui.draw_text_middle(head, t.name, name.sized(28));
    const Type below = type::label.sized(24).lined(1.2f);
    const float height = ui.measure(t.lines, below, in.w).h;
    if (height <= in.h + 8) ui.draw_text({in.x, in.bottom() - height, in.w, height}, t.lines, below);
    return tapped;
  }
  if (is_low(r)) {  // the phone's arrangement: tile beside the name, count on the tile's corner
    const bool phone = ui.is_phone();
    const float side = std::min(phone ? 56.0f : 88.0f, r.h - 24), margin = phone ? 12.0f : 20.0f;
    const Rect mark{r.x + margin, r.y + (r.h - side) / 2, side, side};
    tile(ui, mark, t.section);
    Rect words{mark.end() + margin, r.y + 4, r.end() - mark.end() - margin - 8, r.h - 8};
    if (!t.count.empty()) {
      const float h = phone ? 28.0f : 36.0f;
      const float grown = count_width(ui, t.count, h), high = h * ui.text_factor();
      if (high < side * 0.55f) {
        const Rect corner{mark.end() + 5 - grown, mark.y - 10, grown, high};
        ui.fill(corner.inset(-2), s.tint, high / 2 + 2);
        count_disc(ui, {corner.end(), corner.y}, t.section, t.count, h);
      } else {  // so large it would hide the pictogram: at the end of the tile
        count_disc(ui, {r.end() - 20, r.y + (r.h - high) / 2}, t.section, t.count, h);
        words.w -= grown + 20;
      }
    }
    const Type low_name = phone ? type::tile_name.sized(17) : name.sized(28);
    const Type low_lines = phone ? type::small.lined(1.25f) : lines;
    const float name_height = ui.measure(t.name, low_name, words.w).h;
    float lines_height = ui.measure(t.lines, low_lines, words.w).h;
    if (name_height + lines_height > words.h) lines_height = 0;  // the second line goes first
    const float top = words.y + (words.h - name_height - lines_height) / 2;
    ui.draw_text({words.x, top, words.w, name_height}, t.name, low_name);
    if (lines_height > 0) ui.draw_text({words.x, top + name_height, words.w, lines_height}, t.lines, low_lines);
    return tapped;
  }
  const float side = std::min(100.0f, r.w * 0.45f);
  tile(ui, {r.x + 24, r.y + 24, side, side}, t.section);
  if (!t.count.empty()) count_disc(ui, {r.end() - 22, r.y + 24}, t.section, t.count);
  if (t.steps_done >= 0) step_dots(ui, {r.end() - 22, r.y + 38}, t.section, t.steps_done, 4);
  const float top = r.y + 24 + side + 18, width = r.w - 24 - 12;
  const float name_height = std::min(ui.measure(t.name, name, width).h, ui.line_height(name) * 2);
  ui.draw_text({r.x + 24, top, width, name_height}, t.name, name);
  const float below = top + name_height + 4, room = r.bottom() - 8 - below;
  if (room >= ui.line_height(lines)) ui.draw_text({r.x + 24, below, width, room}, t.lines, lines);
  return tapped;
}

Tapped person_choice(Ui& ui, Rect r, Person p, std::string_view room, std::string_view spoken, bool selected) {
  const Tapped tapped = ui.target(r, Role::button, spoken, {.selected = selected});
  if (selected)
    selected_card(ui, r);
  else
    card(ui, r);
  if (tapped.press > 0 && !selected) ui.fill(r.inset(2), tapped.between(ui.theme().surface, ui.theme().sand), 22);
  const Type words = type::small.lined(1.2f).middle().in(ui.theme().ink2);
  const float line = ui.line_height(words), side = std::min(88.0f, r.h - line - 24);
  const float top = r.y + (r.h - side - line) / 2;
  person_disc(ui, {r.x + (r.w - side) / 2, top, side, side}, p);
  ui.draw_text({r.x + 6, top + side, r.w - 12, line}, room, words);
  return tapped;
}

void sum_line(Ui& ui, Rect r, std::string_view label, std::string_view amount, const Type& type, const Type& amount_type) {
  ui.node(Role::text, r, label, amount);
  const Type set = amount_type.left_to_right().at_end();
  const float w = ui.measure(amount, set).w;
  ui.draw_text_middle({r.end() - w, r.y, w, r.h}, amount, set);
  ui.draw_text_middle({r.x, r.y, r.w - w - 12, r.h}, label, type);
}

}  // namespace huisbord::ui
