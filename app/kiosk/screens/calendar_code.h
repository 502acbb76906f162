// SPDX-License-Identifier: GPL-3.0-or-later
// An appointment as a QR code that a phone's camera reads as a calendar event (RFC 5545, one VEVENT).
#pragma once

#include <string>

#include "app/kiosk/widgets/progress.h"
#include "core/domain/appointment.h"

namespace huisbord {

/// The text inside the code: times are floating, as the house's wall clock has them, so no time zone has to be sent along.
[[nodiscard]] std::string calendar_text(const Appointment& appointment, const std::string& title);
/// Error correction M; an empty matrix when the text is too long for a code that a camera reads at arm's length (400 bytes).
[[nodiscard]] ui::QrMatrix calendar_code(const Appointment& appointment, const std::string& title);

}  // namespace huisbord
