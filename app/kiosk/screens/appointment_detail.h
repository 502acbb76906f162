// SPDX-License-Identifier: GPL-3.0-or-later
// One appointment in full: when, with whom, where, what to bring, a QR for the phone, and the three answers.
#pragma once

#include "app/kiosk/screens/host.h"
#include "app/kiosk/widgets/pager.h"

namespace huisbord {

/// "morgen 10:30", the day alone when it takes all day.
[[nodiscard]] std::string moment_of(Host& host, const Appointment& appointment);

/// As one card. What does not fit between the band and the answers turns pages of `state`.
void appointment_card(ui::Ui& ui, Host& host, const AppointmentView& view, ui::Rect r, ui::PagerState& state);
/// The height at which the card of that width shows everything.
[[nodiscard]] float appointment_card_height(ui::Ui& ui, Host& host, const AppointmentView& view, float width);
/// For larger letters: the band stays, the answers and the rest turn pages.
void appointment_pages(ui::Ui& ui, Host& host, const AppointmentView& view, ui::Rect r, ui::PagerState& state);

}  // namespace huisbord
