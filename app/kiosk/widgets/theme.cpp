// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the colours, everyday and high contrast.
#include "app/kiosk/widgets/theme.h"

#include <cmath>

namespace huisbord::ui {
namespace {

constexpr Colour hex(std::uint32_t rgb) { return Colour::hex(rgb); }
constexpr Colour pure_white = Colour::white(), black = hex(0x000000), ink = hex(0x211A15), paper = hex(0xFFF8EC), sand = hex(0xF1E7D8);

constexpr std::array<Colour, 8> pastels{hex(0xF8C9B8), hex(0xF4DC8E), hex(0xCBE4BA), hex(0xB9E0DC),
                                        hex(0xC3D8F4), hex(0xDACCF2), hex(0xF4C9DB), hex(0xDFD0BC)};

// visual-language 1 and 2
constexpr Theme everyday{.contrast = Contrast::normal,
                         .bg = hex(0xFAF4EA),
                         .surface = pure_white,
                         .sand = sand,
                         .line = hex(0xE3D7C5),
                         .edge = hex(0x85776A),
                         .ink = ink,
                         .ink2 = hex(0x4D433A),
                         .paper = paper,
                         .onink2 = hex(0xD9CBB8),
                         .lamp = hex(0xFFD98A),
                         .key_grey = hex(0xDFD0BC),
                         .sections = {{{hex(0xE3EDFA), hex(0x2C6BC2), hex(0x0F4285), pure_white, pure_white},
                                       {hex(0xE2F1E2), hex(0x2F8444), hex(0x155029), pure_white, pure_white},
                                       {hex(0xFCEFCB), hex(0xF3B229), hex(0x624000), ink, pure_white},
                                       {hex(0xEEE6F9), hex(0x7A4DC2), hex(0x4C2889), pure_white, pure_white},
                                       {hex(0xFCE6DF), hex(0xDB5A42), hex(0x85240F), pure_white, pure_white},
                                       {hex(0xDCF1EF), hex(0x12878A), hex(0x054C4E), pure_white, pure_white},
                                       {hex(0xEEE4D6), hex(0x6A5848), hex(0x43362B), pure_white, pure_white},
                                       {sand, ink, ink, paper, paper}}},
                         .pastels = pastels,
                         .on_pastel = ink};

// visual-language 11: no tints, a section is its border; black on the section's colour
constexpr SectionColours bright(std::uint32_t rgb) { return {black, hex(rgb), hex(rgb), black, black}; }
constexpr Theme high{.contrast = Contrast::high,
                     .bg = black,
                     .surface = black,
                     .sand = black,
                     .line = pure_white,
                     .edge = pure_white,
                     .ink = pure_white,
                     .ink2 = pure_white,
                     .paper = black,
                     .onink2 = black,
                     .lamp = pure_white,
                     .key_grey = black,
                     .sections = {{bright(0x8EC5FF), bright(0x7CE08A), bright(0xFFD84D), bright(0xCDB4FF), bright(0xFF9E8A),
                                   bright(0x6FE3DF), bright(0xE6D6C2), bright(0xFFFFFF)}},
                     .pastels = {pure_white, pure_white, pure_white, pure_white, pure_white, pure_white, pure_white, pure_white},
                     .on_pastel = black,
                     .card_stroke = 4,
                     .button_stroke = 4,
                     .bordered = true};

}  // namespace

Colour mix(Colour a, Colour b, float share) {
  const auto one = [share](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(static_cast<float>(from) * (1 - share) + static_cast<float>(to) * share));
  };
  return {one(a.r, b.r), one(a.g, b.g), one(a.b, b.b), one(a.a, b.a)};
}

const Theme& theme_of(Contrast contrast) { return contrast == Contrast::high ? high : everyday; }

}  // namespace huisbord::ui
