// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over a screen: the toast with undo, the confirm sheet, an empty sheet.
#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

float edge_of(const Ui& ui) { return ui.is_phone() ? 16.0f : 32.0f; }

/// Of a target.
float least_of(const Ui& ui) { return ui.is_phone() ? 56.0f : 72.0f; }

constexpr float toast_high = 88;
constexpr float toast_edge = 24;
constexpr Type toast_words = type::body.lined(1.2f);

/// What a toast shows beside its words: with little room the way back is its ring alone, then the pictogram goes.
struct ToastParts {
  float mark = 0, ring = 0, undo = 0;
  bool says_undo = true;
  [[nodiscard]] float around() const { return toast_edge + (mark > 0 ? mark + 16 : 0) + (undo > 0 ? undo + 16 : 0) + 8; }
};

ToastParts parts_of(const Ui& ui, const Toast& t, Size room) {
  const auto fits = [&](const ToastParts& p) {
    const float width = room.w - p.around();
    const Size words = width > 0 ? ui.measure(t.text, toast_words, width) : Size{0, room.h};
    return words.h <= room.h - 8 && words.w <= width + 1;
  };
  ToastParts p{.mark = ui.icon_side(36)};
  if (!t.undo.empty()) {
    p.ring = ui.icon_side(44);
    p.undo = 31 + p.ring + 14 + ui.measure(t.undo, type::body.bold().lined(1.15f)).w + 31;
  }
  if (!t.undo.empty() && !fits(p)) {
    p.undo = least_of(ui);
    p.ring = std::min(p.ring, p.undo - 12);
    p.says_undo = false;
  }
  if (!fits(p)) p.mark = 0;
  return p;
}

struct SheetParts {
  float tile = 80, question = 0, what = 0, until = 0, height = 0, words = 0, until_words = 0;
  Type question_type = type::lead.bold().sized(32).lined(1.2f), what_type = type::label.lined(1.35f), until_type = type::label.lined(1.33f);
};

SheetParts measure_sheet(const Ui& ui, float width, const ConfirmSheet& s) {
  SheetParts p;
  const float in = width - 64;
  if (ui.is_phone()) p.question_type = p.question_type.sized(24);
  p.words = in - p.tile - 20;
  p.question = ui.measure(s.question, p.question_type, p.words).h;
  p.what = ui.measure(s.what, p.what_type, p.words).h;
  p.until_words = in - ui.icon_side(30) - 10;
  p.until = s.until.empty() ? 0 : std::max(ui.icon_side(30), ui.measure(s.until, p.until_type, p.until_words).h);
  const float button_height = 80;
  p.height = 27 + std::max(p.tile, p.question + 4 + p.what) + (p.until > 0 ? 18 + p.until : 0) + 22 + button_height + 39;
  return p;
}

}  // namespace

Tapped toast(Ui& ui, Rect r, const Toast& t) {
  const Theme& theme = ui.theme();
  auto group = ui.group(Role::alert, r, t.text);
  ui.fill(r, theme.ink, 24);
  const ToastParts parts = parts_of(ui, t, {r.w, r.h});
  Rect in{r.x + toast_edge, r.y, r.w - toast_edge - 8, r.h};
  if (parts.mark > 0) ui.icon(t.icon, in.cut_start(parts.mark, 16).centre(), 36, theme.paper);
  Tapped tapped;
  if (!t.undo.empty()) {
    const Rect button_place = in.cut_end(parts.undo, 16).middle({parts.undo, std::max(least_of(ui), r.h - 16)});
    tapped = ui.target(button_place, Role::button, t.undo);
    const Colour brown = theme.bordered ? theme.paper : Colour::hex(0x4D433A), words = theme.bordered ? theme.ink : theme.paper;
    ui.fill(button_place, tapped.between(brown, pressed_tone(brown)), 20);
    const float before = parts.says_undo ? 31 : (button_place.w - parts.ring) / 2;
    const Point centre{button_place.x + before + parts.ring / 2, button_place.centre().y};
    ui.countdown(centre, parts.ring / 2, 5 * parts.ring / 44, t.left, Colour::hex(0x6A5848), words);
    ui.icon_fixed(icon::undo, centre, 24 * parts.ring / 44, words);
    const float x = button_place.x + before + parts.ring + 14;
    if (parts.says_undo)
      ui.draw_text_middle({x, button_place.y, button_place.end() - x - 8, button_place.h}, t.undo,
                          type::body.bold().lined(1.15f).in(words));
  }
  ui.draw_text_middle(in, t.text, toast_words.in(theme.paper));
  return tapped;
}

