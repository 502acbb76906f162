// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a proposed code, and the keys to repeat it.
#include "app/kiosk/screens/new_code.h"

#include <algorithm>

#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/keypad.h"

namespace huisbord {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

void wipe_code(std::string& code) {
  std::fill(code.begin(), code.end(), '\0');
  code.clear();
}

bool code_keys(ui::Ui& ui, const i18n::Catalogue& words, Rect r, const std::string& line, bool alert, std::string& typed, bool busy) {
  Rect keys = r;
  if (ui.is_small()) keys = r.cut_end(std::min(420.0f, r.w / 2), 24);  // the keys keep their size
  r.cut_top(ui.text(r, line, type::lead.bold(), alert ? ui::Role::alert : ui::Role::text) + 12);
  ui::pin_rings(ui, r.cut_top(30, 20), busy ? 6 : static_cast<int>(typed.size()), line);
  if (ui.viewport().form != ui::Form::small) keys = r;
  const std::string erase = words.text(Key("signin.delete"));
  const ui::KeypadTap key = ui::keypad(ui, keys.middle({std::min(keys.w, 420.0f), std::min(keys.h, 400.0f)}), {{}, erase});
  if (busy || key == ui::KeypadTap::none || key == ui::KeypadTap::read_aloud) return false;
  if (key == ui::KeypadTap::erase) {
    if (!typed.empty()) typed.pop_back();
    return false;
  }
  typed.push_back(static_cast<char>('0' + static_cast<int>(key)));
  return typed.size() == 6;
}

bool code_works(ui::Ui& ui, const i18n::Catalogue& words, Rect r, ui::Icon next) {
  Rect picture = r.cut_top(200);
  ui.icon(ui::icon::check_circle, picture.centre(), 140, ui.colours(ui::Section::tasks).deep);
  ui.text(r.cut_top(ui.line_height(type::lead) * 2, 20), words.text(Key("enrol.works")), type::lead.bold().middle());
  const std::string label = words.text(Key("common.next"));
  return ui::button(ui, r.cut_top(88).middle({std::min(r.w, 480.0f), 88}), {.label = label, .icon = next}).tapped;
}

void NewCode::propose(std::string code) {
  forget();
  proposed_ = std::move(code);
}

void NewCode::forget() {
  wipe_code(proposed_);
  wipe_code(typed_);
  repeats_ = differs_ = false;
}

NewCode::Heard NewCode::draw(ui::Ui& ui, const i18n::Catalogue& words, Rect r, bool busy) {
  return repeats_ || busy ? repeat(ui, words, r, busy) : proposal(ui, words, r);
}

NewCode::Heard NewCode::proposal(ui::Ui& ui, const i18n::Catalogue& words, Rect r) {
  ui.text(r.cut_top(ui.line_height(type::lead) * 2, 12), words.text(Key("enrol.your_code")), type::lead.bold());
  Rect digits = r.cut_top(160, 24);
  {
    const float cell = std::min(120.0f, (digits.w - 60) / 6);
    Rect row = digits.middle({cell * 6 + 60, 140});
    const auto fixed = ui.unmirrored(row);
    const auto cells = ui::columns(row, 6, 12);
    for (std::size_t i = 0; i < cells.size() && i < proposed_.size(); ++i) {
      ui.fill(cells[i], ui.theme().surface, 20);
      ui.outline(cells[i], ui.theme().ink, 3, 20);
      // Drawn, never published: a code is not read aloud.
      ui.draw_text_middle(cells[i], std::string(1, proposed_[i]), type::hero.middle().fixed_size());
    }
  }
  ui.text(r.cut_top(ui.line_height(type::body) * 2, 12), words.text(Key("enrol.remember")), type::body);
  Rect row = r.cut_top(88);
  const std::string other = words.text(Key("enrol.other_code")), next = words.text(Key("enrol.i_know_it"));
  const auto cells = ui::columns(row, 2, 24);
  if (ui::button(ui, cells[0], {.label = next, .icon = ui::icon::check})) repeats_ = true;
  const bool another = ui::button(ui, cells[1], {.label = other, .icon = ui::icon::replay, .kind = ui::ButtonKind::secondary}).tapped;
  return another ? Heard::another : Heard::nothing;
}

NewCode::Heard NewCode::repeat(ui::Ui& ui, const i18n::Catalogue& words, Rect r, bool busy) {
  const std::string line = words.text(differs_ ? Key("enrol.not_same") : Key("enrol.type_it"));
  const std::size_t before = typed_.size();
  const bool whole = code_keys(ui, words, r, line, differs_, typed_, busy);
  if (typed_.size() > before) differs_ = false;
  if (!whole) return Heard::nothing;
  const bool same = typed_ == proposed_;
  wipe_code(typed_);
  if (same) return Heard::learnt;
  // Seen once more: it was not learnt yet.
  differs_ = true;
  repeats_ = false;
  return Heard::nothing;
}

}  // namespace huisbord
