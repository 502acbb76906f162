// SPDX-License-Identifier: GPL-3.0-or-later
// Pages instead of scrolling: a swipe that follows the finger and snaps, and arrows that do the same.
#pragma once

#include <functional>
#include <string_view>

#include "app/kiosk/widgets/ui.h"

namespace huisbord::ui {

/// The screen owns it; `page` may be set freely.
struct PagerState {
  int page = 0;
  float from = 0;   ///< where the settling began, in logical units
  float width = 0;  ///< of the pages when they were last drawn
  Millis since{0};  ///< when it began; 0: at rest
};

/// Draws the present page into `area` (and its neighbour while moving), clipped to it. `draw` gets the page and the area.
/// A swipe past a quarter of the width, or a quick one, turns; at the ends it gives way a little and returns.
void pager(Ui& ui, Rect area, PagerState& state, int pages, std::string_view name, const std::function<void(int page, Rect area)>& draw);

struct PagerWords {
  std::string_view previous{}, next{}, where{};
};  ///< where: "Pagina 2 van 3"
/// Two 72 px arrows with the words "page n of m" between them, in a strip 72 high; nothing when there is one page.
void pager_arrows(Ui& ui, Rect strip, PagerState& state, int pages, const PagerWords& words);
/// The two arrows one above the other (text sizes from 160 %): up is previous.
void pager_arrows_upright(Ui& ui, Rect column, PagerState& state, int pages, const PagerWords& words);

}  // namespace huisbord::ui
