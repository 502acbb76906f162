// SPDX-License-Identifier: GPL-3.0-or-later
// Three quiet lists: activities of the house, notices with answers from the office, and my plan with who helps me.
#include <algorithm>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/progress.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"
#include "core/i18n/money.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

/// High enough for all that the row says.
float row_of(const ui::Ui& ui, float width, const std::string& title, const std::string& reason) {
  const bool phone = ui.is_phone();
  const float room = width - 36 - (phone ? 51.0f : 68.0f) - 16;
  return std::max(phone ? 72.0f : 107.0f,
                  two_lines_height(ui, room, {title, reason, type::body.bold().lined(1.25f), type::small.lined(1.3f)}) + 16);
}

struct Row {
  std::string title, reason;
  ui::Section section = ui::Section::plan;
  ui::Icon tile = ui::icon::none;  ///< none: a person
  ui::TileTone tone = ui::TileTone::tint;
};

void add_row(ui::Ui& ui, std::vector<PagePart>& parts, float width, Row row) {
  const float height = row_of(ui, width, row.title, row.reason);
  parts.push_back({height, [&ui, row = std::move(row)](Rect r) {
                     ui::plain_row(ui, r,
                                   {.title = row.title,
                                    .reason = row.reason,
                                    .section = row.section,
                                    .tile = row.tile,
                                    .tone = row.tone,
                                    .person = row.tile ? std::optional<ui::Person>() : ui::Person{}});
                   }});
}

class ActivitiesScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const auto& all = host.resident().activities;
    host.header(ui, ui::Section::activities, host.say(Key("home.activities")));
    const Rect body = ui::page_parts(ui).content;
    if (all.empty()) return nothing_here(ui, body, ui::icon::sports_soccer, ui::Section::activities, host.say(Key("home.no_activity")));
    std::vector<PagePart> parts;
    for (const Activity& activity : all) {
      std::string what = title_of(host.words(), activity);
      if (!activity.place.empty())
        what = host.words().text(Key("common.list_two"),
                                 {{"first", what}, {"second", i18n::isolate(activity.place, host.words().direction())}});
      add_row(ui, parts, body.w,
              {i18n::near_moment(host.words(), activity.day, activity.start, host.now().today), what, ui::Section::activities,
               icon_of(activity.kind)});
    }
    paged(ui, host, body, pager_, parts, 12, host.say(Key("home.activities")));
  }

 private:
  ui::PagerState pager_;
};

class NoticesScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const ResidentView& me = host.resident();
    host.header(ui, ui::Section::house, host.say(Key("notice.title")));
    const Rect body = ui::page_parts(ui).content;
    std::vector<PagePart> parts;
    for (const EntryView& view : me.entries)
      if (view.entry.question == QuestionState::asked || view.entry.question == QuestionState::answered)
        question(ui, host, parts, body.w, view);
    const bool phone = ui.is_phone();
    const float side = phone ? 56.0f : 72.0f, edge = phone ? 14.0f : 26.0f, gap = phone ? 14.0f : 20.0f;
    for (const Notice& notice : me.notices) {
      const NoticeText& text = text_in(notice, i18n::code(host.language()));
      const TwoLines lines{text.title, text.body, type::lead.bold().lined(1.2f), type::label, ui::Role::heading};
      const float height = std::max(112.0f, two_lines_height(ui, body.w - 2 * edge - side - gap, lines) + 32);
      parts.push_back({height, [&ui, lines, side, edge, gap, icon = icon_of(notice.icon)](Rect r) {
                         ui::tint_card(ui, r, ui::Section::house);
                         Rect inner = r.inset(edge, 12);
                         ui::tile(ui, inner.cut_start(side, gap).middle({side, side}), ui::Section::house, icon);
                         two_lines(ui, inner, lines);
                       }});
    }
    if (parts.empty()) return nothing_here(ui, body, ui::icon::campaign, ui::Section::house, host.say(Key("home.no_news")));
    paged(ui, host, body, pager_, parts, 12, host.say(Key("notice.title")));
  }

 private:
  static void question(ui::Ui& ui, Host& host, std::vector<PagePart>& parts, float width, const EntryView& view) {
    const bool answered = view.entry.question == QuestionState::answered;
    std::string below = host.say(words_for(view.entry.kind)) + " " + i18n::signed_amount(view.entry.amount);
    if (!answered && view.entry.answer_by)
      below += "\n" + host.words().text(Key("question.answer_by"), {{"date", i18n::full_date(host.words(), *view.entry.answer_by)}});
    add_row(
        ui, parts, width,
        {host.say(answered ? Key("question.state.answered") : Key("question.state.asked")), below, ui::Section::leefgeld, ui::icon::help});
  }
  ui::PagerState pager_;
};

class PlanScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const ResidentView& me = host.resident();
    host.header(ui, ui::Section::plan, host.say(Key("home.plan")));
    const Rect body = ui::page_parts(ui).content;
    std::vector<PagePart> parts;
    if (me.plan && me.plan->of > 0)
      add_row(ui, parts, body.w,
              {host.words().text(Key("home.plan_step"), {{"step", std::to_string(me.plan->step)}, {"steps", std::to_string(me.plan->of)}}),
               {},
               ui::Section::plan,
               ui::icon::signpost,
               ui::TileTone::main});
    const auto helper = [&](const std::optional<std::string>& who, Key role) {
      std::string below = host.say(role);
      if (!who && me.managers.asked_for)
        below += "\n" + host.words().text(Key("plan.asked_for"), {{"day", i18n::full_date(host.words(), *me.managers.asked_for)}});
      add_row(ui, parts, body.w,
              {who ? i18n::isolate(*who, host.words().direction()) : host.say(Key("plan.nobody_yet")), below, ui::Section::plan});
    };
    helper(me.managers.legal, Key("plan.legal"));
    helper(me.managers.social, Key("plan.social"));
    add_row(ui, parts, body.w,
            {host.words().text(Key("room.title"), {{"number", me.room_label}}),
             host.words().text(Key("plan.here_since"), {{"day", i18n::full_date(host.words(), me.identity.arrived)}}), ui::Section::plan,
             ui::icon::door_front});
    paged(ui, host, body, pager_, parts, 12, host.say(Key("home.plan")));
  }

 private:
  ui::PagerState pager_;
};

}  // namespace

std::unique_ptr<Screen> make_activities_screen() { return std::make_unique<ActivitiesScreen>(); }
std::unique_ptr<Screen> make_notices_screen() { return std::make_unique<NoticesScreen>(); }
std::unique_ptr<Screen> make_plan_screen() { return std::make_unique<PlanScreen>(); }

}  // namespace huisbord
