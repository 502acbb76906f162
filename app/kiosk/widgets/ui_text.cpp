// SPDX-License-Identifier: GPL-3.0-or-later
// Setting text: which size, where lines break, what to do when it does not fit, and the glyphs at their pixels.
#include <algorithm>
#include <cmath>

#include "app/kiosk/widgets/ui.h"
#include "app/kiosk/widgets/ui_inside.h"

namespace huisbord::ui {
namespace {

constexpr float smallest = 0.7f, step = 0.05f;
constexpr float slack = 0.75f;  // of measured widths, in logical units: rounding must not break a line

}  // namespace

float Ui::Inside::size_of(const Type& type) const {
  if (type.fixed) return type.size;
  return type.size * factor_of(canvas.look.text_size) * (canvas.viewport.form == Form::phone && !type.exact ? phone_share : 1.0f);
}

Ui::Inside::Set Ui::Inside::set(std::string_view text, const Type& type, float width, float shrink) {
  const std::string_view code = type.language.empty() ? language() : type.language;
  const Direction direction = type.direction.value_or(direction_of(code));
  Set made;
  made.size = size_of(type) * shrink;
  made.line = made.size * (type.line > 0 ? type.line : line_factor(code));
  const float wrap = width > 0 ? (width + slack) / made.size : 0;
  made.shaped = &canvas.shaper.shape({text, code, direction, type.weight == Weight::bold, wrap});
  made.height = made.line * static_cast<float>(made.shaped->lines.size());
  made.too_wide = width > 0 && made.shaped->width > wrap + 0.01f;
  return made;
}

float Ui::Inside::draw(Rect r, std::string_view text, const Type& type, bool middle) {
  if (text.empty()) return 0;
  const Rect place = physical(r);
  if (r.w > 0 && !visible({place.x, place.y, place.w, std::max(place.h, 1.0f)})) return 0;
  const auto fits = [&](const Set& s) {
    // A line may be a little higher than its place, glyphs are lower than lines; several lines may not.
    const float room = r.h + s.line * 0.3f;
    return !s.too_wide && (r.h <= 0 || s.height <= room);
  };
  Set s = set(text, type, r.w, 1);
  const float least = type.fixed ? smallest : std::min(smallest, 1 / factor_of(canvas.look.text_size));
  for (float shrink = 1 - step; !fits(s) && shrink > least - 0.01f; shrink -= step) s = set(text, type, r.w, shrink);
  if (!fits(s)) ++overflows;

  const float scale = canvas.viewport.scale;
  const float pixels = s.size * scale;
  const float ascent = std::round(canvas.shaper.ascent() * pixels), descent = std::round(canvas.shaper.descent() * pixels);
  const float top = middle ? place.y + (place.h - s.height) / 2 : place.y;
  const Colour colour = type.colour.value_or(theme_of(canvas.look.contrast).ink);
  for (std::size_t i = 0; i < s.shaped->lines.size(); ++i) {
    const ShapedLine& line = s.shaped->lines[i];
    const float width = line.width * s.size;
    float x = place.x;
    const bool at_right = (type.align == Align::end) != places.mirrored;
    if (type.align == Align::middle)
      x += (place.w - width) / 2;
    else if (at_right)
      x += place.w - width;
    const float line_top = (top + static_cast<float>(i) * s.line) * scale;
    const int baseline = static_cast<int>(std::lround(line_top + std::floor((s.line * scale - ascent - descent) / 2) + ascent));
    for (std::uint32_t g = 0; g < line.count; ++g)
      canvas.painter.glyph(s.shaped->glyphs[line.first + g], x * scale, baseline, pixels, colour);
  }
  return s.height;
}

Size Ui::measure(std::string_view text, const Type& type, float width) const {
  if (text.empty()) return {0, 0};
  const Inside::Set s = inside_->set(text, type, width, 1);
  return {s.shaped->width * s.size, s.height};
}

float Ui::line_height(const Type& type) const {
  const std::string_view code = type.language.empty() ? inside_->language() : type.language;
  return inside_->size_of(type) * (type.line > 0 ? type.line : line_factor(code));
}

float Ui::draw_text(Rect r, std::string_view text, const Type& type) { return inside_->draw(r, text, type, false); }
float Ui::draw_text_middle(Rect r, std::string_view text, const Type& type) { return inside_->draw(r, text, type, true); }

float Ui::text(Rect r, std::string_view text, const Type& type, Role role) {
  const float height = draw_text(r, text, type);
  const std::string_view code = type.language;
  if (!code.empty()) {
    auto inside = language(code);
    node(role, {r.x, r.y, r.w, std::max(height, r.h)}, text);
  } else {
    node(role, {r.x, r.y, r.w, std::max(height, r.h)}, text);
  }
  return height;
}

float Ui::text_middle(Rect r, std::string_view text, const Type& type, Role role) {
  const float height = draw_text_middle(r, text, type);
  if (!type.language.empty()) {
    auto inside = language(type.language);
    node(role, r, text);
  } else {
    node(role, r, text);
  }
  return height;
}

}  // namespace huisbord::ui
