// SPDX-License-Identifier: GPL-3.0-or-later
// Finds what is on the glass and puts a finger on it.
#include "tests/app/kiosk/driven_kiosk.h"

#include <SDL.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

namespace huisbord {
namespace {

constexpr int wide = 1280, high = 800;

void pause(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

void finger(Uint32 type, float x, float y) {
  SDL_Event event{};
  event.type = type;
  event.tfinger.touchId = 1;
  event.tfinger.fingerId = 1;
  event.tfinger.x = x / wide;
  event.tfinger.y = y / high;
  SDL_PushEvent(&event);
}

/// The number after `"key":` in one line.
float number(const std::string& line, const char* key) {
  const auto at = line.find(std::string("\"") + key + "\":");
  return at == std::string::npos ? 0 : std::strtof(line.c_str() + at + std::strlen(key) + 3, nullptr);
}

}  // namespace

std::string tree_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int peer = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string answer;
  if (::connect(peer, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 && ::send(peer, "tree\n", 5, MSG_NOSIGNAL) == 5) {
    answer.reserve(1 << 16);
    for (char c = 0; !answer.ends_with("\n\n") && answer != "\n" && ::read(peer, &c, 1) == 1;) answer.push_back(c);
  }
  ::close(peer);
  return answer;
}

DrivenKiosk::DrivenKiosk(KioskOptions options)
    : options_(std::move(options)),
      words_(*i18n::Catalogue::load(std::filesystem::path(HUISBORD_BINARY_DIR) / "locale", i18n::Language::nl)) {
  SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
  options_.share = HUISBORD_BINARY_DIR;
  options_.window.software = true;
  options_.window.width = wide;
  options_.window.height = high;
  options_.semantics = options_.folder / "tree";
}

int DrivenKiosk::run(const std::function<void(DrivenKiosk&)>& script) {
  auto made = Kiosk::make(options_);
  if (!made) {
    ADD_FAILURE() << made.error().sentence;
    return 1;
  }
  kiosk_ = std::move(*made);
  std::jthread driver([&] {
    script(*this);
    EventLoop::quit();
  });
  const int status = kiosk_->run();
  driver.join();
  kiosk_.reset();
  return status;
}

std::optional<DrivenKiosk::Place> DrivenKiosk::find(const std::string& name, bool target, bool whole) const {
  const std::string tree = tree_of(options_.semantics);
  const std::string wanted = whole ? "\"name\":\"" + name + "\"" : name;
  std::optional<Place> found;
  for (std::size_t from = 0; from < tree.size();) {
    const std::size_t end = std::min(tree.find('\n', from), tree.size());
    const std::string line = tree.substr(from, end - from);
    if (line.find(wanted) != std::string::npos && (!target || line.find("\"target\":true") != std::string::npos))
      found = Place{number(line, "x") + number(line, "w") / 2, number(line, "y") + number(line, "h") / 2};
    from = end + 1;
  }
  return found;
}

bool DrivenKiosk::shows(const std::string& name) const { return find(name, false, false).has_value(); }

bool DrivenKiosk::see(const std::string& name, bool there) {
  for (int i = 0; i < 400; ++i) {
    if (shows(name) == there) return true;
    pause(50);
  }
  ADD_FAILURE() << (there ? "not seen: " : "still there: ") << name;
  return false;
}

bool DrivenKiosk::tap(const std::string& name, bool whole, int ms, int wait) {
  for (int i = 0; i < 400; ++i) {
    if (find(name, true, whole)) {
      pause(wait);  // touches wait 300 ms after a screen changed
      const auto place = find(name, true, whole);
      if (!place) continue;
      finger(SDL_FINGERDOWN, place->x, place->y);
      pause(ms);
      finger(SDL_FINGERUP, place->x, place->y);
      pause(80);
      return true;
    }
    pause(50);
  }
  ADD_FAILURE() << "nothing to tap: " << name;
  return false;
}

bool DrivenKiosk::tap(const std::string& name) { return tap(name, false); }

void DrivenKiosk::type(const std::string& digits) {
  for (const char digit : digits) tap(std::string(1, digit), true);
}

bool DrivenKiosk::hold(const std::string& name, int ms) { return tap(name, false, ms); }

void DrivenKiosk::type_words(const std::string& text, const std::string& enter) {
  // The keys stay where they are: only the first waits.
  for (std::size_t i = 0; i < text.size(); ++i)
    tap(text[i] == ' ' ? say(i18n::Key("keyboard.space")) : std::string(1, text[i]), true, 40, i == 0 ? 350 : 0);
  tap(enter);
}

bool DrivenKiosk::tap_key(const std::string& name) { return tap(name, true); }

void DrivenKiosk::speak(i18n::Language language) {
  words_ = *i18n::Catalogue::load(std::filesystem::path(HUISBORD_BINARY_DIR) / "locale", language);
}

bool DrivenKiosk::choose(const std::string& room) {
  // Each resident of the test's house has a room alone.
  return tap(say(i18n::Key("board.touch"))) && tap(words_.text(i18n::Key("room.symbol"), {{"symbol", ""}, {"number", room}}));
}

bool DrivenKiosk::sign_in(const std::string& room, const std::string& pin) {
  if (!choose(room)) return false;
  type(pin);
  return see(say(i18n::Key("home.leefgeld")));
}

void DrivenKiosk::rest() { pause(1500); }

}  // namespace huisbord
