// SPDX-License-Identifier: GPL-3.0-or-later
// Appointments by time: beside each other the list and one of them in full; upright it opens inside the list; with larger letters on a page
// of its own.
#include <algorithm>

#include "app/kiosk/screens/appointment_detail.h"
#include "app/kiosk/screens/faces.h"
#include "app/kiosk/screens/lines.h"
#include "app/kiosk/screens/paging.h"
#include "app/kiosk/widgets/rows.h"
#include "core/i18n/dates.h"
#include "core/i18n/direction.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;
constexpr ui::Section section = ui::Section::appointments;

class AppointmentsScreen final : public Screen {
 public:
  void draw(ui::Ui& ui, Host& host) override {
    const auto& all = host.resident().appointments;
    const Rect body = ui::page_parts(ui).content;
    const std::string title = host.say(Key("appointment.title"));
    if (all.empty()) {
      host.header(ui, section, title);
      return nothing_here(ui, body, ui::icon::event, section, host.say(Key("appointment.none")));
    }
    auto at = std::ranges::find_if(all, [&](const AppointmentView& a) { return chosen_ == a.appointment.id; });
    if (ui.text_factor() > 1.2f || ui.is_small()) {
      large_ = true;
      host.header(ui, section, title, at != all.end() ? std::function<void()>([this] { chosen_.reset(); }) : nullptr);
      if (at != all.end())
        appointment_pages(ui, host, *at, body, detail_pager_);
      else
        list(ui, host, all, body, nullptr);
      return;
    }
    large_ = false;
    host.header(ui, section, title);
    if (at == all.end()) at = all.begin();
    if (ui.viewport().form == ui::Form::landscape) {
      Rect rest = body;
      const Rect beside = rest.cut_start(424, 24);
      list(ui, host, all, beside, &*at);
      appointment_card(ui, host, *at, rest, detail_pager_);
    } else {
      list_around(ui, host, all, *at, body);
    }
  }
  [[nodiscard]] std::string_view face() const override { return large_ && chosen_ ? "one" : ""; }

 private:
  void list(ui::Ui& ui, Host& host, const std::vector<AppointmentView>& all, Rect r, const AppointmentView* shown) {
    const auto head_type = type::label.bold().lined(1.45f).in(ui.theme().ink2);
    const Week week = week_of(host.now().today);
    const float gap = 12, head = std::min(32.0f * ui.text_factor(), ui.line_height(head_type));
    const auto heads = [&](std::size_t i) {
      return i == 0 || ((week_of(all[i - 1].appointment.day) == week) != (week_of(all[i].appointment.day) == week));
    };
    std::vector<PagePart> parts;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool first = heads(i);
      const Key said = week_of(all[i].appointment.day) == week ? Key("appointment.this_week") : Key("appointment.later");
      parts.push_back({row_height(ui, host, all[i], r.w) + (first ? head + gap : 0), [&, i, first, said](Rect place) {
                         if (first) ui.text(place.cut_top(head, gap).inset(4, 0), host.say(said), head_type, ui::Role::heading);
                         one_row(ui, host, all[i], place, shown == &all[i]);
                       }});
    }
    paged(ui, host, r, pager_, parts, gap, host.say(Key("appointment.title")));
  }

  /// Upright: the chosen one opens in its place.
  void list_around(ui::Ui& ui, Host& host, const std::vector<AppointmentView>& all, const AppointmentView& shown, Rect r) {
    const bool phone = ui.is_phone();
    std::vector<PagePart> parts;
    for (const AppointmentView& view : all) {
      if (&view == &shown)
        parts.push_back(
            {appointment_card_height(ui, host, view, r.w), [&](Rect place) { appointment_card(ui, host, view, place, detail_pager_); }});
      else
        parts.push_back({phone ? 72.0f : 107.0f, [&](Rect place) { one_row(ui, host, view, place, false); }});
    }
    paged(ui, host, r, pager_, parts, phone ? 8.0f : 12.0f, host.say(Key("appointment.title")));
  }

  struct Words {
    std::string when, what;
  };
  /// The day goes over the time where both do not fit on one line.
  static Words words_of(ui::Ui& ui, Host& host, const Appointment& a, float width) {
    const auto said = [&](const std::string& title) { return i18n::isolate(title, host.words().direction()); };
    const std::string kind = host.say(words_for(a.kind));
    Words words{moment_of(host, a), a.title.empty() ? kind : said(a.title)};
    if (a.span == Appointment::Span::all_day || on_one_line(ui, words.when, type::body.bold(), width)) return words;
    const std::string time = i18n::isolate_left_to_right(i18n::time_of_day(a.start)) + " \u00b7 ";
    words.when = i18n::near_day(host.words(), a.day, host.now().today);
    words.what = time + (on_one_line(ui, time + words.what, type::small, width) ? words.what : kind);
    return words;
  }
  static float words_width(const ui::Ui& ui, float width) {
    const float tile = ui.is_phone() ? 51.0f : 68.0f;
    return width - 36 - tile - 16 - ui.icon_side(36) - 14;
  }
  static float row_height(ui::Ui& ui, Host& host, const AppointmentView& view, float width) {
    const float room = words_width(ui, width);
    const Words words = words_of(ui, host, view.appointment, room);
    const float most =
        ui.measure(words.when, type::body.bold().lined(1.25f), room).h + ui.measure(words.what, type::small.lined(1.3f), room).h;
    const float least = ui.is_phone() ? 72.0f : ui.text_factor() > 1.2f ? 96.0f : 107.0f;
    return std::max(least, most + 12);
  }

  void one_row(ui::Ui& ui, Host& host, const AppointmentView& view, Rect r, bool selected) {
    const Appointment& a = view.appointment;
    const bool off = a.standing == Standing::cancelled;
    const Words words = words_of(ui, host, a, words_width(ui, r.w));
    const std::string whole = moment_of(host, a);
    const std::string state = off ? host.say(Key("answer.state.cancelled")) : host.say(words_for(a.answer));
    ui::ListRow row{.title = words.when,
                    .reason = words.what,
                    .name = whole,
                    .section = section,
                    .tile = icon_of(a.kind),
                    .tone = selected ? ui::TileTone::white : ui::TileTone::tint,
                    .state_name = state,
                    .selected = selected};
    row.state = off || a.answer == Answer::cannot ? ui::icon::event_busy
                : a.answer == Answer::coming      ? ui::icon::check_circle
                : a.answer == Answer::please_move ? ui::icon::update
                                                  : ui::icon::help;
    if (!selected && !off && a.answer == Answer::coming) row.state_colour = ui.colours(ui::Section::tasks).deep;
    if (!selected && (off || a.answer == Answer::cannot)) row.state_colour = ui.colours(ui::Section::house).deep;
    const auto key = ui.key(std::hash<AppointmentId>{}(a.id));
    if (ui::list_row(ui, r, row)) {
      chosen_ = a.id;
      detail_pager_ = {};
    }
  }

  std::optional<AppointmentId> chosen_;
  bool large_ = false;
  ui::PagerState pager_, detail_pager_;
};

}  // namespace

std::unique_ptr<Screen> make_appointments_screen() { return std::make_unique<AppointmentsScreen>(); }

}  // namespace huisbord
