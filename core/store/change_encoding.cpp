// SPDX-License-Identifier: GPL-3.0-or-later
// The open changes as operations of the journal: kind, record, term and body (FORMAT.md 5).
#include "core/store/change_encoding.h"

#include <algorithm>

#include "core/base/check.h"

namespace huisbord {

namespace {

std::uint32_t number(std::int32_t value) { return static_cast<std::uint32_t>(std::max(value, 0)); }
template <class Enum>
  requires std::is_enum_v<Enum>
std::uint32_t number(Enum value) {
  return static_cast<std::uint32_t>(value);
}

struct Encoder {
  const FindWeek& find;
  journal::Operation& into;

  template <class Tag>
  Status place(Kind kind, const Id<Tag>& record, Week week = no_week) {
    into.set_kind(number(kind));
    into.set_term_class(number(rule_of(number(kind))->term.value()));
    into.set_term_week(number(week.value));
    into.set_record(to_string(record.bytes));
    return {};
  }
  template <class Tag>
  Result<Week> week_of_record(Table table, const Id<Tag>& record, const char* missing) {
    TRY_ASSIGN(const std::optional<Week> week, find(table, PersonId{}, record.template as<RecordTag>(), any_week));
    if (!week) return fail(ErrorCode::not_found, missing);
    return *week;
  }
  /// The wanted week, unless the record stands in another.
  template <class Tag>
  Result<Week> only(Table table, const Id<Tag>& record, Week wanted) {
    TRY_ASSIGN(const std::optional<Week> week, find(table, PersonId{}, record.template as<RecordTag>(), wanted));
    if (week && *week != wanted) return stands_elsewhere();
    return wanted;
  }
  Result<Week> week_of_duty(const DutyId& duty) { return week_of_record(Table::duty, duty, "That duty is not in this store."); }

