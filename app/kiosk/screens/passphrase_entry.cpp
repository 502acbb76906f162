// SPDX-License-Identifier: GPL-3.0-or-later
// Draws field and keyboard, and takes what is typed.
#include "app/kiosk/screens/passphrase_entry.h"

#include <string.h>

#include <algorithm>

namespace huisbord {
namespace {

using i18n::Key;
constexpr std::size_t longest_passphrase = 128;

}  // namespace

// Never moved to a larger block: that would leave a copy behind.
PassphraseEntry::PassphraseEntry() { typed_.reserve(longest_passphrase); }

void PassphraseEntry::wipe() {
  explicit_bzero(typed_.data(), typed_.capacity());
  typed_.clear();
}

PassphraseEntry::Heard PassphraseEntry::draw(ui::Ui& ui, const i18n::Catalogue& words, ui::Rect r, const Says& says, bool busy) {
  r.h = ui::keyboard_rect(ui).y - r.y - 16;
  r.cut_top(ui.text(r, words.text(says.line), ui::type::body, says.alert ? ui::Role::alert : ui::Role::text) + 12);
  ui::secret_field(ui, r.cut_top(std::min(84.0f, r.h)), ui::Section::team, static_cast<int>(typed_.size()), words.text(says.name));
  const std::string shift = words.text(Key("keyboard.capitals")), erase = words.text(Key("keyboard.delete")),
                    enter = words.text(says.enter), digits = words.text(Key("keyboard.digits")),
                    letters = words.text(Key("keyboard.letters")), space = words.text(Key("keyboard.space"));
  const ui::KeyPress press = ui::keyboard(ui, keyboard_,
                                          {.shift = shift,
                                           .erase = erase,
                                           .enter = enter,
                                           .digits = digits,
                                           .letters = letters,
                                           .space = space,
                                           .other_language = {},
                                           .space_label = i18n::own_name(i18n::Language::nl),
                                           .other_label = {},
                                           .other_layout = {}});
  if (busy) return Heard::nothing;
  switch (press.kind) {
    case ui::KeyPress::Kind::erase:
      if (!typed_.empty()) {
        typed_.back() = '\0';
        typed_.pop_back();
      }
      return Heard::nothing;
    case ui::KeyPress::Kind::character:
      if (press.character >= 128 || typed_.size() >= longest_passphrase) return Heard::nothing;
      typed_.push_back(static_cast<char>(press.character));
      return Heard::typed;
    case ui::KeyPress::Kind::enter:
      return typed_.empty() ? Heard::nothing : Heard::entered;
    case ui::KeyPress::Kind::none:
      break;
  }
  return Heard::nothing;
}

}  // namespace huisbord