Tapped toast(Ui& ui, const Toast& t) {
  const PageParts page = page_parts(ui);
  // The header's band, as far as the content; what of it can be tapped (back, the badge that tells something) stays free.
  Rect band{page.header.x, 4, page.header.w, page.content.y - 6 - 4};
  float ground = band.end();  // so far the header gives way: no title looks out around it, only the badge stays
  for (const Node& node : ui.tree().nodes()) {
    const bool badge = node.role == Role::status;
    if ((!node.target && !badge) || node.rect.y >= band.bottom() || node.rect.bottom() <= band.y) continue;
    const float start = ui.right_to_left() ? ui.page().w - node.rect.end() : node.rect.x, end = start + node.rect.w;
    if (badge && start + end >= ui.page().w)
      ground = std::min(ground, start - 8);
    else if (!node.target)
      continue;
    else if (start + end < ui.page().w)
      band = {std::max(band.x, end + 12), band.y, band.end() - std::max(band.x, end + 12), band.h};
    else
      band.w = std::min(band.end(), start - 12) - band.x;
  }
  const ToastParts parts = parts_of(ui, t, {band.w, band.h});
  const float around = parts.around();
  const float w = std::clamp(around + ui.measure(t.text, toast_words).w + 2, std::min(600.0f, band.w), band.w);
  const float h = std::min(band.h, std::max(toast_high, ui.measure(t.text, toast_words, w - around).h + 8));
  const float y = std::clamp(page.header.centre().y - h / 2, band.y, band.bottom() - h);
  ui.fill({band.x, 0, std::max(w, std::min(ground, band.end()) - band.x), page.content.y - 2}, ui.theme().bg);
  return toast(ui, {band.x, y, w, h}, t);
}

SheetAnswer confirm_panel(Ui& ui, Rect r, const ConfirmSheet& s) {
  const Theme& t = ui.theme();
  const SheetParts p = measure_sheet(ui, r.w, s);
  auto group = ui.group(Role::dialog, r, s.question);
  ui.fill(r.inset(2), t.surface, 30);
  ui.outline(r, t.ink, 5, 32);
  Rect in{r.x + 32, r.y + 27, r.w - 64, r.h - 54};
  tile(ui, {in.x, in.y, p.tile, p.tile}, s.section, s.icon, TileTone::main, 50);
  const float x = in.x + p.tile + 20, head = std::max(p.tile, p.question + 4 + p.what);
  const float top = in.y + (head - p.question - 4 - p.what) / 2;
  ui.text({x, top, p.words, p.question}, s.question, p.question_type, Role::heading);
  ui.text({x, top + p.question + 4, p.words, p.what}, s.what, p.what_type);
  float y = in.y + head;
  if (p.until > 0) {
    const float side = ui.icon_side(30);
    y += 18;
    ui.icon(icon::undo, {in.x + side / 2, y + p.until / 2}, 30, t.ink);
    ui.text_middle({in.x + side + 10, y, p.until_words, p.until}, s.until, p.until_type);
    y += p.until;
  }
  Rect buttons{in.x, y + 22, in.w, 80};
  const float second =
      std::min(in.w * 0.45f, std::max(220.0f, button_width(ui, {.label = s.no, .icon = icon::arrow_back, .icon_size = 36, .padding = 12})));
  const Rect no = buttons.cut_end(second, 16);
  SheetAnswer answer = SheetAnswer::none;
  const Button yes{.label = s.yes, .icon = s.yes_icon, .section = s.section, .icon_size = 38, .padding = 12};
  if (s.hold ? held_button(ui, buttons, yes) : button(ui, buttons, yes).tapped) answer = SheetAnswer::yes;
  if (button(
          ui, no,
          {.label = s.no, .icon = icon::arrow_back, .kind = ButtonKind::secondary, .section = s.section, .icon_size = 36, .padding = 12}))
    answer = SheetAnswer::no;
  return answer;
}

SheetAnswer confirm_sheet(Ui& ui, const ConfirmSheet& s) {
  ui.shield();
  const Rect page = ui.page();
  ui.fill(page, ui.theme().sand);
  const float w = std::min(588 + 588 * (ui.text_factor() - 1) * 0.8f, page.w - 2 * edge_of(ui));
  return confirm_panel(ui, page.middle({w, measure_sheet(ui, w, s).height}), s);
}

Rect sheet(Ui& ui, Size size, std::string_view name) {
  ui.shield();
  const Rect page = ui.page();
  ui.fill(page, ui.theme().sand);
  const Rect r = page.middle({std::min(size.w, page.w - 2 * edge_of(ui)), std::min(size.h, page.h - 2 * edge_of(ui))});
  ui.node(Role::dialog, r, name);
  ui.fill(r.inset(2), ui.theme().surface, 30);
  ui.outline(r, ui.theme().ink, 5, 32);
  return r.inset(32, 29);
}

}  // namespace huisbord::ui
