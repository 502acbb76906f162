// SPDX-License-Identifier: GPL-3.0-or-later
// The bottom bar in its two arrangements, and the stop button with the ring of the automatic sign-out.
#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

constexpr Colour soon_track = Colour::hex(0xB98414);
constexpr float button_start = 20, button_end = 24, dots_gap = 14;

float dots_width(const Ui& ui) { return ui.icon_side(10) * 3 + ui.icon_side(6) * 2; }

void letter_dots(Ui& ui, Point start_middle, TextSize shown, Colour c) {
  const float d = ui.icon_side(10), step = ui.icon_side(16);
  const int on = std::max(1, std::min(3, static_cast<int>(shown) + 1));
  for (int i = 0; i < 3; ++i) {
    const Point centre{start_middle.x + d / 2 + static_cast<float>(i) * step, start_middle.y};
    if (i < on)
      ui.circle(centre, d / 2, c);
    else
      ui.ring(centre, d / 2, 2, c);
  }
}

struct Item {
  BarTap tap;
  Icon icon;
  std::string_view word;
  bool dots = false, shows_word = true, tight = false;
};

float item_width(const Ui& ui, const Item& item) {
  if (item.tight) return std::max(72.0f, ui.icon_side(36) + 16);
  float w =
      ui.icon_side(36) + (item.shows_word ? button_start + 14 + ui.measure(item.word, type::label.bold()).w + button_end : 2 * button_end);
  if (item.dots) w += dots_gap + dots_width(ui);
  return w;
}

Tapped draw_item(Ui& ui, Rect r, const Item& item, TextSize letters) {
  const Theme& t = ui.theme();
  const Tapped tapped = ui.target(r, Role::button, item.word);
  ui.fill(r, tapped.between(t.sand, t.ink), 20);
  if (t.bordered && !tapped.pressed) ui.outline(r, t.edge, t.card_stroke, 20);
  const Colour words = tapped.between(t.ink, t.paper);
  const float side = ui.icon_side(36);
  if (item.tight) {
    ui.icon(item.icon, r.centre(), 36, words);
    return tapped;
  }
  float x = r.x + (item.shows_word ? button_start : button_end);
  ui.icon(item.icon, {x + side / 2, r.centre().y}, 36, words);
  x += side + 14;
  if (item.shows_word) {
    const float w = ui.measure(item.word, type::label.bold()).w;
    ui.draw_text_middle({x, r.y, w, r.h}, item.word, type::label.bold().in(words));
    x += w + dots_gap;
  }
  if (item.dots) letter_dots(ui, {x, r.centre().y}, letters, words);
  return tapped;
}

struct StopWords {
  Type word = type::label.bold(), time = type::small.lined(1.2f);  // the word with its script's own line: Arabic needs it
};

Tapped draw_stop(Ui& ui, Rect r, const BottomBar& bar, bool with_time) {
  const Theme& t = ui.theme();
  const SectionColours& amber = t.of(Section::leefgeld);
  const Tapped tapped = ui.target(r, Role::button, bar.stop, {}, bar.stop_time);
  ui.node(Role::timer, r, bar.stop_time);
  const Colour rest = bar.stop_soon ? amber.main : t.ink;
  const Colour ground = tapped.between(rest, t.bordered || bar.stop_soon ? pressed_tone(rest) : Colour{0, 0, 0, 255});
  const Colour words = bar.stop_soon ? amber.on : t.paper;
  const Colour ring_track = bar.stop_soon ? soon_track : t.bordered ? Colour::hex(0x999999) : Colour::hex(0x4D433A);
  ui.fill(r, ground, 20);
  const float side = std::min(r.h - 16, 56 * ui.icon_factor());
  const Point centre{r.x + 12 + side / 2, r.centre().y};
  ui.countdown(centre, side / 2, 6 * side / 56, bar.stop_left, ring_track, words);
  ui.icon_fixed(icon::logout, centre, 27 * side / 56, words);
  const float x = r.x + 12 + side + 14;
  const StopWords set;
  const float line = ui.line_height(set.word), time = with_time && !bar.stop_time.empty() ? ui.line_height(set.time) : 0;
  const float top = r.y + (r.h - line - time) / 2;
  const float w = r.end() - x - 8;
  ui.draw_text({x, top, w, line}, bar.stop, set.word.in(words));
  if (time > 0) ui.draw_text({x, top + line, w, time}, bar.stop_time, set.time.in(bar.stop_soon ? words : t.onink2));
  return tapped;
}

bool shows_time(const Ui& ui) { return ui.look().text_size < TextSize::larger; }

BarTap phone_bar(Ui& ui, Rect r, const BottomBar& bar) {
  const Theme& t = ui.theme();
  std::vector<Item> items;
  for (const Item& item : {Item{BarTap::home, icon::home, bar.home}, Item{BarTap::language, icon::language, bar.language},
                           Item{BarTap::read_aloud, icon::volume_up, bar.read_aloud}, Item{BarTap::letters, icon::format_size, bar.letters},
                           Item{BarTap::stop, icon::logout, bar.stop}})
    if (!item.word.empty()) items.push_back(item);
  const std::vector<Rect> cells = columns({r.x + 6, r.y + 6, r.w - 12, 76}, static_cast<int>(items.size()), 4);
  const bool words = ui.look().text_size == TextSize::normal;
  BarTap tap = BarTap::none;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool is_stop = items[i].tap == BarTap::stop, here = items[i].tap == BarTap::home && bar.at_home;
    const Tapped tapped =
        ui.target(cells[i], Role::button, items[i].word, {.selected = here}, is_stop ? bar.stop_time : std::string_view{});
    const bool amber = is_stop && bar.stop_soon;
    const Colour ink = tapped.pressed ? t.paper : amber ? t.of(Section::leefgeld).on : t.ink;
    if (tapped.pressed || here || amber) ui.fill(cells[i], tapped.pressed ? t.ink : amber ? t.of(Section::leefgeld).main : t.sand, 16);
    const float side = ui.icon_side(40);
    if (!words) {
      ui.icon(items[i].icon, cells[i].centre(), 40, ink);
    } else {
      const Type set = (here ? type::small.bold() : type::small).lined(1.1f).middle().in(ink);
      const float line = ui.line_height(set), top = cells[i].y + (cells[i].h - side - 3 - line) / 2;
      ui.icon(items[i].icon, {cells[i].centre().x, top + side / 2}, 40, ink);
      ui.draw_text({cells[i].x, top + side + 3, cells[i].w, line}, items[i].word, set);
    }
    if (tapped) tap = items[i].tap;
  }
  return tap;
}

