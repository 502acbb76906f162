// SPDX-License-Identifier: GPL-3.0-or-later
// The badge that says where the data is, and the sheet behind it that says what is the matter with this board.
#include <algorithm>

#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/buttons.h"
#include "core/i18n/dates.h"

namespace huisbord {

ui::Rect Host::sync_badge(ui::Ui& ui, ui::Rect header, SyncWords words) {
  const SyncView sync = actions_.sync();
  ui::SyncBadge badge;
  std::string text, brief;
  if (sync.last_sent) brief = i18n::time_of_day(*sync.last_sent);
  switch (sync.state) {
    case SyncView::State::all_arrived:
      badge.state = ui::SyncState::sent;
      text = sync.last_sent ? catalogue_->text(i18n::Key("sync.sent"), {{"time", brief}}) : say(i18n::Key("sync.saved"));
      break;
    case SyncView::State::waiting:
      badge.state = ui::SyncState::here;
      brief = std::to_string(sync.waiting);
      text =
          sync.waiting == 0 ? say(i18n::Key("sync.saved")) : catalogue_->plural(i18n::Key("sync.waiting"), static_cast<int>(sync.waiting));
      break;
    case SyncView::State::someone_looks:
      badge.state = ui::SyncState::looking;
      text = catalogue_->text(i18n::Key("sync.someone_looks"), {{"name", sync.who_looks}});
      break;
  }
  const bool concerned = !actions_.concerns().empty();
  if (concerned) {
    badge.state = ui::SyncState::looking;
    text = say(i18n::Key("state.title"));
    brief.clear();
  }
  badge.text = text;
  const bool no_room = ui.is_phone() && ui.text_factor() > 1.5f;
  if (words == SyncWords::shown && !no_room) badge.short_text = brief;
  if (!concerned) return ui::sync_badge(ui, header, badge);
  const ui::Rect rest = ui::sync_badge(ui, header, badge);
  // As large as a finger needs it, around the badge.
  const float least = ui.is_phone() ? 56.0f : 72.0f, w = std::max(least, header.end() - rest.end() - 16);
  const ui::Rect place{header.end() - w, std::max(0.0f, header.bottom() - std::max(least, header.h)), w, std::max(least, header.h)};
  if (ui.target(place, ui::Role::button, text)) sheet_ = Sheet::state;
  return rest;
}

void Host::header(ui::Ui& ui, ui::Section section, const std::string& title, const std::function<void()>& one_back) {
  // On a phone the title needs the room (visual language 9).
  const bool phone = ui.is_phone();
  const ui::Rect rest = sync_badge(ui, ui::page_parts(ui).header, phone ? SyncWords::glyph_alone : SyncWords::shown);
  const auto tile = phone && ui.text_factor() > 1.5f ? std::optional<ui::Section>() : section;
  const std::string back = say(i18n::Key("common.back"));
  if (ui::header(ui, rest, {.title = title, .second = {}, .section = tile, .person = {}, .back = back}))
    one_back ? one_back() : go(Place::home);
}

std::string Host::sentence_of(const Concern& concern) const {
  switch (concern.kind) {
    case Concern::Kind::cut:
      return say(i18n::Key("state.cut"));
    case Concern::Kind::copied:
      return say(i18n::Key("state.copied"));
    case Concern::Kind::forked:
      return say(i18n::Key("state.forked"));
    case Concern::Kind::withheld:
      return say(i18n::Key("state.withheld"));
    case Concern::Kind::relay_wrong:
      return say(i18n::Key("state.relay"));
    case Concern::Kind::lapsed:
      return say(i18n::Key("state.lapsed"));
    case Concern::Kind::nothing_from_office:
      if (!concern.since) return say(i18n::Key("state.lapsed"));
      return catalogue_->text(i18n::Key("sync.no_news_since"), {{"day", i18n::full_date(*catalogue_, *concern.since)}});
    case Concern::Kind::behind:
      return say(i18n::Key("state.behind"));
    case Concern::Kind::tables_differ:
      return say(i18n::Key("state.differ"));
  }
  return {};
}

void Host::draw_state_sheet(ui::Ui& ui) {
  const std::vector<Concern> concerns = actions_.concerns();
  const bool wide = ui.viewport().form == ui::Form::landscape || ui.is_small();
  const std::string name = say(i18n::Key("state.title")), done = say(i18n::Key("common.done")), rest = say(i18n::Key("error.rest_works")),
                    again = say(i18n::Key("renew.button"));
  const bool renews = on_renew && std::ranges::find(concerns, Concern::Kind::copied, &Concern::kind) != concerns.end();
  const float width = std::min(wide ? 820.0f + 300 * (ui.text_factor() - 1) : ui.page().w - 32, ui.page().w - 32);
  const float mark = ui.icon_side(40), gap = 14, button = ui.is_small() ? 72.0f : 80.0f;
  const float acts = renews ? 2 * button + gap : button;
  const float line = width - 64 - mark - 16, head = ui.measure(name, ui::type::title, width - 64).h + gap;
  struct Line {
    std::string text;
    ui::Icon icon;
    float height;
  };
  std::vector<Line> all;
  const auto add = [&](std::string text, ui::Icon icon) {
    const float height = std::max(mark, ui.measure(text, ui::type::body, line).h) + gap;
    all.push_back({std::move(text), icon, height});
  };
  for (const Concern& concern : concerns) add(sentence_of(concern), ui::icon::info);
  // A board that keeps nothing any more does not work as it did.
  if (concerns.empty() || concerns.front().kind != Concern::Kind::cut) add(rest, ui::icon::check_circle);
  float room = std::max(all.front().height, ui.page().h - 32 - 58 - head - acts - gap), height = 0;
  std::size_t fit = 0;
  while (fit < all.size() && (fit == 0 || height + all[fit].height <= room)) height += all[fit++].height;
  ui::Rect inner = ui::sheet(ui, {width, head + height + acts + gap + 58}, name);
  ui.text(inner.cut_top(head), name, ui::type::title, ui::Role::heading);
  ui::Rect close = inner.cut_bottom(acts, gap);
  const ui::Button renew{
      .label = again, .icon = ui::icon::phone_in_talk, .kind = ui::ButtonKind::secondary, .section = ui::Section::team, .padding = 12};
  if (renews && ui::button(ui, close.cut_top(button, gap), renew)) {
    sheet_ = Sheet::none;
    on_renew();
  }
  for (std::size_t i = 0; i < fit; ++i) {
    ui::Rect row = inner.cut_top(std::min(inner.h, all[i].height) - gap, gap);
    ui.icon(all[i].icon, row.cut_start(mark, 16).centre(), 40, ui.theme().ink);
    ui.text_middle(row, all[i].text, ui::type::body);
  }
  if (ui::button(ui, close, {.label = done, .icon = ui::icon::check})) sheet_ = Sheet::none;
}

}  // namespace huisbord
