// SPDX-License-Identifier: GPL-3.0-or-later
// The picture of the product: six canal houses, one in each section's colour with its pictogram, and the little stepped house.
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "app/kiosk/widgets/cards.h"

namespace huisbord::ui {
namespace {

/// In units of the mockup: the street is 386 x 286.
struct House {
  Section section;
  std::span<const Point> front;
  float centre;          ///< of door and pictogram
  float icon_middle;     ///< y
  float window_x, step;  ///< first column of windows, and from column to column
  float window_y;        ///< first row; rows are 30 apart
  std::string_view lit;  ///< row by row, three a row: # lit, . dark
};

constexpr Point stepped[] = {{1, 286},        {1, 121.2f},     {9.7f, 121.2f},  {9.7f, 101.2f}, {18.5f, 101.2f}, {18.5f, 81.2f},
                             {25.9f, 81.2f},  {25.9f, 65.2f},  {38.4f, 65.2f},  {38.4f, 81.2f}, {45.9f, 81.2f},  {45.9f, 101.2f},
                             {54.6f, 101.2f}, {54.6f, 121.2f}, {63.3f, 121.2f}, {63.3f, 286}};
constexpr Point bell[] = {{65.3f, 286}, {65.3f, 66},  {69.7f, 58},  {74.1f, 50},  {77.8f, 38},  {80.3f, 26},
                          {84, 14},     {90.3f, 5},   {96.5f, 2},   {102.7f, 5},  {109, 14},    {112.7f, 26},
                          {115.2f, 38}, {118.9f, 50}, {123.3f, 58}, {127.7f, 66}, {127.7f, 286}};
constexpr Point spout[] = {{129.7f, 286}, {129.7f, 102}, {152.1f, 54}, {152.1f, 42}, {169.6f, 42}, {169.6f, 54}, {192, 102}, {192, 286}};
constexpr Point neck[] = {{194, 286},      {194, 71.4f},    {200.2f, 67.4f}, {207.7f, 59.4f}, {210.2f, 51.4f},
                          {210.2f, 27.4f}, {225.2f, 11.4f}, {240.1f, 27.4f}, {240.1f, 51.4f}, {242.6f, 59.4f},
                          {250.1f, 67.4f}, {256.3f, 71.4f}, {256.3f, 286}};
constexpr Point cornice[] = {{262.1f, 286},   {262.1f, 98.6f}, {258.3f, 98.6f}, {258.3f, 84.6f},
                             {320.7f, 84.6f}, {320.7f, 98.6f}, {316.9f, 98.6f}, {316.9f, 286}};
constexpr Point gable[] = {{322.7f, 286}, {322.7f, 84.6f}, {353.8f, 32.6f}, {385, 84.6f}, {385, 286}};

constexpr std::array houses{House{Section::tasks, stepped, 32.2f, 145.2f, 7.6f, 18.6f, 173.2f, "#.###..##"},
                            House{Section::appointments, bell, 96.5f, 88, 71.9f, 18.6f, 116, ".###.###..##"},
                            House{Section::leefgeld, spout, 160.8f, 128, 136.2f, 18.6f, 156, "#.###..##"},
                            House{Section::activities, neck, 225.2f, 99.4f, 200.6f, 18.6f, 127.4f, ".###.###..##"},
                            House{Section::messages, cornice, 289.5f, 156.6f, 267.1f, 16.4f, 184.6f, "##..##"},
                            House{Section::house, gable, 353.8f, 116.6f, 329.2f, 18.6f, 144.6f, ".###.###..##"}};

constexpr Colour shade = Colour::hex(0x211A15);

}  // namespace

void street(Ui& ui, Rect r) {
  auto upright = ui.unmirrored(r);
  const float k = std::min(r.w / 386, r.h / 286);
  const float left = r.x + (r.w - 386 * k) / 2, top = r.bottom() - 286 * k;
  const auto at = [&](float x, float y, float w, float h) { return Rect{left + x * k, top + y * k, w * k, h * k}; };
  std::vector<Point> front;
  for (const House& house : houses) {
    const SectionColours& c = ui.colours(house.section);
    front.clear();
    for (const Point p : house.front) front.push_back({left + p.x * k, top + p.y * k});
    ui.polygon(front, c.main);
    for (std::size_t i = 0; i < house.lit.size(); ++i) {
      const auto column = static_cast<float>(i % 3), row = static_cast<float>(i / 3);
      const Rect window = at(house.window_x + column * house.step, house.window_y + row * 30, 12, 18);
      ui.fill(window, house.lit[i] == '#' ? ui.theme().lamp : shade.with_alpha(102), 2 * k);
    }
    ui.fill(at(house.centre - 10, 260, 20, 26), shade.with_alpha(140), 2 * k);
    ui.icon_fixed(icon_of(house.section), {left + house.centre * k, top + house.icon_middle * k}, 34 * k, c.on);
  }
}

void house_mark(Ui& ui, Rect r) {
  auto upright = ui.unmirrored(r);
  const float k = std::min(r.w, r.h) / 60;
  constexpr Point front[] = {{6.4f, 57.9f},  {6.4f, 25.7f},  {12.9f, 25.7f}, {12.9f, 19.3f}, {19.3f, 19.3f}, {19.3f, 12.9f},
                             {24.6f, 12.9f}, {24.6f, 5.4f},  {35.4f, 5.4f},  {35.4f, 12.9f}, {40.7f, 12.9f}, {40.7f, 19.3f},
                             {47.1f, 19.3f}, {47.1f, 25.7f}, {53.6f, 25.7f}, {53.6f, 57.9f}};
  std::vector<Point> placed;
  for (const Point p : front) placed.push_back({r.x + p.x * k, r.y + p.y * k});
  ui.polygon(placed, ui.colours(Section::house).main);
  const auto at = [&](float x, float y, float w, float h) { return Rect{r.x + x * k, r.y + y * k, w * k, h * k}; };
  const Colour lamp = ui.theme().bordered ? shade : ui.theme().lamp;
  ui.fill(at(24.6f, 20.4f, 10.7f, 10.7f), lamp, 2.1f * k);
  ui.fill(at(15, 34.3f, 8.6f, 9.6f), lamp, 1.6f * k);
  ui.fill(at(36.4f, 34.3f, 8.6f, 9.6f), lamp, 1.6f * k);
  ui.fill(at(25.7f, 42.9f, 8.6f, 15), shade, 1.6f * k);
}

}  // namespace huisbord::ui
