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

/// Draws the parts of the present page into r; when there is more than one page a strip with arrows stands below.
void paged(ui::Ui& ui, Host& host, ui::Rect r, ui::PagerState& state, const std::vector<PagePart>& parts, float gap,
           const std::string& name);

}  // namespace huisbord
