// SPDX-License-Identifier: GPL-3.0-or-later
// Draws tracks, steps, blocks, the rota's cells and QR codes out of fills.
#include "app/kiosk/widgets/progress.h"

#include <algorithm>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {

void track(Ui& ui, Rect r, Section s, float share, std::string_view name, std::string_view value) {
  ui.node(Role::progress, r, name, value);
  const Theme& t = ui.theme();
  ui.fill(r, t.sand, r.h / 2);
  if (t.bordered) ui.outline(r, t.edge, 2, r.h / 2);
  const float length = r.w * std::clamp(share, 0.0f, 1.0f);
  if (length <= 0) return;
  // The end is cut straight, the start has the track's roundness.
  auto cut = ui.clip({r.x, r.y, length, r.h});
  ui.fill(r, t.of(s).main, r.h / 2);
}

void step_line(Ui& ui, Rect r, Section s, std::span<const Step> steps, std::string_view name) {
  const Theme& t = ui.theme();
  const SectionColours& c = t.of(s);
  auto group = ui.group(Role::progress, r, name);
  const std::vector<Rect> places = columns(r, static_cast<int>(steps.size()), 8);
  const float middle = r.y + 18;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const float from = places[i].centre().x + 18, to = places[i + 1].centre().x - 18;
    ui.fill({from, middle - 2, to - from, 4}, steps[i + 1].done ? c.deep : t.line);
  }
  const bool finished = std::ranges::all_of(steps, &Step::done);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Point centre{places[i].centre().x, middle};
    const Colour deep = finished ? t.of(Section::tasks).deep : c.deep;
    if (steps[i].done) {
      ui.circle(centre, 18, deep);
      ui.icon_fixed(icon::check, centre, 26, c.on_deep);
    } else {
      ui.circle(centre, 18, t.surface);
      ui.ring(centre, 18, 3, deep);
    }
    ui.text({places[i].x, r.y + 42, places[i].w, r.h - 42}, steps[i].label, type::small.middle().lined(1.2f).in(t.ink));
  }
}

void blocks(Ui& ui, Point start_top, int filled, int all, Colour c, std::string_view name) {
  const float step = 27;
  ui.node(Role::progress, {start_top.x, start_top.y, step * static_cast<float>(all), 20}, name,
          std::to_string(filled) + " / " + std::to_string(all));
  for (int i = 0; i < all; ++i) {
    const Rect block{start_top.x + step * static_cast<float>(i), start_top.y, 20, 20};
    if (i < filled)
      ui.fill(block, c, 6);
    else if (ui.theme().bordered)
      ui.outline(block, ui.theme().edge, 2, 6);
    else
      ui.fill(block, ui.theme().sand, 6);
  }
}

Tapped rota_cell(Ui& ui, Rect r, Section s, const RotaCell& cell) {
  const Theme& t = ui.theme();
  const SectionColours& c = t.of(s);
  const bool tappable = cell.kind == RotaKind::mine || cell.kind == RotaKind::open || cell.kind == RotaKind::swap;
  Tapped tapped;
  if (tappable)
    tapped = ui.target(r, Role::cell, cell.name, {.selected = cell.selected});
  else
    ui.node(Role::cell, r, cell.name);
  const float radius = 16;
  const auto number = [&](Rect place, const Type& type) { ui.draw_text_middle(place, cell.room, type.middle().left_to_right()); };
  switch (cell.kind) {
    case RotaKind::room:
      ui.fill(r, t.bg, radius);
      if (t.bordered) ui.outline(r, t.edge, 2, radius);
      number(r.inset(2, 0), type::lead.bold().in(t.ink));
      break;
    case RotaKind::done:
      draw_label(ui, r.inset(2, 0), {cell.room, icon::check, 30, 2, type::body.sized(26).left_to_right(), false}, t.ink2);
      break;
    case RotaKind::mine:
      ui.fill(r, tapped.between(c.deep, pressed_tone(c.deep)), radius);
      if (cell.me) {
        const float side = std::min({48.0f, r.w - 8, r.h - 8});
        person_disc(ui, r.middle({side, side}), *cell.me);
      } else {
        number(r, type::lead.bold().in(c.on_deep));
      }
      break;
    case RotaKind::open:
      if (cell.selected)
        ui.fill(r, c.tint, radius);
      else
        ui.fill(r.inset(1), tapped.between(t.surface, c.tint), radius);
      if (!cell.selected) ui.dashed(r, c.deep, 3, radius);
      ui.icon(icon::front_hand, r.centre(), 38, c.deep);
      break;
    case RotaKind::swap:
      ui.fill(r.inset(1), tapped.between(t.surface, c.tint), radius);
      ui.outline(r, t.edge, 3, radius);
      draw_label(ui, r.inset(2, 0), {cell.room, icon::swap_horiz, 32, 4, type::body.bold().left_to_right(), false}, t.ink);
      break;
  }
  if (cell.selected) ui.outline(r, t.ink, 5, radius);
  return tapped;
}

void rota_day(Ui& ui, Rect r, std::string_view weekday, std::string_view number, bool today) {
  const Theme& t = ui.theme();
  ui.node(Role::heading, r, weekday, number, {.selected = today});
  if (today) ui.fill(r, t.ink, 16);
  const Colour words = today ? t.paper : t.ink;
  const Type day = type::label.bold().sized(21).lined(1.1f).middle().in(words),
             date = type::small.lined(1.1f).middle().left_to_right().in(words);
  const float day_height = ui.line_height(day), date_height = ui.line_height(date);
  const float top = r.y + (r.h - day_height - date_height) / 2;
  ui.draw_text({r.x + 1, top, r.w - 2, day_height}, weekday, day);
  ui.draw_text({r.x, top + day_height, r.w, date_height}, number, date);
}

void rota_place(Ui& ui, Rect r, Section s, Icon place, std::string_view name) {
  const SectionColours& c = ui.colours(s);
  ui.node(Role::heading, r, name);
  ui.fill(r, c.tint, 16);
  if (ui.theme().bordered) ui.outline(r, c.main, 2, 16);
  ui.icon_fixed(place, r.centre(), std::min(44.0f, r.h * 0.62f), c.deep);
}

void qr(Ui& ui, Rect r, const QrMatrix& m, std::string_view name) {
  ui.node(Role::image, r, name);
  if (m.side <= 0 || m.modules.size() < static_cast<std::size_t>(m.side * m.side)) return;
  auto upright = ui.unmirrored(r);
  ui.fill(r, Colour{255, 255, 255, 255});
  // A module is a whole number of device pixels: cameras read even edges.
  const float scale = ui.viewport().scale;
  const float pixels = std::max(1.0f, static_cast<float>(static_cast<int>(std::min(r.w, r.h) * scale / static_cast<float>(m.side + 8))));
  const float module = pixels / scale;
  const float left = static_cast<float>(static_cast<int>((r.x + (r.w - module * static_cast<float>(m.side)) / 2) * scale)) / scale;
  const float top = static_cast<float>(static_cast<int>((r.y + (r.h - module * static_cast<float>(m.side)) / 2) * scale)) / scale;
  for (int y = 0; y < m.side; ++y)
    for (int x = 0; x < m.side;) {
      const auto dark = [&](int at) { return m.modules[static_cast<std::size_t>(y * m.side + at)]; };
      int stop = x;
      while (stop < m.side && dark(stop)) ++stop;
      if (stop > x)
        ui.fill(
            {left + static_cast<float>(x) * module, top + static_cast<float>(y) * module, static_cast<float>(stop - x) * module, module},
            Colour::hex(0x211A15));
      x = stop + 1;
    }
}

}  // namespace huisbord::ui
