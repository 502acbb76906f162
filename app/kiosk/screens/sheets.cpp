// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of the bar: language in its own name, size of the letters, contrast, a code, the lock. Each choice shows at once.
#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/buttons.h"
#include "core/i18n/direction.h"

namespace huisbord {

void Host::draw_language_sheet(ui::Ui& ui) {
  const auto& all = words_.available();
  const bool wide = ui.viewport().form == ui::Form::landscape || ui.is_small();
  const int across = wide ? (ui.text_factor() > 1.5f ? 1 : 2) : 1;
  const int down = (static_cast<int>(all.size()) + across - 1) / across;
  const std::string name = say(i18n::Key("settings.language"));
  const float row = 80.0f, gap = 12.0f, head = ui.line_height(ui::type::title) + 20.0f;
  const ui::Size size{wide ? 720.0f : ui.page().w - 48.0f, head + static_cast<float>(down + 1) * (row + gap) + 64.0f};
  ui::Rect inner = ui::sheet(ui, size, name);
  ui.text(inner.cut_top(head), name, ui::type::title, ui::Role::heading);
  ui::Rect close = inner.cut_bottom(row, gap);
  const auto cells = ui::grid(inner, across, down, gap);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (ui::choice(ui, cells[i], i18n::own_name(all[i]), all[i] == language_, i18n::code(all[i]))) choose_language(all[i]);
  const std::string done = say(i18n::Key("common.done"));
  if (ui::button(ui, close, {.label = done, .icon = ui::icon::check})) sheet_ = Sheet::none;
}

void Host::draw_letters_sheet(ui::Ui& ui) {
  const bool wide = ui.viewport().form == ui::Form::landscape || ui.is_small();
  const std::string name = say(i18n::Key("settings.text_size")), colours = say(i18n::Key("settings.contrast"));
  const float width = wide ? 720.0f + 240 * (ui.text_factor() - 1) : ui.page().w - 48.0f, line = width - 64;
  const float row = 80.0f, gap = 12.0f;
  const bool tight = ui.is_small() && ui.text_factor() > 1.2f;  // the second heading goes first
  const float head = ui.measure(name, ui::type::title, line).h + gap;
  const float second = tight ? gap : ui.measure(colours, ui::type::lead.bold(), line).h + 2 * gap;
  const int across = wide ? 4 : 2;
  const float sizes_height = wide ? row : 2 * row + gap;
  const bool beside = wide || ui.text_factor() < 1.2f;
  const float contrasts_height = beside ? row : 2 * row + gap;
  const float height = head + sizes_height + second + contrasts_height + 2 * gap + row + 58;
  const bool code_below = actions_.signed_in() && height + row + gap <= ui.page().h - 32;  // else beside the others, as a pictogram
  ui::Rect inner = ui::sheet(ui, {width, height + (code_below ? row + gap : 0)}, name);
  ui.text(inner.cut_top(head), name, ui::type::title, ui::Role::heading);
  static constexpr std::array<const char*, 4> percent{"100 %", "130 %", "160 %", "200 %"};
  const auto sizes = ui::grid(inner.cut_top(sizes_height), across, 4 / across, gap);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto wanted = static_cast<TextSize>(i + 1);
    const auto key = ui.key(i);
    if (ui::choice(ui, sizes[i], i18n::isolate_left_to_right(percent[i]), text_size_ == wanted)) choose_text_size(wanted);
  }
  const ui::Rect heading = inner.cut_top(second);
  if (!tight) ui.text_middle(heading, colours, ui::type::lead.bold(), ui::Role::heading);
  const auto contrasts = ui::grid(inner.cut_top(contrasts_height), beside ? 2 : 1, beside ? 1 : 2, gap);
  const std::string normal = say(i18n::Key("settings.contrast_normal"));
  const std::string high = say(i18n::Key("settings.contrast_high"));
  if (ui::choice(ui, contrasts[0], normal, contrast_ == Contrast::normal)) choose_contrast(Contrast::normal);
  if (ui::choice(ui, contrasts[1], high, contrast_ == Contrast::high, {}, ui::icon::contrast)) choose_contrast(Contrast::high);
  const std::string done = say(i18n::Key("common.done")), lock = say(i18n::Key("lock.button"));
  ui::Rect last = inner.cut_bottom(row);
  // On the narrowest glass with the largest letters there is no room for it: it is there with smaller ones.
  const float beside_it = ui::button_width(ui, {.label = done, .icon = ui::icon::check, .padding = 8}) + row + gap;
  if (actions_.signed_in() && (code_below || last.w - row - gap >= beside_it)) {
    const std::string change = say(i18n::Key("code.change"));
    const ui::Button button{
        .label = change, .icon = ui::icon::key, .kind = ui::ButtonKind::secondary, .section = ui::Section::team, .padding = 12};
    const bool tapped = code_below ? ui::button(ui, inner.cut_bottom(row, gap).moved(0, -gap), button).tapped
                                   : ui::square_button(ui, last.cut_end(row, gap), button).tapped;
    if (tapped) {
      sheet_ = Sheet::none;
      go(Place::change_pin);
    }
  }
  if (on_lock) {
    const ui::Button button{
        .label = lock, .icon = ui::icon::lock, .kind = ui::ButtonKind::secondary, .section = ui::Section::team, .padding = 12};
    const bool fits = ui::button_width(ui, button) <= last.w * 0.55f;
    const ui::Rect place = last.cut_end(fits ? ui::button_width(ui, button) : row, gap);
    if (fits ? ui::button(ui, place, button) : ui::square_button(ui, place, button)) {
      sheet_ = Sheet::none;
      ask({.section = ui::Section::team,
           .icon = ui::icon::lock,
           .question = say(i18n::Key("lock.question")),
           .what = say(i18n::Key("lock.what")),
           .until = {},
           .yes = say(i18n::Key("lock.yes")),
           .no = say(i18n::Key("common.back")),
           .hold = true,
           .then = on_lock});
    }
  }
  if (ui::button(ui, last, {.label = done, .icon = ui::icon::check})) sheet_ = Sheet::none;
}

}  // namespace huisbord
