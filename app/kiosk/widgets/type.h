// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of type by their role in the design, and how one piece of text is set.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/kiosk/text/language.h"
#include "app/kiosk/widgets/theme.h"

namespace huisbord::ui {

enum class Weight : std::uint8_t { regular, bold };
enum class Align : std::uint8_t { start, middle, end };

/// The four text sizes of a resident; everything set in `Type` grows by factor_of(), pictograms by half as much.
enum class TextSize : std::uint8_t { normal, large, larger, largest };
[[nodiscard]] constexpr float factor_of(TextSize s) {
  return s == TextSize::normal ? 1.0f : s == TextSize::large ? 1.3f : s == TextSize::larger ? 1.6f : 2.0f;
}

/// On a phone the roles are set at three quarters of the kiosk's size: 20 becomes 15, the smallest there (visual-language 9). A size that
/// was given by sized() stays what it is.
inline constexpr float phone_share = 0.75f;

/// One way of setting text. Change a copy: type::body.bold().in(theme.ink2).middle().
struct Type {
  float size = 24;  ///< logical pixels at 100 %
  float line = 0;   ///< height of a line in sizes; 0: the script's own (1.33, Arabic 1.5, Ethiopic 1.38)
  Weight weight = Weight::regular;
  Align align = Align::start;
  std::optional<Colour> colour{};        ///< none: the theme's ink
  std::optional<Direction> direction{};  ///< none: the language's; amounts and times are left to right in themselves
  std::string_view language{};           ///< none: the Ui's
  bool exact = false;                    ///< set by sized(): no other size on a phone
  bool fixed = false;                    ///< does not grow with the text size (the clock of the board)

  [[nodiscard]] constexpr Type bold() const {
    auto t = *this;
    t.weight = Weight::bold;
    return t;
  }
  [[nodiscard]] constexpr Type regular() const {
    auto t = *this;
    t.weight = Weight::regular;
    return t;
  }
  [[nodiscard]] constexpr Type sized(float s) const {
    auto t = *this;
    t.size = s;
    t.exact = true;
    return t;
  }
  [[nodiscard]] constexpr Type lined(float l) const {
    auto t = *this;
    t.line = l;
    return t;
  }
  [[nodiscard]] constexpr Type in(Colour c) const {
    auto t = *this;
    t.colour = c;
    return t;
  }
  [[nodiscard]] constexpr Type aligned(Align a) const {
    auto t = *this;
    t.align = a;
    return t;
  }
  [[nodiscard]] constexpr Type middle() const { return aligned(Align::middle); }
  [[nodiscard]] constexpr Type at_end() const { return aligned(Align::end); }
  [[nodiscard]] constexpr Type left_to_right() const {
    auto t = *this;
    t.direction = Direction::left_to_right;
    return t;
  }
  [[nodiscard]] constexpr Type of_language(std::string_view code) const {
    auto t = *this;
    t.language = code;
    return t;
  }
  [[nodiscard]] constexpr Type fixed_size() const {
    auto t = *this;
    t.fixed = true;
    return t;
  }
};

/// visual-language 4. All regular; headings are mostly .bold().
namespace type {
inline constexpr Type small{.size = 20};
inline constexpr Type label{.size = 22};
inline constexpr Type body{.size = 24};
inline constexpr Type lead{.size = 28};
inline constexpr Type tile_name{.size = 30, .line = 1.2f, .weight = Weight::bold};
inline constexpr Type title{.size = 36, .line = 1.2f, .weight = Weight::bold};
inline constexpr Type display{.size = 48, .line = 1.15f, .weight = Weight::bold};
inline constexpr Type hero{.size = 64, .line = 1.1f, .weight = Weight::bold};
inline constexpr Type clock{.size = 136, .line = 1.1f, .weight = Weight::bold, .fixed = true};
}  // namespace type

}  // namespace huisbord::ui
