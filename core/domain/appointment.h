// SPDX-License-Identifier: GPL-3.0-or-later
// An appointment and what a resident answers to it.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/domain/refusal.h"

namespace huisbord {

enum class AppointmentKind : std::uint8_t { other = 1, law, doctor, school, plan, municipality, work };
enum class Answer : std::uint8_t { none = 0, coming = 1, cannot, please_move };
enum class Bring : std::uint8_t { house_pass = 1, letter, photos, papers, medicine };
enum class Standing : std::uint8_t { planned = 1, cancelled };

struct Appointment {
  AppointmentId id;
  AppointmentKind kind = AppointmentKind::other;
  std::string title;  ///< as the office wrote it; may be empty: the kind says it
  Day day;            ///< of the house
  MinuteOfDay start;
  Day end_day;
  MinuteOfDay end;
  enum class Span : std::uint8_t { timed = 1, all_day } span = Span::timed;
  std::string place;
  std::string with_whom;
  std::string with_role;             ///< "jouw advocaat, spreekt Frans"
  std::uint32_t travel_minutes = 0;  ///< walking; 0: not known
  std::vector<Bring> bring;
  Standing standing = Standing::planned;
  Answer answer = Answer::none;
  std::string source_uid;             ///< iCalendar UID plus recurrence id; empty when made here
  std::uint32_t source_sequence = 0;  ///< iCalendar SEQUENCE
};

struct AppointmentAnswered {
  AppointmentId appointment;
  Answer answer = Answer::none;
};

/// \p answer none takes an answer back. Refused once the appointment has begun or is cancelled, or when that is the answer already.
[[nodiscard]] std::expected<AppointmentAnswered, Refusal> answer_appointment(const Appointment& appointment, Answer answer, Day today,
                                                                             MinuteOfDay now);

}  // namespace huisbord
