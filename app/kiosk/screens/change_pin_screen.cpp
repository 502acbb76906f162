// SPDX-License-Identifier: GPL-3.0-or-later
// A resident's other code, by the resident alone: the present one first, then a proposed one, repeated.
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/new_code.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;

class ChangePinScreen final : public Screen {
 public:
  ~ChangePinScreen() override { wipe_code(old_); }

  void draw(ui::Ui& ui, Host& host) override {
    const Rect content = ui::page_parts(ui).content;
    host.header(ui, ui::Section::plan, host.say(Key("code.title")));
    poll(ui, host);
    switch (step_) {
      case Step::old:
      case Step::checking:
        present(ui, host, content);
        break;
      case Step::code:
      case Step::setting:
        next(ui, host, content);
        break;
      case Step::done:
        if (code_works(ui, host.words(), content, ui::icon::home)) host.go(Place::home);
        break;
    }
  }

  [[nodiscard]] std::string_view face() const override {
    return step_ == Step::code || step_ == Step::setting ? code_.face() : step_ == Step::done ? "done" : "";
  }

 private:
  enum class Step : std::uint8_t { old, checking, code, setting, done };

  void poll(ui::Ui& ui, Host& host) {
    if (step_ == Step::checking) {
      outcome_ = host.actions().poll_check_pin();
      if (!outcome_) return ui.wake_at({ui.now().value + 30});
      const bool right = outcome_->outcome == SignIn::welcome;
      step_ = right ? Step::code : Step::old;
      if (right) code_.propose(host.actions().propose_pin());
    } else if (step_ == Step::setting) {
      const auto set = host.actions().poll_set_pin();
      if (!set) return ui.wake_at({ui.now().value + 30});
      code_.forget();
      outcome_.reset();
      step_ = *set ? Step::done : Step::old;
      failed_ = !*set;
    }
  }

  void present(ui::Ui& ui, Host& host, Rect r) {
    const bool said = outcome_.has_value() || failed_;
    const Key key = failed_                                            ? Key("error.not_saved")
                    : outcome_ && outcome_->outcome == SignIn::wait    ? Key("signin.wait")
                    : outcome_ && outcome_->outcome != SignIn::welcome ? Key("signin.wrong")
                                                                       : Key("code.old");
    const std::size_t before = old_.size();
    const bool whole = code_keys(ui, host.words(), r, host.say(key), said, old_, step_ == Step::checking);
    if (old_.size() > before) {
      outcome_.reset();
      failed_ = false;
    }
    if (!whole) return;
    host.actions().begin_check_pin(old_);
    wipe_code(old_);
    step_ = Step::checking;
    ui.wake_at(ui.now());
  }

  void next(ui::Ui& ui, Host& host, Rect r) {
    const NewCode::Heard heard = code_.draw(ui, host.words(), r, step_ == Step::setting);
    if (heard == NewCode::Heard::another) code_.propose(host.actions().propose_pin());
    if (heard != NewCode::Heard::learnt) return;
    host.actions().begin_change_pin(code_.code());
    step_ = Step::setting;
    ui.wake_at(ui.now());
  }

  Step step_ = Step::old;
  bool failed_ = false;
  std::optional<SignInResult> outcome_;
  std::string old_;
  NewCode code_;
};

}  // namespace

std::unique_ptr<Screen> make_change_pin_screen() { return std::make_unique<ChangePinScreen>(); }

}  // namespace huisbord
