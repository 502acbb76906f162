// SPDX-License-Identifier: GPL-3.0-or-later
// A first code, with staff present: their passphrase, a proposed code, the resident repeats it.
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/new_code.h"
#include "app/kiosk/screens/passphrase_entry.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;

class FirstPinScreen final : public Screen {
 public:
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
      case Step::code:
      case Step::setting:
        code(ui, host, parts.content);
        break;
      case Step::done:
        if (code_works(ui, host.words(), parts.content, ui::icon::login)) host.go(Place::sign_in);
        break;
    }
  }

  [[nodiscard]] std::string_view face() const override {
    return step_ == Step::code || step_ == Step::setting ? code_.face() : step_ == Step::done ? "done" : "";
  }

  [[nodiscard]] bool has_keyboard() const override { return step_ == Step::passphrase || step_ == Step::unlocking; }

 private:
  enum class Step : std::uint8_t { passphrase, unlocking, code, setting, done };

  /// What a thread works on: asked again 30 ms later until it answers.
  void poll(ui::Ui& ui, Host& host) {
    if (step_ == Step::unlocking) {
      const auto opened = host.actions().poll_staff_unlock();
      if (!opened) return ui.wake_at({ui.now().value + 30});
      wrong_ = !*opened;
      step_ = *opened ? Step::code : Step::passphrase;
      if (*opened) code_.propose(host.actions().propose_pin());
    } else if (step_ == Step::setting) {
      const auto set = host.actions().poll_set_pin();
      if (!set) return ui.wake_at({ui.now().value + 30});
      code_.forget();
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

  void code(ui::Ui& ui, Host& host, Rect r) {
    const NewCode::Heard heard = code_.draw(ui, host.words(), r, step_ == Step::setting);
    if (heard == NewCode::Heard::another) code_.propose(host.actions().propose_pin());
    if (heard != NewCode::Heard::learnt || !host.newcomer()) return;
    host.actions().begin_set_pin(*host.newcomer(), code_.code());
    step_ = Step::setting;
    ui.wake_at(ui.now());
  }

  Step step_ = Step::passphrase;
  bool wrong_ = false;
  PassphraseEntry passphrase_;
  NewCode code_;
};

}  // namespace

std::unique_ptr<Screen> make_first_pin_screen() { return std::make_unique<FirstPinScreen>(); }

}  // namespace huisbord
