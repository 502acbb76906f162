// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to appointments.
#include "core/domain/appointment.h"

#include <gtest/gtest.h>

namespace huisbord {
namespace {

constexpr Day today{20000};

Appointment at_ten_tomorrow() {
  Appointment appointment;
  appointment.id = AppointmentId{{1}};
  appointment.day = appointment.end_day = today + 1;
  appointment.start = {10 * 60};
  appointment.end = {11 * 60};
  return appointment;
}

TEST(Appointment, MayBeAnsweredUntilTheMinuteItBegins) {
  const Appointment appointment = at_ten_tomorrow();
  const auto answered = answer_appointment(appointment, Answer::coming, today + 1, {9 * 60 + 59});
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->appointment, appointment.id);
  EXPECT_EQ(answered->answer, Answer::coming);
  EXPECT_EQ(answer_appointment(appointment, Answer::coming, today + 1, {10 * 60}).error(), Refusal::appointment_over);
  EXPECT_EQ(answer_appointment(appointment, Answer::coming, today + 2, {0}).error(), Refusal::appointment_over);
}

TEST(Appointment, OfAWholeDayMayBeAnsweredOnThatDay) {
  Appointment appointment = at_ten_tomorrow();
  appointment.span = Appointment::Span::all_day;
  appointment.start = {0};
  EXPECT_TRUE(answer_appointment(appointment, Answer::cannot, today + 1, {12 * 60}));
  EXPECT_FALSE(answer_appointment(appointment, Answer::cannot, today + 2, {0}));
}

TEST(Appointment, ThatIsCancelledTakesNoAnswer) {
  Appointment appointment = at_ten_tomorrow();
  appointment.standing = Standing::cancelled;
  EXPECT_EQ(answer_appointment(appointment, Answer::coming, today, {0}).error(), Refusal::appointment_cancelled);
}

TEST(Appointment, AnAnswerMayChangeAndBeTakenBackButNotRepeated) {
  Appointment appointment = at_ten_tomorrow();
  appointment.answer = Answer::coming;
  EXPECT_TRUE(answer_appointment(appointment, Answer::please_move, today, {0}));
  EXPECT_TRUE(answer_appointment(appointment, Answer::none, today, {0}));
  EXPECT_EQ(answer_appointment(appointment, Answer::coming, today, {0}).error(), Refusal::same_answer);
}

}  // namespace
}  // namespace huisbord
