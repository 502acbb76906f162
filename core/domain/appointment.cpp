// SPDX-License-Identifier: GPL-3.0-or-later
// When a resident may still answer to an appointment.
#include "core/domain/appointment.h"

namespace huisbord {
namespace {

// An all-day appointment has no hour at which it begins, so its first day still counts as before it.
bool has_begun(const Appointment& appointment, Day today, MinuteOfDay now) {
  if (today != appointment.day) return today > appointment.day;
  return appointment.span == Appointment::Span::timed && now >= appointment.start;
}

}  // namespace

std::expected<AppointmentAnswered, Refusal> answer_appointment(const Appointment& appointment, Answer answer, Day today, MinuteOfDay now) {
  if (appointment.standing == Standing::cancelled) return std::unexpected(Refusal::appointment_cancelled);
  if (has_begun(appointment, today, now)) return std::unexpected(Refusal::appointment_over);
  if (appointment.answer == answer) return std::unexpected(Refusal::same_answer);
  return AppointmentAnswered{appointment.id, answer};
}

}  // namespace huisbord
