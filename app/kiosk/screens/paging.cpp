// SPDX-License-Identifier: GPL-3.0-or-later
// Breaks a list into pages and draws one.
#include "app/kiosk/screens/paging.h"

#include <algorithm>

namespace huisbord {
namespace {

/// First part of each page, and one past the last.
std::vector<std::size_t> breaks(const std::vector<PagePart>& parts, float height, float gap) {
  std::vector<std::size_t> begins{0};
  float used = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (used > 0 && used + parts[i].height > height + 0.5f) {
      begins.push_back(i);
      used = 0;
    }
    used += parts[i].height + gap;
  }
  begins.push_back(parts.size());
  return begins;
}

}  // namespace

void paged(ui::Ui& ui, Host& host, ui::Rect r, ui::PagerState& state, const std::vector<PagePart>& parts, float gap,
           const std::string& name) {
  const bool beside = ui.is_small();
  auto begins = breaks(parts, r.h, gap);
  ui::Rect strip{};
  if (begins.size() > 2) {
    // A wide panel with little height gives them a column.
    strip = beside ? r.cut_end(72, arrows_beside - 72) : r.cut_bottom(72, 12);
    begins = breaks(parts, r.h, gap);
  }
  const int pages = static_cast<int>(begins.size()) - 1;
  state.page = std::clamp(state.page, 0, pages - 1);
  ui::pager(ui, r, state, pages, name, [&](int page, ui::Rect area) {
    for (std::size_t i = begins[static_cast<std::size_t>(page)]; i < begins[static_cast<std::size_t>(page) + 1]; ++i)
      parts[i].draw(area.cut_top(std::min(parts[i].height, area.h), gap));
  });
  if (pages < 2) return;
  const PageWords words = page_words(host, state, pages);
  if (beside) {
    strip = strip.middle({strip.w, std::min(strip.h, 200.0f)});
    return ui::pager_arrows_upright(ui, strip, state, pages, {words.previous, words.next, words.where});
  }
  ui::pager_arrows(ui, strip, state, pages, {words.previous, words.next, words.where});
}

void nothing_here(ui::Ui& ui, ui::Rect r, ui::Icon icon, ui::Section section, const std::string& text) {
  ui.icon(icon, r.cut_top(220).centre(), 120, ui.colours(section).deep);
  ui.text(r, text, ui::type::lead.middle());
}

PageWords page_words(Host& host, const ui::PagerState& state, int pages) {
  return {host.say(i18n::Key("common.page_previous")), host.say(i18n::Key("common.page_next")),
          host.words().text(i18n::Key("common.page"), {{"page", std::to_string(state.page + 1)}, {"pages", std::to_string(pages)}})};
}

}  // namespace huisbord
