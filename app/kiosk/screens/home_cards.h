// SPDX-License-Identifier: GPL-3.0-or-later
// The two cards that lead a resident's home: the next appointment and the money.
#pragma once

#include "app/kiosk/screens/host.h"

namespace huisbord {

/// Letters from 130 % on: the time, what it is and one button; the rest is in the detail.
enum class Telling : std::uint8_t { whole, brief };

void next_appointment_card(ui::Ui& ui, Host& host, const ResidentView& me, ui::Rect r, Telling telling);
void money_card(ui::Ui& ui, Host& host, const ResidentView& me, ui::Rect r);

}  // namespace huisbord
