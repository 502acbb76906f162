// SPDX-License-Identifier: GPL-3.0-or-later
// The on-screen keyboard of mockup 13: Latin, Arabic and digits; always left to right, as keyboards are.
#include <algorithm>
#include <array>
#include <span>

#include "app/kiosk/widgets/keypad.h"
#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

using Rows = std::array<std::u32string_view, 3>;

constexpr Rows latin{U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};
constexpr Rows latin_shifted{U"QWERTYUIOP", U"ASDFGHJKL", U"ZXCVBNM"};
constexpr Rows arabic{U"ضصثقفغعهخحجد", U"شسيبلاتنمكط", U"ئءؤرىةوزظذ"};
constexpr Rows arabic_shifted{U"ضصثقفغعهخحجد", U"شسيبلأإآمكط", U"ئءؤرىةوزظذ"};
constexpr Rows digits{U"1234567890", U"-/:;()€&@\"", U".,?!'_#+"};

const Rows& rows_of(const KeyboardState& state) {
  if (state.digits) return digits;
  if (direction_of(state.layout) == Direction::right_to_left) return state.shift ? arabic_shifted : arabic;
  return state.shift ? latin_shifted : latin;
}

std::string utf8(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

struct KeyLook {
  Icon icon = icon::none;
  bool function = false;
  Type type{.size = 34, .line = 1, .align = Align::middle, .fixed = true};
};

Tapped key(Ui& ui, Rect r, std::string_view name, std::string_view drawn, const KeyLook& look) {
  const Theme& t = ui.theme();
  const Tapped tapped = ui.target(r, Role::key, name);
  ui.fill(r, tapped.between(look.function ? t.key_grey : t.surface, t.ink), 16);
  if (t.bordered && !tapped.pressed) ui.outline(r, t.edge, 3, 16);
  const Colour words = tapped.between(t.ink, t.paper);
  draw_label(ui, r.inset(r.w < 48 ? 2.0f : 6.0f, 2), {drawn, look.icon, 40 / ui.icon_side(1), 12, look.type, false}, words);
  return tapped;
}

constexpr Type word{.size = 24, .line = 1.2f, .weight = Weight::bold, .align = Align::middle, .fixed = true};

}  // namespace

Rect keyboard_rect(const Ui& ui) {
  const Rect page = ui.page();
  const float high = ui.is_small() ? 322.0f : 400.0f;
  return {0, page.h - high, page.w, high};
}

KeyPress keyboard(Ui& ui, KeyboardState& state, const KeyboardWords& words) {
  const Theme& t = ui.theme();
  const Rect r = keyboard_rect(ui);
  auto upright = ui.unmirrored(r);
  ui.fill(r, t.sand);
  ui.line(r.x, r.y, r.w, t.line, 2);
  const float gap = std::min(10.0f, r.w / 128);
  const bool low = ui.is_small();
  std::vector<Rect> lines = rows({r.x + 16, r.y + (low ? 8.0f : 18.0f), r.w - 32, r.h - (low ? 16.0f : 34.0f)}, 4, low ? 6.0f : 10.0f);
  const Rows& keys = rows_of(state);
  const float across = static_cast<float>(keys[0].size());
  const float unit = (lines[0].w - gap * (across - 1)) / across;
  KeyLook letter_key;
  letter_key.type.size = std::min(letter_key.type.size, unit * 0.85f);  // so that the widest has room and none is smaller than the others
  KeyPress press;
  const auto letters = [&](Rect line, std::u32string_view row) {
    const std::vector<Rect> places = columns(line, static_cast<int>(row.size()), gap);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string letter = utf8(row[i]);
      if (key(ui, places[i], letter, letter, letter_key)) press = {KeyPress::Kind::character, row[i]};
    }
  };
  letters(lines[0], keys[0]);
  const float side = keys[1].size() < keys[0].size() ? (unit + gap) * (across - static_cast<float>(keys[1].size())) / 2 : 0;
  letters(lines[1].inset(side, 0), keys[1]);
  Rect third = lines[2];
  const float wide = (third.w - gap * static_cast<float>(keys[2].size() + 1)) / (static_cast<float>(keys[2].size()) + 3) * 1.5f;
  if (key(ui, third.cut_start(wide, gap), words.shift, "", {.icon = icon::keyboard_capslock, .function = true})) state.shift = !state.shift;
  if (key(ui, third.cut_end(wide, gap), words.erase, "", {.icon = icon::backspace, .function = true})) press.kind = KeyPress::Kind::erase;
  letters(third, keys[2]);

  Rect last = lines[3];
  const bool narrow = r.w < 600;  // a word has no room there
  const float k = narrow ? 0.5f : std::min(1.0f, r.w / 1280);
  const std::string_view other = state.digits ? words.letters : words.digits;
  const std::string_view drawn = !narrow ? other : state.digits ? "abc" : "123";
  if (key(ui, last.cut_start(120 * k, gap), other, drawn, {.function = true, .type = word})) state.digits = !state.digits;
  if (!words.other_layout.empty()) {
    auto spoken = ui.language(words.other_layout);
    if (key(ui, last.cut_start(212 * k, gap), words.other_label, words.other_label,
            {.icon = icon::language, .function = true, .type = word}))
      state.layout = words.other_layout;
  }
  if (key(ui, last.cut_end(150 * k, gap), words.enter, "", {.icon = icon::keyboard_return, .function = true}))
    press.kind = KeyPress::Kind::enter;
  if (key(ui, last.cut_end(96 * k, gap), "?", "?", {})) press = {KeyPress::Kind::character, U'?'};
  if (key(ui, last.cut_end(96 * k, gap), ".", ".", {})) press = {KeyPress::Kind::character, U'.'};
  if (key(ui, last, words.space, words.space_label, {.type = word.regular()})) press = {KeyPress::Kind::character, U' '};
  if (press.kind == KeyPress::Kind::character) state.shift = false;
  return press;
}

}  // namespace huisbord::ui
