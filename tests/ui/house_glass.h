// SPDX-License-Identifier: GPL-3.0-or-later
// The screens of the invented house on a glass without a display.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "tests/ui/glass.h"
#include "tests/ui/mockup_house.h"

namespace huisbord::tests {

class HouseGlass {
 public:
  explicit HouseGlass(const std::string& language = "nl", int wide = 1280, int high = 800, Drawn drawn = Drawn::every_frame)
      : words(HUISBORD_BINARY_DIR "/locale", [](const std::string& line) { ADD_FAILURE() << line; }),
        host(house, words, *i18n::language_of(language)),
        scene_(host),
        wide_(wide),
        high_(high),
        drawn_(drawn) {
    host.on_lock = [this] { locked = true; };
  }

  /// Signed in as the resident of the pictures.
  void let_in(Place place, const std::string& language = "nl", TextSize size = TextSize::normal, Contrast contrast = Contrast::normal) {
    house.let_in(language, size, contrast);
    show(place);
  }
  void show(Place place) {
    host.go(place);
    glass_ = std::make_unique<Glass>(wide_, high_, scene_, std::nullopt, drawn_);
    host.on_session_end = [this] { forgets = true; };
  }
  Glass& glass() { return *glass_; }
  /// Words of the catalogue, without repeating the screen's texts in tests.
  [[nodiscard]] std::string say(i18n::Key key) const { return host.say(key); }
  /// How the sign-in names a resident: "poot, kamer 7".
  [[nodiscard]] std::string sign_of(Symbol symbol, const std::string& room) const {
    return host.words().text(i18n::Key("room.symbol"), {{"symbol", host.say(words_for(symbol))}, {"number", room}});
  }
  /// The first target whose name begins so.
  [[nodiscard]] std::string target(const std::string& begin) const {
    for (const ui::Node& node : glass_->stage().tree().nodes())
      if (node.target && node.name.starts_with(begin)) return node.name;
    ADD_FAILURE() << "No target begins with \"" << begin << "\":\n" << glass_->stage().tree().dump();
    return {};
  }
  /// Everything that is said on the glass, in names and values.
  [[nodiscard]] std::string all_said() const {
    std::string said;
    for (const ui::Node& node : glass_->stage().tree().nodes()) said += node.name + "\n" + node.value + "\n";
    return said;
  }

  MockupHouse house;
  Words words;
  Host host;
  bool forgets = false, locked = false;

 private:
  class HostScene final : public Scene {
   public:
    explicit HostScene(Host& host) : host_(host) {}
    [[nodiscard]] ui::Look look() const override { return host_.look(); }
    void draw(ui::Ui& ui) override {
      if (ui.touched()) host_.touched(ui.now());
      host_.draw(ui);
    }

   private:
    Host& host_;
  };
  HostScene scene_;
  int wide_, high_;
  Drawn drawn_;
  std::unique_ptr<Glass> glass_;
};

}  // namespace huisbord::tests
