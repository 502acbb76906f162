// SPDX-License-Identifier: GPL-3.0-or-later
// Three quiet lists: activities of the house, notices with answers from the office, and my plan with who helps me.
#include <algorithm>

#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/host.h"
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

float row_of(const ui::Ui& ui) {
  return std::max(ui.viewport().form == ui::Form::phone ? 84.0f : 107.0f,
                  ui.line_height(type::body) + ui.line_height(type::small) * 2 + 24);
}

void nothing(ui::Ui& ui, Rect r, ui::Section section, const std::string& text) {
  ui.icon(ui::icon_of(section), r.cut_top(220).centre(), 120, ui.colours(section).deep);
  ui.text(r, text, type::lead.middle());
}

class ActivitiesScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const auto& all = host.actions().resident().activities;
    host.header(ui, ui::Section::activities, host.say(Key("home.activities")));
    const Rect body = ui::page_parts(ui).content;
    if (all.empty()) return nothing(ui, body, ui::Section::activities, host.say(Key("home.no_activity")));
    std::vector<PagePart> parts;
    for (const Activity& activity : all)
      parts.push_back({row_of(ui), [&](Rect r) {
                         const std::string when = i18n::near_moment(host.words(), activity.day, activity.start, host.now().today);
                         std::string what = title_of(host.words(), activity);
                         if (!activity.place.empty())
                           what = host.words().text(Key("common.list_two"), {{"first", what}, {"second", activity.place}});
                         ui::plain_row(ui, r,
                                       {.title = when,
                                        .reason = what,
                                        .section = ui::Section::activities,
                                        .tile = icon_of(activity.kind),
                                        .tone = ui::TileTone::tint});
                       }});
    paged(ui, host, body, pager_, parts, 12, host.say(Key("home.activities")));
  }

 private:
  ui::PagerState pager_;
};

class NoticesScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const ResidentView& me = host.actions().resident();
    host.header(ui, ui::Section::house, host.say(Key("notice.title")));
    const Rect body = ui::page_parts(ui).content;
    std::vector<PagePart> parts;
    for (const EntryView& view : me.entries)
      if (view.entry.question == QuestionState::asked || view.entry.question == QuestionState::answered)
        parts.push_back({row_of(ui), [&](Rect r) { question(ui, host, r, view); }});
    for (const Notice& notice : me.notices) {
      const NoticeText& text = text_in(notice, i18n::code(host.language()));
      const auto first = type::lead.bold().lined(1.2f);
      const float width = body.w - 160;
      const float height = std::max(112.0f, ui.measure(text.title, first, width).h + ui.measure(text.body, type::label, width).h + 32);
      parts.push_back({height, [&, first](Rect r) {
                         ui::tint_card(ui, r, ui::Section::house);
                         Rect inner = r.inset(26, 12);
                         ui::tile(ui, inner.cut_start(72, 20).middle({72, 72}), ui::Section::house, icon_of(notice.icon));
                         const float top = ui.measure(text.title, first, inner.w).h;
                         Rect lines = inner.middle({inner.w, std::min(inner.h, top + ui.measure(text.body, type::label, inner.w).h)});
                         ui.text({lines.x, lines.y, lines.w, top}, text.title, first, ui::Role::heading);
                         ui.text({lines.x, lines.y + top, lines.w, lines.h - top}, text.body, type::label);
                       }});
    }
    if (parts.empty()) return nothing(ui, body, ui::Section::house, host.say(Key("home.no_news")));
    paged(ui, host, body, pager_, parts, 12, host.say(Key("notice.title")));
  }

 private:
  static void question(ui::Ui& ui, Host& host, Rect r, const EntryView& view) {
    const bool answered = view.entry.question == QuestionState::answered;
    const std::string title = host.say(answered ? Key("question.state.answered") : Key("question.state.asked"));
    std::string below = host.say(words_for(view.entry.kind)) + " " + i18n::signed_amount(view.entry.amount);
    if (!answered && view.entry.answer_by)
      below += "\n" + host.words().text(Key("question.answer_by"), {{"date", i18n::full_date(host.words(), *view.entry.answer_by)}});
    ui::plain_row(ui, r,
                  {.title = title, .reason = below, .section = ui::Section::leefgeld, .tile = ui::icon::help, .tone = ui::TileTone::tint});
  }
  ui::PagerState pager_;
};

class PlanScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const ResidentView& me = host.actions().resident();
    host.header(ui, ui::Section::plan, host.say(Key("home.plan")));
    const Rect body = ui::page_parts(ui).content;
    std::vector<PagePart> parts;
    if (me.plan && me.plan->of > 0)
      parts.push_back({row_of(ui), [&](Rect r) {
                         const std::string text = host.words().text(
                             Key("home.plan_step"), {{"step", std::to_string(me.plan->step)}, {"steps", std::to_string(me.plan->of)}});
                         ui::plain_row(ui, r, {.title = text, .reason = {}, .section = ui::Section::plan, .tile = ui::icon::signpost});
                       }});
    const auto helper = [&](const std::optional<std::string>& who, Key role) {
      parts.push_back(
          {row_of(ui), [&, role](Rect r) {
             std::string name = who ? i18n::isolate(*who, host.words().direction()) : host.say(Key("plan.nobody_yet"));
             std::string below = host.say(role);
             if (!who && me.managers.asked_for)
               below += "\n" + host.words().text(Key("plan.asked_for"), {{"day", i18n::full_date(host.words(), *me.managers.asked_for)}});
             ui::plain_row(ui, r,
                           {.title = name, .reason = below, .section = ui::Section::plan, .tile = {}, .tone = {}, .person = ui::Person{}});
           }});
    };
    helper(me.managers.legal, Key("plan.legal"));
    helper(me.managers.social, Key("plan.social"));
    parts.push_back(
        {row_of(ui), [&](Rect r) {
           const std::string room = host.words().text(Key("room.title"), {{"number", me.room_label}});
           const std::string since =
               host.words().text(Key("plan.here_since"), {{"day", i18n::full_date(host.words(), me.identity.arrived)}});
           ui::plain_row(
               ui, r,
               {.title = room, .reason = since, .section = ui::Section::plan, .tile = ui::icon::door_front, .tone = ui::TileTone::tint});
         }});
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
