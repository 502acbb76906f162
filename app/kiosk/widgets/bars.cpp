// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of every screen: its parts, header and sync badge. The bottom bar and the sheets have files of their own.
#include "app/kiosk/widgets/bars.h"

#include <algorithm>

#include "app/kiosk/widgets/label.h"

namespace huisbord::ui {
namespace {

bool is_large(const Ui& ui) { return ui.look().text_size >= TextSize::larger; }

}  // namespace

PageParts page_parts(const Ui& ui) {
  const Rect page = ui.page();
  const bool phone = ui.is_phone();
  const bool small = ui.is_small();
  const float edge = phone ? 16.0f : small ? 20.0f : 32.0f;
  const float bar = phone || small ? 88.0f : is_large(ui) ? 124.0f : 104.0f;
  const float header_top = phone ? 16.0f : small ? 10.0f : is_large(ui) ? 20.0f : 24.0f;
  const float header = (phone ? 56.0f : small ? 72.0f : 80.0f) + (is_large(ui) && !small ? 16.0f : 0.0f);
  PageParts parts;
  parts.bar = {0, page.h - bar, page.w, bar};
  parts.header = {edge, header_top, page.w - 2 * edge, header};
  const float top = parts.header.bottom() + (small ? 10.0f : 16.0f);
  parts.content = {edge, top, page.w - 2 * edge, parts.bar.y - (phone ? 16.0f : small ? 10.0f : 24.0f) - top};
  return parts;
}

Rect sync_badge(Ui& ui, Rect header, const SyncBadge& badge) {
  const Theme& t = ui.theme();
  const bool phone = ui.is_phone();
  const Type set = type::small.in(t.ink);
  const float side = ui.icon_side(30), margin = phone ? 10.0f : 16.0f;
  const auto width = [&](std::string_view words) {
    return margin + side + (words.empty() ? margin : 12 + ui.measure(words, set).w + margin + 4);
  };
  // Not so long that the title has no room.
  const bool short_form =
      phone || is_large(ui) || ui.viewport().form == Form::portrait || ui.is_small() || width(badge.text) > header.w * 0.56f;
  const std::string_view words = short_form ? badge.short_text : badge.text;
  const bool looking = badge.state == SyncState::looking;
  const Icon mark = badge.state == SyncState::sent ? icon::cloud_done : badge.state == SyncState::here ? icon::save : icon::sync_problem;
  const float w = width(words);
  Rect rest = header;
  const float h = std::max(phone ? 40.0f : 56.0f, ui.line_height(set) + 12);
  const Rect r = rest.cut_end(w, 16).middle({w, h});
  ui.node(Role::status, r, badge.text);
  if (!t.bordered) ui.fill(r, looking ? t.of(Section::house).tint : t.sand, h / 2);
  ui.icon(mark, {r.x + margin + side / 2, r.centre().y}, 30, looking ? t.of(Section::house).deep : t.of(Section::tasks).deep);
  ui.draw_text_middle({r.x + margin + side + 12, r.y, w, r.h}, words, set);
  return rest;
}

Tapped header(Ui& ui, Rect r, const Header& h) {
  const bool phone = ui.is_phone();
  const float gap = phone ? 12.0f : 20.0f;
  Rect in = r;
  Tapped back;
  if (!h.back.empty()) {
    const float side = std::min(phone ? 56.0f : 80.0f, in.h);
    back = square_button(ui, in.cut_start(side, gap).middle({side, side}),
                         {.label = h.back, .icon = h.back_icon, .kind = ButtonKind::quiet, .icon_size = 40});
  }
  if (h.person) {
    const float side = std::min(phone ? 56.0f : 80.0f, in.h);
    person_disc(ui, in.cut_start(side, gap).middle({side, side}), *h.person);
  } else if (h.section) {
    const float side = std::min(phone ? 48.0f : 72.0f, in.h);
    tile(ui, in.cut_start(side, gap).middle({side, side}), *h.section);
  }
  const std::string_view code = ui.look().language;
  const float title_line = ui.right_to_left() ? 1.45f : code == "ti" || code == "am" ? 1.35f : 1.2f;
  const Type title = (phone ? type::title.sized(24) : type::title).lined(title_line);
  const Type second = (phone ? type::small : h.person ? type::body : type::label).in(ui.theme().ink2);
  if (h.second.empty()) {
    ui.text_middle(in, h.title, title, Role::heading);
    return back;
  }
  const float title_height = ui.measure(h.title, title, in.w).h, second_height = ui.measure(h.second, second, in.w).h;
  const bool both = title_height + second_height <= in.h + 12;  // the second line goes first
  if (!both) {
    ui.text_middle(in, h.title, title, Role::heading);
    return back;
  }
  const float top = in.y + (in.h - title_height - second_height) / 2;
  ui.text({in.x, top, in.w, title_height}, h.title, title, Role::heading);
  ui.text({in.x, top + title_height, in.w, second_height}, h.second, second);
  return back;
}

}  // namespace huisbord::ui
