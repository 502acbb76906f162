// SPDX-License-Identifier: GPL-3.0-or-later
// Operations as the domain's types again.
#include "core/store/change_decoding.h"

#include <algorithm>

namespace huisbord {

namespace {

MinuteOfDay minute(std::uint32_t value) { return {static_cast<std::int32_t>(value % 1440)}; }

/// Sums of these never pass the limits of their type.
constexpr std::int64_t most_cents = 1'000'000'000;
bool plausible(std::int64_t cents) { return cents >= -most_cents && cents <= most_cents; }

}  // namespace

Day decode_day(std::int32_t value) {
  using namespace std::chrono;
  constexpr std::int32_t first = sys_days{year{1} / January / 1}.time_since_epoch().count();
  constexpr std::int32_t last = sys_days{year{9999} / December / 31}.time_since_epoch().count();
  return {std::clamp(value, first, last)};
}

Symbol decode_symbol(std::uint32_t value) { return known(value, Symbol{symbol_count}).value_or(Symbol::boat); }
Pastel decode_pastel(std::uint32_t value) { return known(value, Pastel::clay).value_or(Pastel::peach); }

House decode_house(const RecordId& record, const journal::Operation& operation) {
  return {record.as<HouseTag>(), operation.house().name()};
}

Woongroep decode_woongroep(const RecordId& record, const journal::Operation& operation) {
  return {record.as<WoongroepTag>(), operation.woongroep().name(), operation.woongroep().order()};
}

Room decode_room(const RecordId& record, const journal::Operation& operation) {
  return {record.as<RoomTag>(), id_of<WoongroepId>(operation.room().woongroep()), operation.room().label()};
}

Placing decode_placing(const RecordId& record, const journal::Operation& operation) {
  const journal::Placing& from = operation.placing();
  return {record.as<PersonTag>(),       id_of<RoomId>(from.room()), decode_symbol(from.symbol()),
          decode_pastel(from.pastel()), decode_day(from.from()),    std::nullopt};
}

std::optional<Task> decode_task(const RecordId& record, const journal::Operation& operation) {
  const journal::Task& from = operation.task();
  const auto place = known(from.place(), TaskPlace::garden);
  if (!place) return std::nullopt;
  return Task{record.as<TaskTag>(), id_of<WoongroepId>(from.woongroep()), *place, minute(from.before()),
              static_cast<std::uint8_t>(from.weekdays() & 127u)};
}

Notice decode_notice(const RecordId& record, const journal::Operation& operation) {
  const journal::Notice& from = operation.notice();
  Notice notice{record.as<NoticeTag>(),
                known(from.icon(), NoticeIcon::warning).value_or(NoticeIcon::megaphone),
                decode_day(from.from()),
                decode_day(from.until()),
                {},
                from.withdrawn()};
  for (const auto& text : from.texts()) notice.texts[text.language()] = {text.title(), text.body()};
  return notice;
}

Activity decode_activity(const RecordId& record, const journal::Operation& operation) {
  const journal::Activity& from = operation.activity();
  return {record.as<ActivityTag>(),
          known(from.kind(), ActivityKind::other).value_or(ActivityKind::other),
          from.title(),
          from.place(),
          decode_day(from.day()),
          minute(from.start()),
          minute(from.end()),
          from.cancelled()};
}

Staff decode_staff(const RecordId& record, const journal::Operation& operation) {
  return {record.as<StaffTag>(), operation.staff().name()};
}

std::optional<RoleGranted> decode_grant(const RecordId& record, const journal::Operation& operation) {
  const journal::RoleGranted& from = operation.role_granted();
  const auto role = known(from.role(), Role::coordinator);
  if (!role) return std::nullopt;
  return RoleGranted{record, id_of<StaffId>(from.staff()), *role, id_of<HouseId>(from.house())};
}

Rate decode_rate(const RecordId& record, const journal::Operation& operation) {
  const journal::Rate& from = operation.rate();
  Rate rate{record, decode_day(from.from()), static_cast<std::uint8_t>(from.payday() % 7), {}};
  for (const auto& part : from.parts())
    if (plausible(part.cents()))
      rate.parts.push_back({known(part.what(), RatePart::For::travel).value_or(RatePart::For::all), Cents{part.cents()}});
  return rate;
}

Identity take_identity(journal::IdentitySet& from) { return {std::move(*from.mutable_called()), decode_day(from.arrived())}; }

Preferences take_preferences(journal::PreferencesSet& from) {
  return {std::move(*from.mutable_language()), known(from.text_size(), TextSize::largest).value_or(TextSize::normal),
          known(from.contrast(), Contrast::high).value_or(Contrast::normal)};
}

CaseManagers take_managers(journal::CaseManagersSet& from) {
  CaseManagers managers;
  if (!from.legal().empty()) managers.legal = std::move(*from.mutable_legal());
  if (!from.social().empty()) managers.social = std::move(*from.mutable_social());
  if (from.asked()) managers.asked_for = decode_day(from.asked_for());
  return managers;
}

PlanStep take_plan_step(const PersonId& person, const journal::PlanStep& from) {
  return {person, static_cast<std::uint8_t>(from.step()), static_cast<std::uint8_t>(from.of())};
}

Appointment take_appointment(const RecordId& record, journal::Appointment& from) {
  Appointment made;
  made.id = record.as<AppointmentTag>();
  made.kind = known(from.kind(), AppointmentKind::work).value_or(AppointmentKind::other);
  made.title = std::move(*from.mutable_title());
  made.day = decode_day(from.day());
  made.start = minute(from.start());
  made.end_day = decode_day(from.end_day());
  made.end = minute(from.end());
  made.span = known(from.span(), Appointment::Span::all_day).value_or(Appointment::Span::timed);
  made.place = std::move(*from.mutable_place());
  made.with_whom = std::move(*from.mutable_with_whom());
  made.with_role = std::move(*from.mutable_with_role());
  made.travel_minutes = from.travel_minutes();
  for (const std::uint32_t bring : from.bring()) {
    if (const auto thing = known(bring, Bring::medicine)) made.bring.push_back(*thing);
  }
  made.standing = known(from.standing(), Standing::cancelled).value_or(Standing::planned);
  made.source_uid = std::move(*from.mutable_source_uid());
  made.source_sequence = from.source_sequence();
  return made;
}

std::optional<Entry> take_entry(const RecordId& record, journal::Entry& from) {
  const auto kind = known(from.kind(), EntryKind::carried);
  if (!kind || !plausible(from.cents())) return std::nullopt;
  Entry entry;
  entry.id = record.as<EntryTag>();
  entry.day = decode_day(from.day());
  entry.amount = {from.cents()};
  entry.kind = *kind;
  entry.reason = std::move(*from.mutable_reason());
  if (!from.corrects().empty()) entry.corrects = id_of<EntryId>(from.corrects());
  for (const auto& covered : from.covers()) entry.covers.push_back({covered.device(), covered.up_to()});
  return entry;
}

}  // namespace huisbord
