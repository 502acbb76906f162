// SPDX-License-Identifier: GPL-3.0-or-later
// The tables of pictograms and text keys; a kind of a newer release falls to the plain one.
#include "app/kiosk/screens/faces.h"

#include "app/kiosk/kiosk_actions.h"
#include "core/i18n/direction.h"

namespace huisbord {

namespace icon = ui::icon;
using i18n::Key;

ui::Icon icon_of(TaskPlace place) {
  switch (place) {
    case TaskPlace::kitchen:
      return icon::countertops;
    case TaskPlace::shower:
      return icon::shower;
    case TaskPlace::toilet:
      return icon::wc;
    case TaskPlace::stairs:
      return icon::stairs;
    case TaskPlace::bins:
      return icon::bin;
    case TaskPlace::laundry:
      return icon::local_laundry_service;
    case TaskPlace::hall:
      return icon::door_front;
    case TaskPlace::living_room:
      return icon::weekend;
    case TaskPlace::garden:
      return icon::yard;
  }
  return icon::cleaning_services;
}

ui::Icon icon_of(AppointmentKind kind) {
  switch (kind) {
    case AppointmentKind::law:
      return icon::balance;
    case AppointmentKind::doctor:
      return icon::medical_services;
    case AppointmentKind::school:
      return icon::school;
    case AppointmentKind::plan:
      return icon::signpost;
    case AppointmentKind::municipality:
      return icon::account_balance;
    case AppointmentKind::work:
      return icon::handyman;
    case AppointmentKind::other:
      return icon::event;
  }
  return icon::event;
}

ui::Icon icon_of(ActivityKind kind) {
  switch (kind) {
    case ActivityKind::language_lesson:
      return icon::menu_book;
    case ActivityKind::cooking:
      return icon::soup_kitchen;
    case ActivityKind::football:
      return icon::sports_soccer;
    case ActivityKind::film:
      return icon::tv;
    case ActivityKind::sewing:
      return icon::content_cut;
    case ActivityKind::bicycle:
      return icon::pedal_bike;
    case ActivityKind::computer:
      return icon::devices;
    case ActivityKind::meeting:
      return icon::groups;
    case ActivityKind::music:
      return icon::music_note;
    case ActivityKind::other:
      return icon::event;
  }
  return icon::event;
}

ui::Icon icon_of(NoticeIcon kind) {
  switch (kind) {
    case NoticeIcon::megaphone:
      return icon::campaign;
    case NoticeIcon::shower:
      return icon::shower;
    case NoticeIcon::meeting:
      return icon::groups;
    case NoticeIcon::repair:
      return icon::handyman;
    case NoticeIcon::key:
      return icon::key;
    case NoticeIcon::food:
      return icon::restaurant;
    case NoticeIcon::warning:
      return icon::info;
  }
  return icon::campaign;
}

ui::Icon icon_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::week_money:
    case EntryKind::reimbursement:
      return icon::add_circle;
    case EntryKind::paid_cash:
    case EntryKind::paid_card:
      return icon::payments;
    case EntryKind::deduction:
      return icon::remove_circle;
    case EntryKind::correction:
      return icon::update;
    case EntryKind::carried:
      return icon::history;
  }
  return icon::payments;
}

ui::Icon icon_of(Bring thing) {
  switch (thing) {
    case Bring::house_pass:
      return icon::badge;
    case Bring::letter:
      return icon::drafts;
    case Bring::photos:
      return icon::photo_camera;
    case Bring::papers:
      return icon::description;
    case Bring::medicine:
      return icon::medical_services;
  }
  return icon::shopping_bag;
}

Key words_for(TaskPlace place) {
  switch (place) {
    case TaskPlace::kitchen:
      return Key("task.kind.kitchen");
    case TaskPlace::shower:
      return Key("task.kind.shower");
    case TaskPlace::toilet:
      return Key("task.kind.toilet");
    case TaskPlace::stairs:
      return Key("task.kind.stairs");
    case TaskPlace::bins:
      return Key("task.kind.bins");
    case TaskPlace::laundry:
      return Key("task.kind.laundry");
    case TaskPlace::hall:
      return Key("task.kind.hall");
    case TaskPlace::living_room:
      return Key("task.kind.living_room");
    case TaskPlace::garden:
      return Key("task.kind.garden");
  }
  return Key("task.title");
}

Key words_for(AppointmentKind kind) {
  switch (kind) {
    case AppointmentKind::law:
      return Key("appointment.law");
    case AppointmentKind::doctor:
      return Key("appointment.doctor");
    case AppointmentKind::school:
      return Key("appointment.school");
    case AppointmentKind::plan:
      return Key("appointment.plan");
    case AppointmentKind::municipality:
      return Key("appointment.municipality");
    case AppointmentKind::work:
      return Key("appointment.work");
    case AppointmentKind::other:
      return Key("appointment.other");
  }
  return Key("appointment.other");
}

Key sentence_for(AppointmentKind kind) {
  switch (kind) {
    case AppointmentKind::law:
      return Key("appointment.law.title");
    case AppointmentKind::doctor:
      return Key("appointment.doctor.title");
    case AppointmentKind::school:
      return Key("appointment.school.title");
    case AppointmentKind::plan:
      return Key("appointment.plan.title");
    case AppointmentKind::municipality:
      return Key("appointment.municipality.title");
    case AppointmentKind::work:
      return Key("appointment.work.title");
    case AppointmentKind::other:
      return Key("appointment.other.title");
  }
  return Key("appointment.other.title");
}

