// SPDX-License-Identifier: GPL-3.0-or-later
// What lies over a screen: the toast with undo, the confirm sheet, an empty sheet.
#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

float edge_of(const Ui& ui) { return ui.viewport().form == Form::phone ? 16.0f : 32.0f; }

struct ToastUndo {
  float ring, width;
};

ToastUndo undo_of(const Ui& ui, const Toast& t) {
  const float ring = ui.icon_side(44);
  return {ring, 31 + ring + 14 + ui.measure(t.undo, type::body.bold().lined(1.15f)).w + 31};
}

/// Large letters on a narrow page: the way back stands below what was said.
bool is_stacked(const Ui& ui, const Toast& t, float width) {
  if (t.undo.empty()) return false;
  const float room = width - 24 - ui.icon_side(36) - 16 - undo_of(ui, t).width - 16 - 8;
  return room < std::min(ui.measure(t.text, type::body.lined(1.2f)).w, 110 * ui.text_factor());
}

struct SheetParts {
  float tile = 80, question = 0, what = 0, until = 0, height = 0, words = 0, until_words = 0;
  Type question_type = type::lead.bold().sized(32).lined(1.2f), what_type = type::label.lined(1.35f), until_type = type::label.lined(1.33f);
};

SheetParts measure_sheet(const Ui& ui, float width, const ConfirmSheet& s) {
  SheetParts p;
  const float in = width - 64;
  if (ui.viewport().form == Form::phone) p.question_type = p.question_type.sized(24);
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
  const bool stacked = is_stacked(ui, t, r.w);
  Rect in{r.x + 24, r.y, r.w - 24 - 8, stacked ? r.h - 80 : r.h};
  const float mark = ui.icon_side(36);
  ui.icon(t.icon, in.cut_start(mark, 16).centre(), 36, theme.paper);
  Tapped tapped;
  if (!t.undo.empty()) {
    const ToastUndo undo = undo_of(ui, t);
    const Rect button_place =
        stacked ? Rect{r.x + 8, r.bottom() - 80, r.w - 16, 72} : in.cut_end(undo.width, 16).middle({undo.width, r.h - 16});
    tapped = ui.target(button_place, Role::button, t.undo);
    const Colour brown = theme.bordered ? theme.paper : Colour::hex(0x4D433A), words = theme.bordered ? theme.ink : theme.paper;
    ui.fill(button_place, tapped.between(brown, pressed_tone(brown)), 20);
    const Point centre{button_place.x + 31 + undo.ring / 2, button_place.centre().y};
    ui.countdown(centre, undo.ring / 2, 5 * undo.ring / 44, t.left, Colour::hex(0x6A5848), words);
    ui.icon_fixed(icon::undo, centre, 24 * undo.ring / 44, words);
    const float x = button_place.x + 31 + undo.ring + 14;
    ui.draw_text_middle({x, button_place.y, button_place.end() - x - 8, button_place.h}, t.undo, type::body.bold().lined(1.15f).in(words));
  }
  ui.draw_text_middle(in, t.text, type::body.lined(1.2f).in(theme.paper));
  return tapped;
}

Tapped toast(Ui& ui, const Toast& t) {
  const Rect page = ui.page();
  const float edge = edge_of(ui), most = page.w - 2 * edge;
  const bool stacked = is_stacked(ui, t, most);
  const float undo = t.undo.empty() || stacked ? 0 : undo_of(ui, t).width + 16;
  const float around = 24 + ui.icon_side(36) + 16 + undo + 8;
  const float words = ui.measure(t.text, type::body.lined(1.2f)).w + 2;
  const float w = std::clamp(around + words, std::min(600.0f, most), most);
  const float h = std::max(88.0f, ui.measure(t.text, type::body.lined(1.2f), w - around).h + 24) + (stacked ? 80.0f : 0.0f);
  return toast(ui, {edge, page_parts(ui).bar.y - 16 - h, w, h}, t);
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
