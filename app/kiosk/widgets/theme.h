// SPDX-License-Identifier: GPL-3.0-or-later
// The colours and strokes of the product: ground, sections, persons; the everyday theme and the high-contrast one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace huisbord::ui {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
  friend constexpr bool operator==(const Colour&, const Colour&) = default;
  [[nodiscard]] static constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8), static_cast<std::uint8_t>(rgb), 255};
  }
  [[nodiscard]] static constexpr Colour white() { return hex(0xFFFFFF); }
  [[nodiscard]] constexpr Colour with_alpha(std::uint8_t alpha) const { return {r, g, b, alpha}; }
};
/// share 0 is a, share 1 is b.
[[nodiscard]] Colour mix(Colour a, Colour b, float share);

enum class Section : std::uint8_t { appointments, tasks, leefgeld, activities, house, messages, plan, team };
inline constexpr std::size_t section_count = 8;

struct SectionColours {
  Colour tint, main, deep;
  Colour on;       ///< pictogram on main (ink on amber, else white; black in high contrast)
  Colour on_deep;  ///< text and pictogram on deep
};

/// The eight pastels of a person's disc; clay is for staff.
enum class Pastel : std::uint8_t { peach, straw, leaf, mint, sky, lilac, rose, clay };

enum class Contrast : std::uint8_t { normal, high };

struct Theme {
  Contrast contrast = Contrast::normal;
  Colour bg, surface, sand, line, edge, ink, ink2, paper, onink2, lamp;
  Colour key_grey;  ///< function keys of the keyboard
  std::array<SectionColours, section_count> sections;
  std::array<Colour, 8> pastels;
  Colour on_pastel;
  float card_stroke = 2;    ///< border of a card
  float button_stroke = 3;  ///< border of a secondary button
  bool bordered = false;    ///< high contrast: a tint, a full card, a key is its border alone
  [[nodiscard]] const SectionColours& of(Section s) const { return sections[static_cast<std::size_t>(s)]; }
  [[nodiscard]] Colour of(Pastel p) const { return pastels[static_cast<std::size_t>(p)]; }
};
[[nodiscard]] const Theme& theme_of(Contrast contrast);

}  // namespace huisbord::ui