Key tell_for(AppointmentKind kind) {
  switch (kind) {
    case AppointmentKind::law:
      return Key("appointment.law.tell");
    case AppointmentKind::doctor:
      return Key("appointment.doctor.tell");
    case AppointmentKind::school:
      return Key("appointment.school.tell");
    case AppointmentKind::plan:
      return Key("appointment.plan.tell");
    case AppointmentKind::municipality:
      return Key("appointment.municipality.tell");
    case AppointmentKind::work:
      return Key("appointment.work.tell");
    case AppointmentKind::other:
      return Key("appointment.other.tell");
  }
  return Key("appointment.other.tell");
}

Key words_for(ActivityKind kind) {
  switch (kind) {
    case ActivityKind::language_lesson:
      return Key("activity.language_lesson");
    case ActivityKind::cooking:
      return Key("activity.cooking");
    case ActivityKind::football:
      return Key("activity.football");
    case ActivityKind::film:
      return Key("activity.film");
    case ActivityKind::sewing:
      return Key("activity.sewing");
    case ActivityKind::bicycle:
      return Key("activity.bicycle");
    case ActivityKind::computer:
      return Key("activity.computer");
    case ActivityKind::meeting:
      return Key("activity.meeting");
    case ActivityKind::music:
      return Key("activity.music");
    case ActivityKind::other:
      return Key("activity.other");
  }
  return Key("activity.other");
}

Key words_for(EntryKind kind) {
  switch (kind) {
    case EntryKind::week_money:
      return Key("leefgeld.kind.week_money");
    case EntryKind::paid_cash:
      return Key("leefgeld.kind.paid_cash");
    case EntryKind::paid_card:
      return Key("leefgeld.kind.paid_card");
    case EntryKind::deduction:
      return Key("leefgeld.kind.deduction");
    case EntryKind::reimbursement:
      return Key("leefgeld.kind.reimbursement");
    case EntryKind::correction:
      return Key("leefgeld.kind.correction");
    case EntryKind::carried:
      return Key("leefgeld.kind.carried");
  }
  return Key("leefgeld.kind.correction");
}

Key words_for(Bring thing) {
  switch (thing) {
    case Bring::house_pass:
      return Key("bring.house_pass");
    case Bring::letter:
      return Key("bring.letter");
    case Bring::photos:
      return Key("bring.photos");
    case Bring::papers:
      return Key("bring.papers");
    case Bring::medicine:
      return Key("bring.medicine");
  }
  return Key("bring.papers");
}

Key words_for(RatePart::For what) {
  switch (what) {
    case RatePart::For::all:
      return Key("leefgeld.part.all");
    case RatePart::For::food:
      return Key("leefgeld.part.food");
    case RatePart::For::clothing:
      return Key("leefgeld.part.clothing");
    case RatePart::For::travel:
      return Key("leefgeld.part.travel");
  }
  return Key("leefgeld.part.all");
}

Key words_for(Answer answer) {
  switch (answer) {
    case Answer::none:
      return Key("answer.state.waiting");
    case Answer::coming:
      return Key("answer.state.come");
    case Answer::cannot:
      return Key("answer.state.cannot");
    case Answer::please_move:
      return Key("answer.state.move");
  }
  return Key("answer.state.waiting");
}

Key words_for(Refusal refusal) {
  if (refusal == not_saved) return Key("error.not_saved");
  switch (refusal) {
    case Refusal::not_yours:
      return Key("refusal.not_yours");
    case Refusal::already_done:
      return Key("refusal.already_done");
    case Refusal::not_done:
      return Key("refusal.not_done");
    case Refusal::already_taken:
      return Key("refusal.already_taken");
    case Refusal::already_offered:
      return Key("refusal.already_offered");
    case Refusal::not_offered:
      return Key("refusal.not_offered");
    case Refusal::own_offer:
      return Key("refusal.own_offer");
    case Refusal::too_late:
      return Key("refusal.too_late");
    case Refusal::too_early:
      return Key("refusal.too_early");
    case Refusal::appointment_over:
      return Key("refusal.appointment_over");
    case Refusal::appointment_cancelled:
      return Key("refusal.appointment_cancelled");
    case Refusal::same_answer:
      return Key("refusal.same_answer");
    case Refusal::already_asked:
      return Key("refusal.already_asked");
    case Refusal::stay_ended:
      return Key("refusal.stay_ended");
    case Refusal::nothing_to_undo:
      return Key("refusal.nothing_to_undo");
    case Refusal::not_allowed:
      return Key("refusal.not_allowed");
  }
  return Key("refusal.not_allowed");
}

std::string title_of(const i18n::Catalogue& words, const Appointment& appointment) {
  if (appointment.title.empty()) return words.text(sentence_for(appointment.kind));
  return i18n::isolate(appointment.title, words.direction());
}

std::string title_of(const i18n::Catalogue& words, const Activity& activity) {
  if (activity.kind != ActivityKind::other || activity.title.empty()) return words.text(words_for(activity.kind));
  return i18n::isolate(activity.title, words.direction());
}

}  // namespace huisbord
