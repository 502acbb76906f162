// SPDX-License-Identifier: GPL-3.0-or-later
// What a resident does with a duty: stored at once, told, and taken back by the toast.
#pragma once

#include "app/kiosk/screens/host.h"

namespace huisbord {

void finish_duty(Host& host, const Duty& duty);
/// Asks who wants it, or asks it no more.
void give_duty_away(Host& host, const Duty& duty);
void take_duty_over(Host& host, const Duty& duty);
void ask_for_swap(Host& host, const Duty& mine, const Duty& theirs);
void settle_swap(Host& host, const Swap& swap, bool accept);

}  // namespace huisbord
