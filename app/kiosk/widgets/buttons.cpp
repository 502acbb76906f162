// SPDX-License-Identifier: GPL-3.0-or-later
// Draws things to press and tells when they were tapped.
#include "app/kiosk/widgets/buttons.h"

#include <algorithm>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

struct Tones {
  Colour ground{0, 0, 0, 0}, border{0, 0, 0, 0}, words;
};

Tones tones_of(const Ui& ui, const Button& b, bool pressed) {
  const Theme& t = ui.theme();
  const SectionColours& s = t.of(b.section);
  switch (b.kind) {
    case ButtonKind::primary:
      return {pressed ? pressed_tone(s.deep) : s.deep, {0, 0, 0, 0}, s.on_deep};
    case ButtonKind::secondary:
      if (t.bordered && pressed) return {s.deep, s.deep, s.on_deep};
      return {pressed ? s.tint : t.surface, s.deep, s.deep};
    case ButtonKind::quiet:
      if (pressed) return {t.ink, {0, 0, 0, 0}, t.paper};
      return {t.sand, t.bordered ? t.edge : Colour{0, 0, 0, 0}, t.ink};
    case ButtonKind::inverse:
      if (t.bordered) return {pressed ? pressed_tone(s.deep) : s.deep, {0, 0, 0, 0}, s.on_deep};
      return {pressed ? s.tint : Colour::white(), {0, 0, 0, 0}, s.deep};
    case ButtonKind::ghost:
      if (t.bordered) return {pressed ? pressed_tone(s.deep) : t.surface, s.deep, s.deep};
      return {pressed ? pressed_tone(s.deep) : Colour{0, 0, 0, 0}, Colour::white(), Colour::white()};
  }
  return {};
}

Type words_of(const Button& b) {
  const Type body = type::body.bold().lined(1.15f);
  return b.type_size == body.size ? body : body.sized(b.type_size);
}

float icon_size_of(const Rect& r, const Button& b) { return b.icon_size > 0 ? b.icon_size : r.h < 76 ? 36.0f : 40.0f; }

Tapped ground(Ui& ui, Rect r, const Button& b, Tones& look) {
  const Tapped tapped = ui.target(r, Role::button, b.label, {.selected = b.selected, .disabled = b.dead});
  look = tones_of(ui, b, false);
  if (tapped.press > 0) {
    const Tones pressed = tones_of(ui, b, true);
    look = {tapped.between(look.ground, pressed.ground), tapped.between(look.border, pressed.border),
            tapped.between(look.words, pressed.words)};
  }
  if (b.dead) {
    look.words = ui.theme().ink2;
    ui.dashed(r, ui.theme().edge, 3, b.radius);
    return {};
  }
  const float stroke = ui.theme().button_stroke;
  const bool bordered = look.border.a != 0;
  if (look.ground.a != 0) ui.fill(bordered ? r.inset(1) : r, look.ground, bordered ? b.radius - 1 : b.radius);
  if (bordered) ui.outline(r, look.border, stroke, b.radius);
  if (b.selected) ui.outline(r.inset(-8), ui.theme().ink, 5, b.radius + 8);
  return tapped;
}

}  // namespace

float button_width(const Ui& ui, const Button& b) {
  const Label label{b.label, b.icon, b.icon_size > 0 ? b.icon_size : 40.0f, 14, words_of(b), b.icon_after};
  return label_width(ui, label) + 2 * b.padding + 6;
}

Tapped button(Ui& ui, Rect r, const Button& b) {
  Tones look;
  const Tapped tapped = ground(ui, r, b, look);
  const Label label{b.label, b.icon, icon_size_of(r, b), b.padding < 16 ? 12.0f : 14.0f, words_of(b), b.icon_after};
  const float padding = std::clamp((r.w - label_width(ui, label)) / 2, std::min(8.0f, b.padding), b.padding);
  draw_label(ui, r.inset(padding, 4), label, look.words);
  return tapped;
}

bool held_button(Ui& ui, Rect r, const Button& b) {
  const Tapped tapped = button(ui, r, b);
  if (!tapped.pressed) return false;
  const float share = std::min(1.0f, static_cast<float>(tapped.held_ms) / static_cast<float>(hold_ms));
  Rect bar{r.x + 20, r.bottom() - 16, r.w - 40, 8};
  ui.fill(bar.cut_start(bar.w * share), ui.theme().bordered ? ui.theme().ink : ui.theme().paper, 4);
  ui.wake_at({ui.now().value + 4 * frame_ms});
  return share >= 1;
}

Tapped square_button(Ui& ui, Rect r, const Button& b) {
  Tones look;
  const Tapped tapped = ground(ui, r, b, look);
  ui.icon(b.icon, r.centre(), icon_size_of(r, b), look.words);
  return tapped;
}

Tapped back_button(Ui& ui, Rect r, std::string_view label) {
  return square_button(ui, r, {.label = label, .icon = icon::arrow_back, .kind = ButtonKind::quiet, .icon_size = 40});
}

Tapped tab(Ui& ui, Rect r, std::string_view label, Icon i, bool selected) {
  const Theme& t = ui.theme();
  const Tapped tapped = ui.target(r, Role::tab, label, {.selected = selected});
  const bool dark = selected || tapped.pressed;
  ui.fill(r, dark ? t.ink : tapped.between(t.sand, t.ink), 20);
  if (t.bordered && !dark) ui.outline(r, t.edge, t.card_stroke, 20);
  draw_label(ui, r.inset(8, 4), {label, i, 32, 10, type::body.bold().lined(1.15f), false}, dark ? t.paper : tapped.between(t.ink, t.paper));
  return tapped;
}

Tapped choice(Ui& ui, Rect r, std::string_view label, bool selected, std::string_view language, Icon i) {
  const Theme& t = ui.theme();
  auto spoken = ui.language(language.empty() ? std::string_view(ui.look().language) : language);
  const Tapped tapped = ui.target(r, Role::button, label, {.selected = selected});
  ui.fill(r.inset(1), tapped.between(selected ? t.paper : t.surface, t.ink), 19);
  ui.outline(r, selected ? t.ink : t.edge, selected ? 5.0f : 2.0f, 20);
  draw_label(ui, r.inset(10, 4), {label, i, 32, 10, type::label.bold().lined(1.2f), false}, tapped.between(t.ink, t.paper));
  return tapped;
}

int stepper(Ui& ui, Rect r, std::string_view name, std::string_view value, StepperWords words, bool can_less, bool can_more) {
  const Theme& t = ui.theme();
  auto inside = ui.group(Role::stepper, r, name);
  ui.fill(r, t.sand, 20);
  if (t.bordered) ui.outline(r, t.edge, t.card_stroke, 20);
  Rect middle = r;
  const Rect less = middle.cut_start(76), more = middle.cut_end(76);
  int change = 0;
  const auto end = [&](Rect place, std::string_view word, Icon i, bool can, int by) {
    const Tapped tapped = ui.target(place, Role::button, word, {.disabled = !can});
    if (tapped.press > 0) ui.fill(place, tapped.between(t.sand, t.ink), 20);
    ui.icon(i, place.centre(), 40, !can ? t.edge : tapped.between(t.ink, t.paper));
    if (tapped) change = by;
  };
  end(less, words.less, icon::remove, can_less, -1);
  end(more, words.more, icon::add, can_more, 1);
  ui.text_middle(middle, value, type::lead.bold().middle().left_to_right());
  return change;
}

}  // namespace huisbord::ui
