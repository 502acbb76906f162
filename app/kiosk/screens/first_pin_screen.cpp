// SPDX-License-Identifier: GPL-3.0-or-later
// A first code, with staff present: their passphrase, a proposed code, the resident repeats it.
#include <algorithm>

#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/passphrase_entry.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/keypad.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

class FirstPinScreen final : public Screen {
 public:
  ~FirstPinScreen() override {
    wipe(proposed_);
    wipe(typed_);
  }

  void draw(ui::Ui& ui, Host& host) override {
    const auto parts = ui::page_parts(ui);
    const std::string back = host.say(Key("common.back"));
    const std::string title = host.say(Key("enrol.title"));
    if (ui::header(ui, parts.header, {.title = title, .second = {}, .section = ui::Section::team, .person = {}, .back = back})) {
      host.actions().end_staff_unlock();
      host.go(Place::sign_in);
      return;
    }
    poll(ui, host);
    switch (step_) {
      case Step::passphrase:
      case Step::unlocking:
        passphrase(ui, host, parts.content);
        break;
      case Step::proposal:
        proposal(ui, host, parts.content);
        break;
      case Step::repeat:
      case Step::setting:
        repeat(ui, host, parts.content);
        break;
      case Step::done:
        done(ui, host, parts.content);
        break;
    }
  }

  [[nodiscard]] std::string_view face() const override {
    return step_ == Step::proposal                           ? "proposal"
           : step_ == Step::repeat || step_ == Step::setting ? "repeat"
           : step_ == Step::done                             ? "done"
                                                             : "";
  }

  [[nodiscard]] bool has_keyboard() const override { return step_ == Step::passphrase || step_ == Step::unlocking; }

 private:
  enum class Step : std::uint8_t { passphrase, unlocking, proposal, repeat, setting, done };

  static void wipe(std::string& secret) {
    std::fill(secret.begin(), secret.end(), '\0');
    secret.clear();
  }

  /// What a thread works on: asked again 30 ms later until it answers.
  void poll(ui::Ui& ui, Host& host) {
    if (step_ == Step::unlocking) {
      const auto opened = host.actions().poll_staff_unlock();
      if (!opened) return ui.wake_at({ui.now().value + 30});
      wrong_ = !*opened;
      step_ = *opened ? Step::proposal : Step::passphrase;
      if (*opened) propose(host);
    } else if (step_ == Step::setting) {
      const auto set = host.actions().poll_set_pin();
      if (!set) return ui.wake_at({ui.now().value + 30});
      wipe(proposed_);
      step_ = *set ? Step::done : Step::passphrase;
      wrong_ = !*set;
    }
  }

  void passphrase(ui::Ui& ui, Host& host, Rect r) {
    const auto heard = passphrase_.draw(ui, host.words(), r,
                                        {.line = wrong_ ? Key("enrol.phrase_wrong") : Key("enrol.phrase"),
                                         .name = Key("enrol.phrase"),
                                         .enter = Key("keyboard.done"),
                                         .alert = wrong_},
                                        step_ == Step::unlocking);
    if (heard == PassphraseEntry::Heard::typed) wrong_ = false;
    if (heard == PassphraseEntry::Heard::entered) {
      host.actions().begin_staff_unlock(passphrase_.text());
      passphrase_.wipe();
      step_ = Step::unlocking;
      ui.wake_at(ui.now());
    }
  }

  void propose(Host& host) {
    wipe(proposed_);
    wipe(typed_);
    proposed_ = host.actions().propose_pin();
  }

  void proposal(ui::Ui& ui, Host& host, Rect r) {
    ui.text(r.cut_top(ui.line_height(type::lead) * 2, 12), host.say(Key("enrol.your_code")), type::lead.bold());
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
    ui.text(r.cut_top(ui.line_height(type::body) * 2, 12), host.say(Key("enrol.remember")), type::body);
    Rect row = r.cut_top(88);
    const std::string other = host.say(Key("enrol.other_code")), next = host.say(Key("enrol.i_know_it"));
    const auto cells = ui::columns(row, 2, 24);
    if (ui::button(ui, cells[0], {.label = next, .icon = ui::icon::check})) step_ = Step::repeat;
    if (ui::button(ui, cells[1], {.label = other, .icon = ui::icon::replay, .kind = ui::ButtonKind::secondary})) propose(host);
  }

  void repeat(ui::Ui& ui, Host& host, Rect r) {
    const std::string line = host.say(differs_ ? Key("enrol.not_same") : Key("enrol.type_it"));
    r.cut_top(ui.text(r, line, type::lead.bold(), differs_ ? ui::Role::alert : ui::Role::text) + 12);
    ui::pin_rings(ui, r.cut_top(30, 20), step_ == Step::setting ? 6 : static_cast<int>(typed_.size()), line);
    const std::string erase = host.say(Key("signin.delete"));
    const ui::KeypadTap key = ui::keypad(ui, r.middle({std::min(r.w, 420.0f), std::min(r.h, 400.0f)}), {{}, erase});
    if (step_ == Step::setting || key == ui::KeypadTap::none || key == ui::KeypadTap::read_aloud) return;
    if (key == ui::KeypadTap::erase) {
      if (!typed_.empty()) typed_.pop_back();
      return;
    }
    differs_ = false;
    typed_.push_back(static_cast<char>('0' + static_cast<int>(key)));
    if (typed_.size() < 6) return;
    if (typed_ == proposed_ && host.newcomer()) {
      host.actions().begin_set_pin(*host.newcomer(), typed_);
      step_ = Step::setting;
      ui.wake_at(ui.now());
    } else {
      differs_ = true;
      step_ = Step::proposal;
    }
    wipe(typed_);
  }

  void done(ui::Ui& ui, Host& host, Rect r) {
    Rect picture = r.cut_top(200);
    ui.icon(ui::icon::check_circle, picture.centre(), 140, ui.colours(ui::Section::tasks).deep);
    ui.text(r.cut_top(ui.line_height(type::lead) * 2, 20), host.say(Key("enrol.works")), type::lead.bold().middle());
    const std::string next = host.say(Key("common.next"));
    if (ui::button(ui, r.cut_top(88).middle({std::min(r.w, 480.0f), 88}), {.label = next, .icon = ui::icon::login}))
      host.go(Place::sign_in);
  }

  Step step_ = Step::passphrase;
  bool wrong_ = false, differs_ = false;
  PassphraseEntry passphrase_;
  std::string proposed_, typed_;
};

}  // namespace

std::unique_ptr<Screen> make_first_pin_screen() { return std::make_unique<FirstPinScreen>(); }

}  // namespace huisbord
