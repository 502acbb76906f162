// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of rows of different heights laid over pages: no row is cut in half, nothing scrolls.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/pager.h"

namespace huisbord {

struct PagePart {
  float height = 0;
  std::function<void(ui::Rect)> draw;
};

/// A list with nothing in it: what it is for, and what it says.
void nothing_here(ui::Ui& ui, ui::Rect r, ui::Icon icon, ui::Section section, const std::string& text);

/// What the arrows take beside the pages on a small panel, when there is more than one.
inline constexpr float arrows_beside = 72 + 16;

/// Draws the parts of the present page into r; when there is more than one page a strip with arrows stands below.
void paged(ui::Ui& ui, Host& host, ui::Rect r, ui::PagerState& state, const std::vector<PagePart>& parts, float gap,
           const std::string& name);

/// What is said of a page and its arrows.
struct PageWords {
  std::string previous, next, where;
};
[[nodiscard]] PageWords page_words(Host& host, const ui::PagerState& state, int pages);

}  // namespace huisbord