BarTap stay_button(Ui& ui, Rect r, const BottomBar& bar) {
  return button(ui, r, {.label = bar.stay, .kind = ButtonKind::secondary, .section = Section::team, .padding = 20}) ? BarTap::stay
                                                                                                                    : BarTap::none;
}

}  // namespace

float stop_width(const Ui& ui, const BottomBar& bar) {
  const StopWords set;
  const float time = shows_time(ui) ? ui.measure(bar.stop_time, set.time).w : 0;
  return 12 + 56 * ui.icon_factor() + 14 + std::max(ui.measure(bar.stop, set.word).w, time) + 26;
}

Tapped stop_button(Ui& ui, Rect r, const BottomBar& bar) { return draw_stop(ui, r, bar, shows_time(ui)); }

BarTap bottom_bar(Ui& ui, const BottomBar& bar) {
  const Theme& t = ui.theme();
  const Rect r = page_parts(ui).bar;
  auto group = ui.group(Role::group, r, {});
  ui.fill(r, t.surface);
  ui.line(r.x, r.y, r.w, t.line, t.card_stroke);
  const bool stay = bar.stop_soon && !bar.stay.empty();
  const Button stay_look{.label = bar.stay, .padding = 20};
  if (ui.is_phone()) {
    BarTap tap = phone_bar(ui, r, bar);
    if (stay) {
      const float w = button_width(ui, stay_look);
      if (const BarTap s = stay_button(ui, {r.end() - 16 - w, r.y - 80, w, 64}, bar); s != BarTap::none) tap = s;
    }
    return tap;
  }
  const bool small = ui.is_small();
  Rect in = r.inset(small ? 20.0f : 32.0f, 0);
  const float h = r.h - (small ? 14.0f : ui.look().text_size >= TextSize::larger ? 32.0f : 24.0f);
  in = {in.x, r.y + (r.h - h) / 2 + 1, in.w, h};
  BarTap tap = BarTap::none;
  if (!bar.stop.empty()) {
    const float w = stop_width(ui, bar);
    if (stop_button(ui, in.cut_end(w, 12), bar)) tap = BarTap::stop;
    if (stay) {
      if (const BarTap s = stay_button(ui, in.cut_end(button_width(ui, stay_look), 12), bar); s != BarTap::none) tap = s;
    }
  }
  std::vector<Item> items;
  for (const Item& item :
       {Item{BarTap::home, icon::home, bar.home}, Item{BarTap::language, icon::language, bar.language},
        Item{BarTap::read_aloud, icon::volume_up, bar.read_aloud}, Item{BarTap::letters, icon::format_size, bar.letters, true}})
    if (!item.word.empty()) items.push_back(item);
  // Words go from the far end until all fit; start keeps its word longest (visual-language 10).
  const auto width = [&] {
    float w = 12 * static_cast<float>(items.size() - 1);
    for (const Item& item : items) w += item_width(ui, item);
    return w;
  };
  const bool help = bar.stop.empty() && !bar.help_title.empty();
  const float help_width = help ? std::max(ui.measure(bar.help_title, type::small.bold()).w, ui.measure(bar.help_text, type::small).w) : 0;
  const float help_room = help ? std::min(help_width, 320.0f) + 14 + ui.icon_side(44) + 16 : 0;
  if (!items.empty()) {
    for (std::size_t i = items.size(); i-- > 1;) {
      if (width() + help_room <= in.w && ui.look().text_size < TextSize::larger) break;
      items[i].shows_word = false;
    }
    if (width() > in.w) items[0].shows_word = false;
    if (width() > in.w)
      for (Item& item : items) item.tight = true;
  }
  for (const Item& item : items) {
    const Rect place = in.cut_start(item_width(ui, item), 12);
    if (draw_item(ui, place, item, bar.letters_shown)) tap = item.tap;
  }
  if (help && in.w > 200) {
    const float side = ui.icon_side(44);
    const float words = std::min(help_width, in.w - side - 14);
    Rect place = in.cut_end(words + 14 + side);
    ui.icon(bar.help_icon, {place.x + side / 2, place.centre().y}, 44, t.ink);
    place.cut_start(side, 14);
    const Type title = type::small.bold().lined(1.3f), text = type::small.lined(1.3f);
    const float title_height = ui.measure(bar.help_title, title, place.w).h;
    if (small && title_height > place.h) return tap;  // the pictogram leads alone
    float text_height = ui.measure(bar.help_text, text, place.w).h;
    if (small && title_height + text_height > place.h + 8) text_height = 0;
    const float top = place.y + std::max(0.0f, (place.h - title_height - text_height) / 2);
    ui.text({place.x, top, place.w, title_height}, bar.help_title, title);
    if (text_height > 0) ui.text({place.x, top + title_height, place.w, text_height}, bar.help_text, text);
  }
  return tap;
}

}  // namespace huisbord::ui
