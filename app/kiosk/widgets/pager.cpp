// SPDX-License-Identifier: GPL-3.0-or-later
// Follows the finger with the page, snaps to the nearest, and draws the arrows.
#include "app/kiosk/widgets/pager.h"

#include <algorithm>
#include <cmath>

#include "app/kiosk/widgets/buttons.h"

namespace huisbord::ui {
namespace {

constexpr std::int64_t settle_ms = 150;
constexpr float quick = 0.5f;  // logical units a millisecond: 85 mm a second

/// Starts settling from `from` to rest, unless the person wants less motion.
void settle(Ui& ui, PagerState& state, float from) {
  state.from = ui.look().less_motion ? 0 : from;
  state.since = state.from != 0 ? ui.now() : Millis{0};
}

void turn(Ui& ui, PagerState& state, int pages, int by, float width, float offset) {
  const int to = std::clamp(state.page + by, 0, pages - 1);
  const float from = offset + static_cast<float>(to - state.page) * width;
  state.page = to;
  settle(ui, state, from);
}

float settling(Ui& ui, PagerState& state) {
  if (state.from == 0) return 0;
  const float share = static_cast<float>(ui.now().value - state.since.value) / static_cast<float>(settle_ms);
  if (share >= 1 || share < 0) {
    state.from = 0;
    return 0;
  }
  ui.wake_at({ui.now().value + frame_ms});
  const float rest = 1 - share;
  return state.from * rest * rest * rest;
}

}  // namespace

void pager(Ui& ui, Rect area, PagerState& state, int pages, std::string_view name, const std::function<void(int page, Rect area)>& draw) {
  if (pages <= 0) return;
  state.page = std::clamp(state.page, 0, pages - 1);
  state.width = area.w;
  auto group = ui.group(Role::page, area, name);
  auto clipped = ui.clip(area);
  float offset = settling(ui, state);
  if (pages > 1) {
    const Ui::Swipe swipe = ui.swipe(area);
    float pull = swipe.offset;
    const bool at_edge = (pull > 0 && state.page == 0) || (pull < 0 && state.page == pages - 1);
    if (at_edge) pull /= 4;  // gives way a little
    if (swipe.active) {
      offset = pull;
      state.from = 0;
    }
    if (swipe.released) {
      const bool far = std::abs(pull) > area.w / 4, fast = std::abs(swipe.speed) > quick && swipe.speed * pull > 0;
      turn(ui, state, pages, !at_edge && (far || fast) ? (pull > 0 ? -1 : 1) : 0, area.w, pull);
      offset = settling(ui, state);
    }
  }
  offset = std::clamp(offset, -area.w, area.w);
  const auto show = [&](int page, float at, bool quiet) {
    if (page < 0 || page >= pages) return;
    auto place = ui.moved(at, 0);
    auto apart = ui.key(static_cast<std::uint64_t>(page));
    if (quiet) {
      auto silence = ui.silent();
      draw(page, area);
    } else {
      draw(page, area);
    }
  };
  show(state.page, offset, false);
  if (offset > 0) show(state.page - 1, offset - area.w, true);
  if (offset < 0) show(state.page + 1, offset + area.w, true);
}

namespace {

void arrow(Ui& ui, Rect r, PagerState& state, int pages, int by, std::string_view name, Icon i) {
  const bool can = state.page + by >= 0 && state.page + by < pages;
  if (square_button(ui, r, {.label = name, .icon = i, .kind = ButtonKind::quiet, .dead = !can, .icon_size = 40}))
    turn(ui, state, pages, by, state.width, 0);
}

}  // namespace

void pager_arrows(Ui& ui, Rect strip, PagerState& state, int pages, const PagerWords& words) {
  if (pages <= 1) return;
  const float side = std::min(72.0f, strip.h);
  Rect middle = strip;
  arrow(ui, middle.cut_start(side, 8), state, pages, -1, words.previous, icon::chevron_left);
  arrow(ui, middle.cut_end(side, 8), state, pages, 1, words.next, icon::chevron_right);
  ui.text_middle(middle, words.where, type::small.middle().in(ui.theme().ink2), Role::status);
}

void pager_arrows_upright(Ui& ui, Rect column, PagerState& state, int pages, const PagerWords& words) {
  if (pages <= 1) return;
  ui.node(Role::status, column, words.where);
  const std::vector<Rect> halves = rows(column, 2, 16);
  arrow(ui, halves[0], state, pages, -1, words.previous, icon::expand_less);
  arrow(ui, halves[1], state, pages, 1, words.next, icon::expand_more);
}

}  // namespace huisbord::ui
