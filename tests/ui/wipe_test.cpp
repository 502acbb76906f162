// SPDX-License-Identifier: GPL-3.0-or-later
// After a session nothing of what it showed is left in the process: the test reads its own memory.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/kiosk/widgets/bars.h"
#include "tests/ui/glass.h"

namespace huisbord::tests {
namespace {

using namespace ui;

/// A text that stands nowhere in memory in the clear but where it is written on purpose.
struct Hidden {
  std::vector<unsigned char> masked;
  static constexpr unsigned char mask = 0xA5;
  explicit Hidden(std::initializer_list<int> bytes) {
    for (const int b : bytes) masked.push_back(static_cast<unsigned char>(b ^ mask));
  }
  [[nodiscard]] std::string open() const {
    std::string out;
    for (const unsigned char m : masked) out += static_cast<char>(m ^ mask);
    return out;
  }
};

[[maybe_unused]] void wipe(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

/// How often it stands in the process's own writable memory.
[[maybe_unused]] int found_in_memory(const Hidden& what) {
  std::ifstream maps("/proc/self/maps");
  const int memory = ::open("/proc/self/mem", O_RDONLY);
  EXPECT_GE(memory, 0);
  int found = 0;
  static std::array<unsigned char, 1 << 20> window;
  std::string line;
  while (std::getline(maps, line)) {
    std::uint64_t from = 0, to = 0;
    char rights[5]{};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' || rights[1] != 'w') continue;
    const auto own = reinterpret_cast<std::uint64_t>(window.data());
    while (from < to) {
      const std::size_t want = std::min<std::uint64_t>(to - from, window.size());
      const ssize_t got = ::pread(memory, window.data(), want, static_cast<off_t>(from));
      if (got <= static_cast<ssize_t>(what.masked.size())) break;
      for (std::size_t i = 0; i + what.masked.size() <= static_cast<std::size_t>(got); ++i) {
        std::size_t k = 0;
        while (k < what.masked.size() && window[i + k] == (what.masked[k] ^ Hidden::mask)) ++k;
        const std::uint64_t place = from + i;
        const bool in_window = place + what.masked.size() > own && place < own + window.size();
        if (k == what.masked.size() && !in_window) ++found;
      }
      if (static_cast<std::uint64_t>(got) >= to - from) break;
      from += static_cast<std::uint64_t>(got) - what.masked.size();
    }
  }
  ::close(memory);
  window.fill(0);
  return found;
}

class Wipe : public testing::Test {
 protected:
  // As main() does before anything else: what is freed is overwritten.
  static void SetUpTestSuite() { mallopt(M_PERTURB, 0x5A); }
};

// A sanitizer's own allocator keeps what was freed as it was, and reserves terabytes: there is nothing to learn there.
#if defined(__has_feature)
#define HUISBORD_OWN_ALLOCATOR (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define HUISBORD_OWN_ALLOCATOR 0
#endif
#if !HUISBORD_OWN_ALLOCATOR
TEST_F(Wipe, NoNameIsLeftAfterASession) {
  const Hidden name({'Z', 'w', 'a', 'n', 'i', 'r', 'u', 'm', ' ', 'Q', 'e', 'l', 'b', 'i', 'y', 'x', 'o'});
  const Hidden arabic({0xD8, 0xB2, 0xD9, 0x88, 0xD8, 0xA7, 0xD9, 0x86, 0xD9, 0x8A, 0xD8, 0xB1, 0xD9, 0x85, 0xD9, 0x82, 0xD9, 0x84});
  bool session = true;
  SceneOf scene({}, [&](Ui& ui) {
    auto root = ui.screen(session ? "home" : "board", session ? "home" : "board");
    page_ground(ui);
    if (!session) return;
    std::string shown = name.open(), other = arabic.open();
    ui.text({32, 24, 600, 80}, shown, type::title, Role::heading);
    ui.text({32, 300, 100, 300}, shown + " " + shown, type::body);
    ui.text({32, 200, 600, 80}, other, type::title.of_language("ar"));
    (void)button(ui, {32, 600, 400, 80}, {.label = shown});
    (void)toast(ui, {.text = other, .undo = shown});
    wipe(shown);
    wipe(other);
  });
  Glass glass(1280, 800, scene);
  EXPECT_GT(found_in_memory(name), 0) << "the search must be able to find it";
  EXPECT_GT(found_in_memory(arabic), 0);
  session = false;
  glass.stage().request_frame();
  glass.settle();
  glass.stage().forget();
  glass.settle();
  EXPECT_EQ(found_in_memory(name), 0);
  EXPECT_EQ(found_in_memory(arabic), 0);
}

#endif

TEST_F(Wipe, TheGlassIsDrawnAnewAfterwards) {
  SceneOf scene({}, [](Ui& ui) {
    page_ground(ui);
    ui.text({32, 24, 600, 80}, "Huis De Linde", type::title);
  });
  Glass glass(640, 400, scene);
  const Picture before = glass.picture();
  glass.stage().forget();
  EXPECT_TRUE(glass.stage().due(glass.now()));
  EXPECT_EQ(glass.settle(), 1);
  EXPECT_EQ(before.pixels, glass.picture().pixels);
}

}  // namespace
}  // namespace huisbord::tests