  Status operator()(const House& house) {
    into.mutable_house()->set_name(house.name);
    return place(Kind::house, house.id);
  }
  Status operator()(const Woongroep& woongroep) {
    into.mutable_woongroep()->set_name(woongroep.name);
    into.mutable_woongroep()->set_order(woongroep.order);
    return place(Kind::woongroep, woongroep.id);
  }
  Status operator()(const Room& room) {
    into.mutable_room()->set_woongroep(to_string(room.woongroep.bytes));
    into.mutable_room()->set_label(room.label);
    return place(Kind::room, room.id);
  }
  Status operator()(const Placing& placing) {
    auto& body = *into.mutable_placing();
    body.set_room(to_string(placing.room.bytes));
    body.set_symbol(number(placing.symbol));
    body.set_pastel(number(placing.pastel));
    body.set_from(placing.from.value);
    return place(Kind::placing, placing.person);
  }
  Status operator()(const PlacingEnded& ended) {
    into.mutable_placing_ended()->set_until(ended.until.value);
    return place(Kind::placing_ended, ended.person);
  }
  Status operator()(const AppearanceChosen& chosen) {
    into.mutable_appearance()->set_symbol(number(chosen.symbol));
    into.mutable_appearance()->set_pastel(number(chosen.pastel));
    return place(Kind::appearance, chosen.person);
  }
  Status operator()(const Task& task) {
    auto& body = *into.mutable_task();
    body.set_woongroep(to_string(task.woongroep.bytes));
    body.set_place(number(task.place));
    body.set_before(number(task.before.value));
    body.set_weekdays(task.weekdays);
    return place(Kind::task, task.id);
  }
  Status operator()(const DutyPlanned& planned) {
    auto& body = *into.mutable_duty_planned();
    body.set_task(to_string(planned.task.bytes));
    body.set_day(planned.day.value);
    body.set_room(to_string(planned.room.bytes));
    return place(Kind::duty_planned, duty_of(planned.task, planned.day), huisbord::week_of(planned.day));
  }
  Status operator()(const DutyDone& done) {
    TRY_ASSIGN(const Week week, week_of_duty(done.duty));
    into.mutable_duty_done()->set_done(done.done);
    return place(Kind::duty_done, done.duty, week);
  }
  Status operator()(const DutyOffered& offered) {
    TRY_ASSIGN(const Week week, week_of_duty(offered.duty));
    into.mutable_duty_offered()->set_duty(to_string(offered.duty.bytes));
    into.mutable_duty_offered()->set_withdrawn(offered.withdrawn);
    if (offered.returned) {
      into.mutable_duty_offered()->set_returned(to_string(offered.returned->offer.bytes));
      into.mutable_duty_offered()->set_room(to_string(offered.returned->room.bytes));
    }
    return place(Kind::duty_offered, offered.offer, week);
  }
  Status operator()(const DutyClaimed& claimed) {
    TRY_ASSIGN(const Week week, week_of_record(Table::offer, claimed.offer, "That offer is not in this store."));
    into.mutable_duty_claimed()->set_duty(to_string(claimed.duty.bytes));
    into.mutable_duty_claimed()->set_room(to_string(claimed.room.bytes));
    return place(Kind::duty_claimed, claimed.offer, week);
  }
  Status operator()(const SwapProposed& proposed) {
    TRY_ASSIGN(const Week mine, week_of_duty(proposed.mine));
    TRY_ASSIGN(const Week theirs, week_of_duty(proposed.theirs));
    auto& body = *into.mutable_swap_proposed();
    body.set_mine(to_string(proposed.mine.bytes));
    body.set_theirs(to_string(proposed.theirs.bytes));
    body.set_withdrawn(proposed.withdrawn);
    return place(Kind::swap_proposed, proposed.swap, std::max(mine, theirs));
  }
  Status operator()(const SwapAnswered& answered) {
    TRY_ASSIGN(const Week week, week_of_record(Table::swap, answered.swap, "That swap is not in this store."));
    auto& body = *into.mutable_swap_answered();
    body.set_accepted(answered.accepted);
    if (!answered.from_room.empty() && !answered.to_room.empty()) {
      body.set_from_room(to_string(answered.from_room.bytes));
      body.set_to_room(to_string(answered.to_room.bytes));
    }
    return place(Kind::swap_answered, answered.swap, week);
  }
  Status operator()(const Notice& notice) {
    TRY_ASSIGN(const Week week, only(Table::notice, notice.id, huisbord::week_of(notice.until)));
    auto& body = *into.mutable_notice();
    body.set_icon(number(notice.icon));
    body.set_from(notice.from.value);
    body.set_until(notice.until.value);
    body.set_withdrawn(notice.withdrawn);
    for (const auto& [language, text] : notice.texts) {
      auto& to = *body.add_texts();
      to.set_language(language);
      to.set_title(text.title);
      to.set_body(text.body);
    }
    return place(Kind::notice, notice.id, week);
  }
  Status operator()(const Activity& activity) {
    TRY_ASSIGN(const Week week, only(Table::activity, activity.id, huisbord::week_of(activity.day)));
    auto& body = *into.mutable_activity();
    body.set_kind(number(activity.kind));
    body.set_title(activity.title);
    body.set_place(activity.place);
    body.set_day(activity.day.value);
    body.set_start(number(activity.start.value));
    body.set_end(number(activity.end.value));
    body.set_cancelled(activity.cancelled);
    return place(Kind::activity, activity.id, week);
  }
  Status operator()(const Staff& staff) {
    into.mutable_staff()->set_name(staff.name);
    return place(Kind::staff, staff.id);
  }
  Status operator()(const RoleGranted& granted) {
    auto& body = *into.mutable_role_granted();
    body.set_staff(to_string(granted.staff.bytes));
    body.set_role(number(granted.role));
    if (!granted.house.empty()) body.set_house(to_string(granted.house.bytes));
    return place(Kind::role_granted, granted.grant);
  }
  Status operator()(const RoleRevoked& revoked) {
    into.mutable_role_revoked();
    return place(Kind::role_revoked, revoked.grant);
  }
  Status operator()(const Rate& rate) {
    auto& body = *into.mutable_rate();
    body.set_from(rate.from.value);
    body.set_payday(rate.payday);
    for (const RatePart& part : rate.parts) {
      auto& to = *body.add_parts();
      to.set_what(number(part.what));
      to.set_cents(part.amount.value);
    }
    return place(Kind::rate, rate.id);
  }
};

}  // namespace

Status encode_change(const OpenChange& change, const FindWeek& find, journal::Operation& into) {
  into.Clear();
  return std::visit(Encoder{find, into}, change);
}

}  // namespace huisbord
